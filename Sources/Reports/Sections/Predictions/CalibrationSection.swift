import Statistics

/// How sure the class was, and how often it was right.
struct CalibrationSection: ReportSection {
  private let scoring: Scoring?

  init(_ findings: Findings) {
    scoring = findings.finalForecasts?.scoring
  }

  /// Below this many scored predictions a calibration curve is noise.
  private static let calibrationMinimum = 20

  var sections: [Section] {
    guard let scoring else { return [] }
    let scored = scoring.calibration.reduce(0) { $0 + $1.count }
    guard scored >= Self.calibrationMinimum else { return [] }
    let rows = scoring.calibration.filter { $0.count > 0 }.map { bin in
      [
        "\(Int(bin.lower * 100))–\(Int(bin.upper * 100)) %", "\(bin.count)",
        bin.meanConfidence.map { Numeral.fixed($0 * 100, decimals: 0) + " %" } ?? "–",
        bin.shareRight.map { Numeral.fixed($0 * 100, decimals: 0) + " %" } ?? "–",
        bin.wilson95.map {
          Numeral.fixed($0.lower * 100, decimals: 0) + " to "
            + Numeral.fixed($0.upper * 100, decimals: 0) + " %"
        } ?? "–",
      ]
    }
    let excess = scoring.overconfidence ?? 0
    let section = Section(
      "How sure, and how often right",
      [
        .table(
          Table(
            columns: [
              .words("stated confidence"), .numbers("n"), .numbers("mean"), .numbers("right"),
              .words("95 % CI (Wilson)"),
            ],
            rows: rows
          )
        ),
        .paragraph(
          """
          Over \(Numeral.counted(scored, "scored prediction")) the class was \
          \(Numeral.fixed(abs(excess) * 100, decimals: 0)) points \
          \(excess > 0 ? "surer than right: over-confident" : "less sure than right"), \
          just as a network can be.
          """
        ),
      ]
    )
    return [section]
  }
}
