import Foundation
import Notation
import Statistics

/// A design read off a table of runs: what takes few values again and again is a factor, numbers that differ are
/// metrics.
struct InferredDesign {
  private(set) var design = Design(factors: [], metrics: [])
  private(set) var faults: [TableFault] = []
  /// What was decided, for those who decide otherwise.
  private(set) var notes: [String] = []

  /// More metrics than this would make a report that nobody reads.
  private static let metricLimit = 8
  /// More levels than this are a continuous setting that was sampled, and no axis.
  private static let levelLimit = 50

  /// - Parameters:
  ///   - csv: The table.
  ///   - columns: What its columns are for.
  ///   - vocabulary: Words for measurements that say which way is better.
  init(_ csv: CSVTable, _ columns: RunColumns, vocabulary: [MetricDescription]) {
    var factors: [Factor] = []
    var metrics: [Metric] = []
    let seed = columns.seed
    for column in columns.columns where column.place != seed?.place {
      let cells = csv.rows.map { columns.text($0.fields[column.place]) }.filter { !$0.isEmpty }
      let counts = Self.counts(cells)
      guard counts.count > 1 else { continue }
      let areNumbers = cells.allSatisfy { columns.measured($0) != .unreadable }
      let repeats = counts.count <= min(Self.levelLimit, cells.count / 2)
      switch column.role {
      case .status, .other: continue
      case .metric: if areNumbers { metrics.append(Self.metric(column.name, vocabulary)) }
      case .parameter where repeats, .open where repeats:
        factors.append(Self.factor(column.name, counts))
      case .parameter:
        if areNumbers {
          faults.append(
            .continuous(column: column.heading, values: counts.count, rows: cells.count)
          )
        } else {
          notes.append(
            "'\(column.heading)' has \(counts.count) different texts in \(cells.count) runs; taken for a name."
          )
        }
      case .open: if areNumbers { metrics.append(Self.metric(column.name, vocabulary)) }
      }
    }
    if factors.isEmpty && faults.isEmpty { faults.append(.nothingVaries) }
    if metrics.isEmpty { faults.append(.nothingMeasured) }
    if metrics.count > Self.metricLimit {
      let rest = metrics[Self.metricLimit...].map { "'\($0.name)'" }.joined(separator: ", ")
      notes.append("Only the first \(Self.metricLimit) metrics are taken; left out: \(rest).")
    }
    design = Design(factors: factors, metrics: Array(metrics.prefix(Self.metricLimit)))
  }

  /// Texts in the order in which they first stand, numbers that are equal as one, with how often each occurs.
  private static func counts(_ cells: [String]) -> [(text: String, count: Int)] {
    var places: [String: Int] = [:]
    var counts: [(text: String, count: Int)] = []
    for cell in cells {
      let key = Double(cell).map { "\($0)" } ?? cell
      if let place = places[key] {
        counts[place].count += 1
        if cell.count < counts[place].text.count { counts[place].text = cell }
      } else {
        places[key] = counts.count
        counts.append((cell, 1))
      }
    }
    return counts
  }

  private static func factor(_ name: String, _ counts: [(text: String, count: Int)]) -> Factor {
    let numbers = counts.compactMap { level in Double(level.text).map { ($0, level.text) } }
    guard numbers.count == counts.count else {
      // Exports differ in the order of their rows, and the first level is the baseline.
      return Factor(name: name, levels: counts.map(\.text).sorted())
    }
    return Factor(name: name, levels: numbers.sorted { $0.0 < $1.0 }.map(\.1), isOrdered: true)
  }

  private static func metric(_ name: String, _ vocabulary: [MetricDescription]) -> Metric {
    let known = vocabulary.first { $0.describes(name) }
    return Metric(
      name: name,
      delta: 0,
      better: known?.better ?? .none,
      measurand: known?.measurand
    )
  }
}
