package import struct Foundation.Date
import Notation
package import Statistics

/// The append-only record of candidates and of every look at them, each line holding the digest of the line before it.
///
/// The first line says how the levels of a series are spent. A candidate's line, written before the first look, fixes its looks and
/// its level; a look that was taken stands, whatever its runs become later.
package struct GateLedger: Sendable, Equatable {
  package private(set) var experiments: [GateExperiment]
  /// The share of the kept that may be luck; nil where every candidate is judged by itself.
  package let share: Double?
  /// The lines as they stand in the file, without line ends.
  package private(set) var lines: [String]

  /// How many of the candidates that were judged were kept, judged and opened.
  package var counts: (kept: Int, judged: Int, opened: Int) {
    let decisions = experiments.compactMap(\.decision)
    return (decisions.count { $0 == .keep }, decisions.count, experiments.count)
  }

  /// Opens a ledger.
  ///
  /// - Parameters:
  ///   - share: The share of the kept that may be luck; nil where every candidate is judged by itself.
  ///   - date: When it is opened.
  package init(share: Double?, at date: Date) {
    self.share = share
    experiments = []
    lines = []
    var object: JSONObject = ["format": .string(Self.format)]
    object["rule"] = .string(share == nil ? "each" : DiscoveryLevels.rule)
    // A text, so that it is the same number wherever it is read.
    object["share"] = share.map { .string("\($0)") }
    append(object, at: date)
  }

  private static let format = "gate/1"

  /// Reads a ledger and checks every link of it.
  ///
  /// - Parameter text: The content of the file.
  /// - Throws: ``GateLedgerError`` for the first line that is broken.
  package init(_ text: String) throws(GateLedgerError) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: true).map(String.init)
    guard let first = lines.first, let opening = JSON(line: Array(first.utf8))?.object,
      opening["format"]?.string == Self.format
    else { throw .noOpening }
    share = opening["share"]?.string.flatMap(Double.init)
    experiments = []
    self.lines = []
    for (index, line) in lines.enumerated() {
      guard let object = JSON(line: Array(line.utf8))?.object else {
        throw .unreadable(line: index + 1)
      }
      guard object["previous"]?.string == head else { throw .brokenLink(line: index + 1) }
      self.lines.append(line)
      guard index > 0 else { continue }
      guard take(object) else { throw .unreadable(line: index + 1) }
    }
  }

  private mutating func take(_ object: JSONObject) -> Bool {
    if let opened = object["opened"]?.object, let experiment = GateExperiment(opened) {
      experiments.append(experiment)
      return true
    }
    guard let number = object["experiment"]?.integer, experiments.indices.contains(number - 1),
      let look = object["look"]?.object.flatMap(GateExperiment.Look.init)
    else { return false }
    experiments[number - 1].looks.append(look)
    return true
  }

  private var head: String {
    lines.last.map { Digest.hexadecimal(of: $0) } ?? PredictionChain.noHead
  }

  private mutating func append(_ object: JSONObject, at date: Date) {
    var object = object
    object["at"] = .string(date.formatted(.iso8601))
    object["previous"] = .string(head)
    lines.append(JSON.object(object).canonical)
  }

  /// The one-sided level of a candidate that is opened now.
  package var nextLevel: Double {
    guard let share else { return GateTest.usualLevel }
    return DiscoveryLevels(share: share).level(
      ofTest: experiments.count + 1,
      discoveries: discoveries
    )
  }

  /// For each candidate that was kept, in the order in which they were, how many had been opened by then.
  private var discoveries: [Int] {
    var opened = 0
    var places: [Int] = []
    for line in lines.dropFirst() {
      guard let object = JSON(line: Array(line.utf8))?.object else { continue }
      if object["opened"] != nil { opened += 1 }
      let decision = object["look"]?.object?["decision"]?.string
      if decision == GateDecision.keep.rawValue { places.append(opened) }
    }
    return places
  }

  /// The index of a candidate that was opened for the same runs and metric.
  package func index(of candidate: GateCandidate) -> Int? {
    experiments.lastIndex { $0.candidate == candidate }
  }

  /// Opens a candidate at the level that it gets now.
  ///
  /// - Returns: Its index.
  package mutating func open(
    _ candidate: GateCandidate,
    looks: LookSchedule,
    firstSeed: Int,
    at date: Date
  ) -> Int {
    let experiment = GateExperiment(
      candidate: candidate,
      schedule: looks,
      firstSeed: firstSeed,
      level: nextLevel
    )
    experiments.append(experiment)
    append(["experiment": JSON(experiments.count), "opened": .object(experiment.json)], at: date)
    return experiments.count - 1
  }

  /// Writes a look down.
  package mutating func take(_ look: GateExperiment.Look, of index: Int, at date: Date) {
    experiments[index].looks.append(look)
    append(["experiment": JSON(index + 1), "look": .object(look.json)], at: date)
  }
}

/// The first line where a ledger does not hold.
package enum GateLedgerError: Error, Equatable {
  /// The first line does not say how levels are spent.
  case noOpening
  /// A line is neither a candidate nor a look.
  case unreadable(line: Int)
  /// The line before is not the one that this line was written after.
  case brokenLink(line: Int)
}

extension GateLedgerError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .noOpening: "Line 1 does not say how the levels of the series are spent."
    case .unreadable(let line): "Line \(line) is neither a candidate nor a look at one."
    case .brokenLink(let line):
      "Line \(line) was not written after the line that now stands before it: line \(line - 1) was changed, moved or dropped."
    }
  }
}
