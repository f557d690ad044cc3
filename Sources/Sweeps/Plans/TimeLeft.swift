import Notation

/// The time that a sweep still takes, from the runs that are still to come.
package struct TimeLeft: Sendable {
  /// Runs whose levels are looked at; of more, every n-th.
  private static let sampleLimit = 500

  private let grid: Grid
  private var indices: [Int]
  private let jobs: Int
  private var model = DurationModel()

  /// - Parameters:
  ///   - grid: All runs.
  ///   - indices: Those to do, in the order in which they begin.
  ///   - jobs: Runs at a time.
  package init(grid: Grid, indices: [Int], jobs: Int) {
    self.grid = grid
    self.indices = indices
    self.jobs = jobs
  }

  /// Takes in further runs to do, which begin after all others.
  package mutating func add(indices more: [Int]) {
    indices += more
  }

  /// Takes in a run that finished.
  package mutating func add(_ record: Record) {
    model.add(levels: record.run.levels, seconds: record.duration.seconds)
  }

  /// Estimates, once a run has finished.
  ///
  /// - Parameters:
  ///   - begun: How many of them were begun.
  ///   - running: Levels of the runs at work, and for how many seconds they have been.
  /// - Returns: nil before the first run has finished.
  package func estimate(begun: Int, running: [(levels: [String], seconds: Double)]) -> Duration? {
    guard model.count > 0 else { return nil }
    var seconds = 0.0
    for run in running {
      seconds += max(0, (model.seconds(levels: run.levels) ?? 0) - run.seconds)
    }
    let left = indices.dropFirst(begun)
    let step = max(1, left.count / Self.sampleLimit)
    var sampled = 0.0
    var count = 0
    for offset in stride(from: 0, to: left.count, by: step) {
      sampled += model.seconds(levels: grid[left[left.startIndex + offset]].levels) ?? 0
      count += 1
    }
    if count > 0 { seconds += sampled / Double(count) * Double(left.count) }
    return .seconds(seconds / Double(jobs))
  }
}
