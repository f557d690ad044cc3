import Foundation
import Notation
import Sweeps
import TestSupport
import Testing

struct SweepProgressTests {
  private static let start = Date(timeIntervalSince1970: 1_000_000)

  private func progress(
    _ standings: [RunStanding],
    running: Int = 0,
    ok: Int = 0
  ) throws -> SweepProgress {
    let spec = try exampleSpec(
      #"{"name": "trial", "command": ["x"], "axes": {"a": [1, 2], "b": [0, 1]}, "exclude": [{"a": 2, "b": 1}], "seeds": [7, 3]}"#
    )
    var ledger = Ledger(planned: 6, excluded: 1)
    (ledger.running, ledger.ok, ledger.pending) = (running, ok, 6 - running - ok)
    return try SweepProgress(
      of: spec,
      standings: standings,
      ledger: ledger,
      isRunning: running > 0,
      jobs: 2,
      at: Self.start + 3,
      baseline: []
    )
  }

  private func standing(_ index: Int, _ status: RunStatus, seconds: Int = 0) -> RunStanding {
    RunStanding(
      index: index,
      id: "\(index)",
      status: status,
      started: Self.start,
      duration: .seconds(seconds)
    )
  }

  @Test func `every planned run is a tile, in the order of the grid`() throws {
    let progress = try progress(
      [standing(1, .ok, seconds: 4), standing(4, .running)],
      running: 1,
      ok: 1
    )
    #expect(
      progress.tiles.map(\.levels) == [
        ["1", "0"], ["1", "1"], ["2", "0"], ["1", "0"], ["1", "1"], ["2", "0"],
      ]
    )
    #expect(progress.tiles.map(\.seed) == [7, 7, 7, 3, 3, 3])
    #expect(
      progress.tiles.map(\.status) == [.pending, .ok, .pending, .pending, .running, .pending]
    )
    #expect(progress.tiles.map(\.duration.seconds) == [0, 4, 0, 0, 3, 0])
    #expect(progress.tiles.map(\.isBaseline) == [true, false, false, true, false, false])
    #expect(progress.axes == ["a", "b"])
  }

  @Test func `the time left is that of the runs to come, shared among the slots`() throws {
    let progress = try progress(
      [standing(1, .ok, seconds: 4), standing(4, .running)],
      running: 1,
      ok: 1
    )
    // Four runs of 4 s and the last second of one at work, two at a time.
    #expect(progress.timeLeft.map { abs($0.seconds - 8.5) < 1e-9 } == true)
  }

  @Test func `under a rule the first look is planned, and later runs show when they start`() throws
  {
    let spec = try exampleSpec(
      #"{"name": "trial", "command": ["x"], "axes": {"a": [1, 2]}, "seeds": {"first": 3, "looks": [5], "until": "settled"}, "metrics": {"loss": {"better": "lower", "delta": 1}}}"#
    )
    func progress(planned: Int, _ standings: [RunStanding]) throws -> SweepProgress {
      try SweepProgress(
        of: spec,
        standings: standings,
        ledger: Ledger(planned: planned, excluded: 0),
        isRunning: true,
        jobs: 1,
        at: Self.start,
        baseline: []
      )
    }
    let first = try progress(planned: 6, [])
    #expect(first.tiles.map(\.seed) == [0, 0, 1, 1, 2, 2])
    let done = (0..<6).map { standing($0, .ok, seconds: 3) }
    let second = try progress(planned: 8, done + [standing(7, .running)])
    #expect(second.tiles.map(\.seed) == [0, 0, 1, 1, 2, 2, 3])
    #expect(second.tiles.map(\.levels).last == ["2"])
    // One run at work and one that is known by its number alone.
    #expect(second.timeLeft.map { abs($0.seconds - 6) < 1e-9 } == true)
  }

  @Test func `the time left is unknown before a run has finished, and nothing at the end`() throws {
    #expect(try progress([standing(0, .running)], running: 1).timeLeft == nil)
    let all = (0..<6).map { standing($0, .ok, seconds: 1) }
    #expect(try progress(all, ok: 6).timeLeft == .zero)
  }
}
