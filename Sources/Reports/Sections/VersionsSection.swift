import Notation
import Statistics
import Sweeps

/// Which versions of the program made the runs, where there is more than one.
struct VersionsSection: ReportSection {
  private let evidence: Evidence
  private let mixed: [String]

  init(_ findings: Findings) {
    evidence = findings.evidence
    mixed = findings.mixed.names
  }

  var sections: [Section] {
    guard evidence.versions.areMixed else { return [] }
    let table = Table(
      columns: [
        .words("version"), .words("files"), .words("commit"), .numbers("runs"), .words("seeds"),
        .words("cells"),
      ],
      rows: evidence.versions.all.map(row),
      note: """
        A version is the digest of the files that the command names, with the commit of the spec's folder. Name the \
        files in 'inputs' to make them part of every run; --only-version NAME reports on one version alone.
        """
    )
    var blocks: [Block] = [.table(table)]
    if !mixed.isEmpty {
      blocks.append(
        .paragraph(
          "\(strong: "Pairs of different programs:") \(mixed.joined(separator: "; ")). What changed in the program is part of these differences."
        )
      )
    }
    return [Section("Versions of the program", blocks)]
  }

  private func row(_ version: ProgramVersion) -> [String] {
    let runs = evidence.records.filter { evidence.versions[$0.run.id] == version }.map(\.run)
    let seeds = Set(runs.map(\.seed)).sorted()
    let cells = Set(runs.map(\.levels))
    let all = Set(evidence.records.map(\.run.levels)).count
    return [
      version.name, version.files.isEmpty ? "–" : String(version.files.prefix(12)),
      version.commit.isEmpty ? "–" : String(version.commit.prefix(12)), "\(runs.count)",
      Self.ranges(seeds), cells.count == all ? "all \(all)" : Self.listed(cells, of: all),
    ]
  }

  /// Cells that are named one by one.
  private static let cellsNamed = 4

  private static func listed(_ cells: Set<[String]>, of all: Int) -> String {
    guard cells.count <= cellsNamed else { return "\(cells.count) of \(all)" }
    return cells.map { $0.joined(separator: " ") }.sorted().joined(separator: "; ")
  }

  /// Whole numbers with runs of neighbours as ranges: `0–4, 7`.
  private static func ranges(_ numbers: [Int]) -> String {
    var ranges: [ClosedRange<Int>] = []
    for number in numbers {
      if let last = ranges.last, last.upperBound + 1 == number {
        ranges[ranges.count - 1] = last.lowerBound...number
      } else {
        ranges.append(number...number)
      }
    }
    return ranges.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)–\($0.upperBound)" }
      .joined(separator: ", ")
  }
}
