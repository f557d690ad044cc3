import Execution
import Foundation
import Notation
package import Reports
package import Statistics
import Storage
package import Sweeps

/// What a page claims, and the spec that tries it with seeds that the page does not know.
package struct Replication: Sendable {
  package let claims: PageClaims
  /// The page's, with fresh seeds and a name of its own.
  package let spec: Spec
  /// What is not as it was when the page was made, in sentences.
  package let warnings: [String]
}

/// What fresh seeds say of a page's verdicts.
package struct ReplicationResult: Sendable {
  /// What became of one verdict.
  package enum Fate: String, Sendable, CaseIterable {
    /// The same verdict.
    case held
    /// Another verdict.
    case contradicted
    /// No verdict.
    case notSettled = "not_settled"
  }

  /// A verdict of the page and what fresh seeds say.
  package struct Verdict: Sendable {
    package let claim: PageClaims.Claim
    package let result: ContrastResult
    package let metric: Metric

    package var fate: Fate {
      guard let outcome = result.outcome else { return .notSettled }
      return outcome == claim.outcome ? .held : .contradicted
    }
  }

  /// The name of the sweep that was run.
  package let sweep: String
  package let verdicts: [Verdict]

  /// Whether every verdict held.
  package var holds: Bool { verdicts.allSatisfy { $0.fate == .held } }
}

extension Laboratory {
  /// What the sweep that tries a page is called.
  private static func replicationName(of spec: Spec) -> String { spec.name + " replication" }

  /// Reads what a page claims, and makes the spec that tries it.
  ///
  /// - Parameters:
  ///   - page: The content of a report's page.
  ///   - path: What faults call it.
  ///   - directory: The folder in which the spec's command and paths begin.
  ///   - count: How many fresh seeds; nil for as many as the page had.
  /// - Returns: What can be started.
  /// - Throws: ``LaboratoryError`` where the page carries no claims or not the spec that it was made with, or `SpecFaults`.
  package func replication(
    of page: [UInt8],
    at path: String,
    in directory: String,
    seeds count: Int?
  ) throws -> Replication {
    guard let claims = PageClaims(in: page) else { throw LaboratoryError.noClaims(path: path) }
    guard !claims.claims.isEmpty else { throw LaboratoryError.nothingClaimed(path: path) }
    func read(_ overrides: [String]) throws -> Spec {
      try Spec.read(
        SourceText(path: "the spec in \(path)", text: claims.spec),
        name: "page",
        directory: directory,
        trainer: builtInTrainer,
        files: Disk(),
        overrides: overrides
      )
    }
    let original = try read([])
    guard original.digest == claims.specDigest else {
      throw LaboratoryError.otherSpec(path: path)
    }
    let first = (claims.seeds.max() ?? -1) + 1
    let fresh = (first..<first + (count ?? claims.seeds.count)).map(String.init)
    let spec = try read([
      "name=" + JSON.quoted(Self.replicationName(of: original)),
      "seeds=[\(fresh.joined(separator: ","))]",
    ])
    return Replication(claims: claims, spec: spec, warnings: try warnings(claims, spec))
  }

  /// What makes these runs other ones than the page's.
  private func warnings(_ claims: PageClaims, _ spec: Spec) throws -> [String] {
    var warnings: [String] = []
    if let version = trainer(of: spec)?.version, let then = claims.trainerVersion, then != version {
      warnings.append("The page was made with version \(then) of the trainer; this is \(version).")
    }
    let now = try Grid(spec, trainer: builtInTrainer, files: Disk()).fingerprints
    for (name, digest) in claims.inputs.sorted(by: { $0.key < $1.key })
    where now[name].map({ $0 != digest }) ?? true {
      warnings.append("'\(name)' is not what the runs of the page read.")
    }
    return warnings
  }

  /// Prepares the runs of fresh seeds.
  ///
  /// - Throws: As ``prepare(_:)``.
  package func prepare(_ replication: Replication, jobs: Int?) async throws -> PreparedStart {
    try await prepare(
      replication.spec,
      StartRequest(
        spec: replication.spec.directory + "/" + replication.spec.folder + ".json",
        overrides: [],
        filter: nil,
        jobs: jobs,
        repeats: RunPlan.Repeats(),
        takesOver: false
      )
    )
  }

  /// Compares the verdicts of fresh seeds with those of the page.
  ///
  /// - Throws: `StoreError` or `SpecFaults`.
  package func result(of replication: Replication) throws -> Disclosed<ReplicationResult> {
    try reading { store in
      let sweep = try store.sweep(matching: replication.spec.name)
      let gathered = try gather(sweep, in: store, figures: false)
      return try disclosing(gathered, of: sweep, in: store, by: "replicate") { evidence in
        let runs = PairedRuns(evidence.table, design: evidence.design)
        return ReplicationResult(
          sweep: sweep.name,
          verdicts: replication.claims.claims.map { claim in
            ReplicationResult.Verdict(
              claim: claim,
              result: runs.result(claim.question),
              metric: evidence.spec.metric(named: claim.question.metric)
            )
          }
        )
      }
    }
  }
}
