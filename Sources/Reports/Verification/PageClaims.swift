import Foundation
import Notation
package import Statistics
import Sweeps

/// What a page claims, and all that is needed to try it again with fresh seeds.
///
/// It stands in the page as a comment:
///
/// ```json
/// {"replicate":{"format":"claims/1","spec":"{...}","spec_sha256":"5f0c...","seal":"9ab1...","version":"0.1.0","trainer":2,
///  "inputs":{},"seeds":[0,1,2],"claims":[{"factor":"dropout","from":"0","to":"0.5","metric":"valid_loss","outcome":"down"}]}}
/// ```
package struct PageClaims: Sendable, Equatable {
  /// A settled verdict.
  package struct Claim: Sendable, Equatable {
    package let question: Question
    package let outcome: Direction
  }

  /// The spec, merged and with its name, and the digest of it without comments.
  package let spec: String
  package let specDigest: String
  /// The head of the sealed predictions; nil where nobody predicted.
  package let seal: String?
  /// The version of the program, and of its trainer where that made the runs.
  package let version: String
  package let trainerVersion: Int?
  /// The digest of each thing that the runs read, by its name in the spec.
  package let inputs: [String: String]
  /// The seeds of the runs.
  package let seeds: [Int]
  package let claims: [Claim]

  /// What the evidence of a sweep lets a report claim: the answers to its questions, or without any its main effects.
  init(_ findings: Findings) {
    let evidence = findings.evidence
    let last = evidence.provenance.last
    spec = evidence.spec.text
    specDigest = evidence.spec.digest
    seal = evidence.predictions?.head
    version = last?.version ?? ""
    trainerVersion = last?.trainerVersion
    inputs = last?.fingerprints ?? [:]
    seeds = Set(evidence.records.map(\.run.seed)).sorted()
    let asked = findings.analysis.answers.map { ($0.question, $0.result.outcome) }
    let main = findings.analysis.effects.flatMap { effects in
      effects.main.map { effect in
        let change = effect.change
        let question = Question(
          factor: change.factor,
          from: change.from,
          to: change.to,
          metric: effects.metric.name
        )
        return (question, effect.result.outcome)
      }
    }
    claims = (asked.isEmpty ? main : asked).compactMap { question, outcome in
      outcome.map { Claim(question: question, outcome: $0) }
    }
  }
}

extension PageClaims {
  private static let key = "{\"replicate\":"
  private static let opening = "<!-- " + key

  /// The comment of a page, in characters that mean the same in any encoding and end no comment.
  var comment: String { "<!-- \(asciiText(of: ["replicate": json])) -->" }

  private var json: JSON {
    var object: JSONObject = [
      "format": "claims/1", "spec": .string(spec), "spec_sha256": .string(specDigest),
      "version": .string(version),
      "inputs": JSON.object(
        JSONObject(
          inputs.sorted { $0.key < $1.key }.map {
            JSONObject.Member(key: $0.key, value: .string($0.value))
          }
        )
      ), "seeds": .array(seeds.map { JSON($0) }), "claims": .array(claims.map(\.json)),
    ]
    object["seal"] = seal.map(JSON.string)
    object["trainer"] = trainerVersion.map { JSON($0) }
    return .object(object)
  }

  /// Finds the claims of a page; nil where it carries none.
  ///
  /// - Parameter page: The content of the file.
  package init?(in page: [UInt8]) {
    let data = Data(page)
    guard let start = data.range(of: Data(Self.opening.utf8), options: .backwards),
      let end = data.range(of: Data(" -->".utf8), in: start.upperBound..<data.endIndex)
    else { return nil }
    let line = Data(Self.key.utf8) + data[start.upperBound..<end.lowerBound]
    guard let object = JSON(line: Array(line))?.object?["replicate"]?.object,
      let spec = object["spec"]?.string, let digest = object["spec_sha256"]?.string,
      let seeds = object["seeds"]?.array?.compactMap(\.integer),
      let claims = object["claims"]?.array
    else { return nil }
    self.spec = spec
    specDigest = digest
    seal = object["seal"]?.string
    version = object["version"]?.string ?? ""
    trainerVersion = object["trainer"]?.integer
    inputs = Dictionary(
      (object["inputs"]?.object?.members ?? []).compactMap { member in
        member.value.string.map { (member.key, $0) }
      }
    ) { $1 }
    self.seeds = seeds
    self.claims = claims.compactMap { $0.object.flatMap(Claim.init) }
    guard self.claims.count == claims.count else { return nil }
  }
}

extension PageClaims.Claim {
  fileprivate var json: JSON {
    var object: JSONObject = [
      "factor": .string(question.factor), "from": .string(question.from),
      "to": .string(question.to), "metric": .string(question.metric),
      "outcome": .string(outcome.rawValue),
    ]
    if question.kind == .trend { object["kind"] = .string(question.kind.rawValue) }
    if !question.at.isEmpty {
      object["at"] = .object(
        JSONObject(
          question.at.sorted { $0.key < $1.key }.map {
            JSONObject.Member(key: $0.key, value: .string($0.value))
          }
        )
      )
    }
    return .object(object)
  }

  fileprivate init?(_ object: JSONObject) {
    guard let factor = object["factor"]?.string, let from = object["from"]?.string,
      let to = object["to"]?.string, let metric = object["metric"]?.string,
      let outcome = object["outcome"]?.string.flatMap(Direction.init)
    else { return nil }
    let at = (object["at"]?.object?.members ?? []).compactMap { member in
      member.value.string.map { (member.key, $0) }
    }
    self.init(
      question: Question(
        factor: factor,
        kind: object["kind"]?.string.flatMap(Question.Kind.init) ?? .level,
        from: from,
        to: to,
        metric: metric,
        at: Dictionary(at) { $1 }
      ),
      outcome: outcome
    )
  }
}
