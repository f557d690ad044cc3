import Notation
import Statistics
import Sweeps

/// What runs took over from others instead of working it out again.
struct SharedWorkSection: ReportSection {
  private let spec: Spec
  private let records: [Record]

  init(_ findings: Findings) {
    spec = findings.evidence.spec
    records = findings.evidence.records
  }

  var sections: [Section] {
    let points = SharedKind.all.compactMap { kind -> Prose? in
      let counts = records.compactMap { $0.final(kind.measurand, spec, as: .bookkeeping) }.filter(
        \.isFinite
      )
      let sharing = counts.filter { $0 > 0 }
      guard !sharing.isEmpty else { return nil }
      return """
        \(strong: kind.name): \(sharing.count.grouped) of \(Numeral.counted(counts.count, "run")) \
        took some from the cache; \(Self.total(sharing)) \(kind.saved).
        """
    }
    guard !points.isEmpty else { return [] }
    let section = Section(
      "Work not done twice",
      [
        .list(points),
        .paragraph("No number depends on it: without the cache the same runs give the same bits."),
      ]
    )
    return [section]
  }

  /// The sum as a count; any program may print any number under the name.
  private static func total(_ counts: [Double]) -> String {
    let sum = counts.reduce(0, +)
    return Int(exactly: sum.rounded())?.grouped ?? Numeral.significant(sum)
  }
}

/// A kind of work that the trainer's runs share, by what counts it.
private struct SharedKind {
  let measurand: Measurand
  let name: String
  /// What each counted piece would have been.
  let saved: String

  static let all = [
    SharedKind(
      measurand: .sharedFeatures,
      name: "Features of a frozen body",
      saved: "passes of an image through the body were not made again"
    ),
    SharedKind(
      measurand: .sharedImages,
      name: "Decoded images",
      saved: "images were not decoded again"
    ),
  ]
}
