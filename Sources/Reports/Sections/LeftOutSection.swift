import Notation
import Statistics
import Sweeps

/// Files that should have been pictures, and from which no run learned anything.
struct LeftOutSection: ReportSection {
  private let counts: [Int]

  init(_ findings: Findings) {
    let (spec, records) = (findings.evidence.spec, findings.evidence.records)
    counts = records.compactMap { $0.final(.leftOutFiles, spec, as: .bookkeeping) }
      .compactMap { Int(exactly: $0.rounded()) }
  }

  var sections: [Section] {
    guard let least = counts.min(), let most = counts.max(), most > 0 else { return [] }
    let files =
      least == most ? Numeral.counted(most, "file") : "\(least.grouped) to \(most.grouped) files"
    return [
      Section(
        "Pictures left out",
        [
          .paragraph(
            """
            \(files) of the folder could not be read as pictures and \(most == 1 ? "is" : "are") in no run. \
            \(code: "sweep check") names each of them and says what is wrong with it.
            """
          )
        ]
      )
    ]
  }
}
