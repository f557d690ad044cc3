package import Foundation
import Notation
import Statistics

/// Where a planned run stands, without what it measured.
package struct RunStanding: Sendable, Equatable {
  /// Its index in the grid.
  package let index: Int
  package let id: String
  package let status: RunStatus
  /// When the attempt that says so began; of no meaning for a run that is pending.
  package let started: Date
  /// How long that attempt was at work; zero until it has ended.
  package let duration: Duration

  package init(index: Int, id: String, status: RunStatus, started: Date, duration: Duration) {
    self.index = index
    self.id = id
    self.status = status
    self.started = started
    self.duration = duration
  }
}

/// A sweep as one can look on while it runs: every run and how it stands, the time left, and the baseline.
///
/// It gives no result of a contrast away, so that predictions stay open.
package struct SweepProgress: Sendable, Equatable {
  /// One planned run.
  package struct Tile: Sendable, Equatable {
    /// The texts of its levels, one for each axis.
    package let levels: [String]
    package let seed: Int
    package let status: RunStatus
    /// How long it took, or has been at work; zero while it is pending.
    package let duration: Duration
    package let isBaseline: Bool
  }

  /// A finished run of the baseline cell, which is no contrast.
  package struct BaselineRun: Sendable, Equatable {
    package let seed: Int
    package let curve: Curve
    /// What it measured in the end.
    package let final: [String: Double]

    package init(seed: Int, curve: Curve, final: [String: Double]) {
      self.seed = seed
      self.curve = curve
      self.final = final
    }
  }

  /// The most runs that are told one by one.
  package static let tileLimit = 10_000

  package let name: String
  /// The names of the axes, in the spec's order.
  package let axes: [String]
  package let ledger: Ledger
  /// Whether a coordinator works on it at this moment.
  package let isRunning: Bool
  /// In the order of the grid; none where there are more than ``tileLimit``.
  ///
  /// Under a rule of looks those of the first look and those that were started.
  package let tiles: [Tile]
  /// nil where no run has finished that would tell, and zero once nothing is left to do.
  package let timeLeft: Duration?
  /// By the order of the seeds.
  package let baseline: [BaselineRun]

  /// - Parameters:
  ///   - spec: The spec.
  ///   - standings: The runs that were ever started.
  ///   - ledger: The books of the sweep.
  ///   - isRunning: Whether a coordinator works on it.
  ///   - jobs: Runs at a time.
  ///   - now: The time that runs at work are measured to.
  ///   - baseline: The finished runs of the baseline cell.
  /// - Throws: `SpecError` where the cells cannot be counted.
  package init(
    of spec: Spec,
    standings: [RunStanding],
    ledger: Ledger,
    isRunning: Bool,
    jobs: Int,
    at now: Date,
    baseline: [BaselineRun]
  ) throws(SpecError) {
    name = spec.name
    axes = spec.axes.map(\.name)
    self.ledger = ledger
    self.isRunning = isRunning
    self.baseline = baseline
    let cells = try Cells(spec)
    let known = Dictionary(standings.map { ($0.index, $0) }) { first, _ in first }
    // Under a rule of looks the runs beyond the first look are known one by one when they start.
    let sure = cells.count.multipliedReportingOverflow(by: spec.looks?.first ?? spec.seeds.count)
    guard !sure.overflow, sure.partialValue <= ledger.planned, ledger.planned <= Self.tileLimit
    else {
      tiles = []
      timeLeft = nil
      return
    }
    let later = spec.looks == nil ? [] : known.keys.filter { $0 >= sure.partialValue }.sorted()
    let tiles = (Array(0..<sure.partialValue) + later).map { index in
      let (seed, cell) = index.quotientAndRemainder(dividingBy: cells.count)
      let levels = cells[cell]
      let standing = known[index]
      return Tile(
        levels: zip(spec.axes, levels).map { $0.levels[$1].text },
        seed: spec.seeds[seed],
        status: standing?.status ?? .pending,
        duration: standing?.duration(at: now) ?? .zero,
        isBaseline: levels.allSatisfy { $0 == 0 }
      )
    }
    self.tiles = tiles
    timeLeft = Self.timeLeft(of: tiles, others: ledger.planned - tiles.count, jobs: jobs)
  }

  /// The other planned runs, which are not among the tiles, take as long as the mean of those that finished.
  private static func timeLeft(of tiles: [Tile], others: Int, jobs: Int) -> Duration? {
    var model = DurationModel()
    for tile in tiles where tile.status == .ok {
      model.add(levels: tile.levels, seconds: tile.duration.seconds)
    }
    var seconds = 0.0
    var isLeft = others > 0
    if isLeft {
      let finished = tiles.filter { $0.status == .ok }.map(\.duration.seconds)
      guard !finished.isEmpty else { return nil }
      seconds = Double(others) * finished.reduce(0, +) / Double(finished.count)
    }
    for tile in tiles where !tile.status.isConcluded {
      isLeft = true
      guard let whole = model.seconds(levels: tile.levels) else { return nil }
      seconds += max(0, whole - tile.duration.seconds)
    }
    return isLeft ? .seconds(seconds / Double(max(1, jobs))) : .zero
  }
}

extension RunStanding {
  fileprivate func duration(at now: Date) -> Duration {
    switch status {
    case .pending: .zero
    case .running: .seconds(max(0, now.timeIntervalSince(started)))
    case .ok, .failed, .diverged, .timedOut: duration
    }
  }
}
