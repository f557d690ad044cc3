package import struct Foundation.Date
import Notation

/// The append-only file of a sweep's predictions, each line holding the digest of the line before it.
///
/// The first line holds the spec, because the spec decides what right and wrong will mean. Changing, moving or
/// dropping a line breaks the link of the next one; cutting the end off is found by the heads that runs recorded.
package struct PredictionChain: Sendable, Equatable {
  /// A prediction with the proof of when in the chain it was made.
  package struct Link: Sendable, Equatable {
    package let prediction: Prediction
    package let sealedAt: Date
    /// The line's number in the file, from 1; the spec is line 1.
    package let line: Int
    /// The digest of the line.
    package let digest: String
    /// Where it was first sealed; nil for what was sealed in this chain.
    package let origin: Origin?
  }

  /// The line of another chain that a prediction was taken over from.
  package struct Origin: Sendable, Equatable {
    /// The digest of that chain's first prediction, which no other chain has: its nonce is drawn.
    package let chain: String
    /// The digest of the line.
    package let line: String
    /// What the person is called there.
    package let who: String

    package init(chain: String, line: String, who: String) {
      self.chain = chain
      self.line = line
      self.who = who
    }
  }

  /// The canonical JSON of the spec that the predictions are about, without comments.
  package let config: String
  package private(set) var links: [Link]
  /// When the chain was opened.
  package let openedAt: Date?
  /// The looks that a rule of seeds took, in their order; what they found is part of the chain.
  package private(set) var looks: [TakenLook] = []
  /// The lines as they stand in the file, without line ends.
  package private(set) var lines: [String]

  /// The digest of the last line: what a run records when it starts.
  package var head: String { Digest.hexadecimal(of: lines.last ?? "") }

  /// The digest of the spec, which is part of every payload.
  package var configDigest: String { Digest.hexadecimal(of: config) }

  /// Digests of all lines in their order.
  package var digests: [String] { lines.map { Digest.hexadecimal(of: $0) } }

  /// Opens a new chain for a spec.
  ///
  /// - Parameters:
  ///   - spec: The spec that will be run.
  ///   - date: When the chain is opened.
  package init(opening spec: Spec, at date: Date) {
    config = spec.sealedConfig.canonical
    links = []
    openedAt = date
    var opening: JSONObject = [
      "at": .string(date.formatted(.iso8601)), "previous": .string(Self.noHead),
      "spec": .string(config),
    ]
    opening["rule"] = spec.looks.map(\.sealedRule)
    lines = [JSON.object(opening).canonical]
  }

  /// Reads a chain and checks every link of it.
  ///
  /// - Parameter text: The content of a `predictions.jsonl`.
  /// - Throws: `PredictionChainError` for the first line that is broken.
  package init(_ text: String) throws(PredictionChainError) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: true).map(String.init)
    guard let first = lines.first,
      let opening = JSON(line: Array(first.utf8))?.object,
      opening["previous"]?.string == Self.noHead, let config = opening["spec"]?.string
    else { throw .noSpec }
    self.config = config
    openedAt = opening["at"]?.string.flatMap { try? Date($0, strategy: .iso8601) }
    self.lines = [first]
    links = []
    for (index, line) in lines.enumerated().dropFirst() {
      let previous = Digest.hexadecimal(of: lines[index - 1])
      if let look = try Self.look(in: line, at: index + 1, after: previous) {
        looks.append(look)
      } else {
        let link = try Self.link(
          in: line,
          at: index + 1,
          after: previous,
          config: Digest.hexadecimal(of: config)
        )
        links.append(link)
      }
      self.lines.append(line)
    }
  }

  /// Seals a prediction and appends it.
  ///
  /// - Parameters:
  ///   - prediction: What a person expects.
  ///   - nonce: 32 hexadecimal digits, drawn anew for each seal.
  ///   - date: When it is sealed.
  ///   - origin: The line of another chain that it is taken over from.
  package mutating func append(
    _ prediction: Prediction,
    nonce: String,
    at date: Date,
    from origin: Origin? = nil
  ) {
    let payload = prediction.payload(config: configDigest)
    var object: JSONObject = [
      "nonce": .string(nonce), "payload": .object(payload), "previous": .string(head),
      "seal": .string(Seal.digest(nonce: nonce, payload: payload)),
      "sealed_at": .string(date.formatted(.iso8601)),
    ]
    object["merged"] = origin.map { .object($0.json) }
    lines.append(JSON.object(object).canonical)
    links.append(
      Link(
        prediction: prediction,
        sealedAt: date,
        line: lines.count,
        digest: head,
        origin: origin
      )
    )
  }

  /// Appends a look that was taken, with what it found.
  package mutating func append(_ look: TakenLook) {
    let line: JSONObject = ["look": look.json, "previous": .string(head)]
    lines.append(JSON.object(line).canonical)
    looks.append(look)
  }

  /// The look that a line holds; nil for a line of another kind.
  private static func look(
    in line: String,
    at number: Int,
    after previous: String
  ) throws(PredictionChainError) -> TakenLook? {
    guard let object = JSON(line: Array(line.utf8))?.object, let json = object["look"] else {
      return nil
    }
    guard let look = TakenLook(json) else { throw .unreadable(line: number) }
    guard object["previous"]?.string == previous else { throw .brokenLink(line: number) }
    return look
  }

  /// The last prediction of each person, round and question, in the order in which they were first made.
  package var latest: [Link] { Self.latest(of: links) }

  /// The same for some of the links.
  static func latest(of links: [Link]) -> [Link] {
    var indexes: [String: Int] = [:]
    var latest: [Link] = []
    for link in links {
      let prediction = link.prediction
      let key = JSON.quoted(prediction.who) + "\(prediction.round)" + prediction.asked.id
      if let index = indexes[key] {
        latest[index] = link
      } else {
        indexes[key] = latest.count
        latest.append(link)
      }
    }
    return latest
  }

  /// What a run records as the head where there are no predictions.
  package static let noHead = String(repeating: "0", count: 64)

  private static func link(
    in line: String,
    at number: Int,
    after previous: String,
    config: String
  ) throws(PredictionChainError) -> Link {
    guard let object = JSON(line: Array(line.utf8))?.object,
      let nonce = object["nonce"]?.string, let payload = object["payload"]?.object,
      let seal = object["seal"]?.string, let link = object["previous"]?.string,
      let sealedAt = object["sealed_at"]?.string.flatMap({ try? Date($0, strategy: .iso8601) }),
      let prediction = Prediction(payload: payload)
    else { throw .unreadable(line: number) }
    guard link == previous else { throw .brokenLink(line: number) }
    guard Seal.digest(nonce: nonce, payload: payload) == seal else {
      throw .brokenSeal(line: number, who: prediction.who)
    }
    guard payload["config_sha256"]?.string == config else { throw .otherSpec(line: number) }
    return Link(
      prediction: prediction,
      sealedAt: sealedAt,
      line: number,
      digest: Digest.hexadecimal(of: line),
      origin: object["merged"]?.object.flatMap(Origin.init)
    )
  }
}

extension PredictionChain.Origin {
  fileprivate var json: JSONObject {
    ["chain": .string(chain), "line": .string(line), "who": .string(who)]
  }

  fileprivate init?(_ object: JSONObject) {
    guard let chain = object["chain"]?.string, let line = object["line"]?.string,
      let who = object["who"]?.string
    else { return nil }
    self.init(chain: chain, line: line, who: who)
  }
}

/// The first line where a chain of predictions does not hold.
package enum PredictionChainError: Error, Equatable {
  /// The first line does not hold the spec.
  case noSpec
  /// A line is neither a sealed prediction nor a look.
  case unreadable(line: Int)
  /// The line before is not the one that this line was written after.
  case brokenLink(line: Int)
  /// The prediction is not the one that was sealed.
  case brokenSeal(line: Int, who: String)
  /// The prediction was made for another spec.
  case otherSpec(line: Int)
  /// Runs recorded a head that no line has: lines were cut off, or the file was exchanged.
  case headNotFound(head: String)
}

extension PredictionChainError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .noSpec:
      "Line 1 does not hold the spec that the predictions are about, so nothing after it can be checked."
    case .unreadable(let line): "Line \(line) is neither a sealed prediction nor a look."
    case .brokenLink(let line):
      "Line \(line) was not written after the line that now stands before it: line \(line - 1) was changed, moved or dropped."
    case .brokenSeal(let line, let who):
      "Line \(line), by '\(who)', does not match its seal: it was changed after it was sealed."
    case .otherSpec(let line): "Line \(line) was sealed for another spec than line 1 holds."
    case .headNotFound(let head):
      "Runs were started when the chain ended in \(head.prefix(16)), which no line has: lines were cut off, or the file was exchanged."
    }
  }
}
