import Notation
package import Reports
import Storage
import Sweeps

extension Laboratory {
  /// Puts two sweeps, or two cells of one, beside each other.
  ///
  /// - Parameters:
  ///   - first: The name of a sweep or the beginning of it, or axes with levels, as in `dropout=0.5,tuning=full`.
  ///   - second: What it is compared with.
  ///   - sweep: The sweep whose cells are compared; nil for the newest.
  ///   - command: What is written down as having revealed open predictions.
  /// - Returns: The comparison, and what showing it gives away of each sweep.
  /// - Throws: ``LaboratoryError``, `StoreError`, or `SpecFaults`.
  package func comparison(
    of first: String,
    with second: String,
    cellsOf sweep: String?,
    by command: String
  ) throws -> Disclosed<any Report> {
    try reading { store in
      let sides = try [first, second].map { try side($0, cellsOf: sweep, in: store) }
      try refuseOverlap(sides[0], sides[1])
      let report = ComparisonReport(try Comparison(sides[0].side, sides[1].side))
      var disclosures: [Disclosure] = []
      for side in sides where !disclosures.contains(where: { $0.sweep == side.sweep.name }) {
        let request = Disclosure.Request.revealing(by: command)
        disclosures.append(
          try disclosure(of: side.sweep, in: store, request, hasResults: true)
        )
      }
      return Disclosed<any Report>(report, disclosures)
    }
  }

  /// A set of runs, and the sweep that they are of.
  struct FoundSide {
    let sweep: SweepSummary
    let side: Comparison.Side
  }

  /// The runs that a word means: those of a sweep of that name, or else the cells of the sweep.
  func side(_ text: String, cellsOf sweep: String?, in store: Store) throws -> FoundSide {
    let isSweep = try store.sweeps().contains { $0.isNamed(text) || $0.folder == text }
    let isCell = text.contains("=") && !isSweep
    let summary = try store.sweep(matching: isCell ? sweep : text)
    let evidence = try gather(summary, in: store, figures: false).evidence
    let filter = isCell ? try RunFilter(Self.conditions(text), of: evidence.spec) : nil
    // What another program does without a setting is not known here.
    let rules = evidence.spec.program == nil ? builtInTrainer.settings : []
    return FoundSide(
      sweep: summary,
      side: Comparison.Side(
        name: isCell ? text : summary.name,
        evidence: evidence,
        records: evidence.records.filter { filter?.selects($0.run, of: evidence.spec) ?? true },
        defaults: Dictionary(rules.map { ($0.name, $0.defaultValue) }) { first, _ in first }
      )
    )
  }

  /// `a=1,2,b=x` as the conditions `a=1,2 b=x`: a comma begins a condition where an equals sign follows.
  private static func conditions(_ text: String) -> String {
    var conditions: [String] = []
    for part in text.split(separator: ",") {
      if part.contains("=") || conditions.isEmpty {
        conditions.append(String(part))
      } else {
        conditions[conditions.count - 1] += "," + part
      }
    }
    return conditions.joined(separator: " ")
  }

  func refuseOverlap(_ first: FoundSide, _ second: FoundSide) throws {
    for found in [first, second] where found.side.records.isEmpty {
      throw LaboratoryError.nothingEnded(of: found.side.name)
    }
    guard first.sweep.id == second.sweep.id else { return }
    let shared = Set(first.side.records.map(\.run.id)).intersection(
      second.side.records.map(\.run.id)
    )
    guard shared.isEmpty else {
      throw LaboratoryError.overlap(first.side.name, second.side.name, runs: shared.count)
    }
  }
}
