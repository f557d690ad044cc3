import Execution
import Foundation
import Storage
import Notation
import Sweeps
import TestSupport
import Testing

struct TimeEstimateTests {
  private let spec: Spec
  private let grid: Grid

  init() throws {
    spec = try exampleSpec(
      #"{"settings": {"width": 8, "dropout": 0}, "axes": {"epochs": [10, 20], "tuning": ["full", "head"]}, "seeds": 4}"#
    )
    grid = try Grid(spec, trainer: exampleTrainer, files: Disk())
  }

  private func duration(_ run: Run, seconds: Double) -> RunDuration {
    RunDuration(settings: run.settings, seconds: seconds)
  }

  /// Seconds of a run by its levels: 10 epochs take 1 s, a frozen body half of it.
  private func seconds(_ run: Run) -> Double {
    (run.levels[0] == "20" ? 2 : 1) * (run.levels[1] == "head" ? 0.5 : 1)
  }

  @Test(arguments: [#"{"stored":{"runs":32}}"#, #"{"probe":{"kinds":5}}"#])
  func `an estimate reads back as earlier versions kept it`(basis: String) throws {
    let kept = #"""
      {"seconds":12.5,"standardError":1.25,"secondsPerRun":0.5,"runs":50,"jobs":2,"basis":\#(basis)}
      """#
    let estimate = try #require(JSON(line: kept.utf8).flatMap(TimeEstimate.init))
    #expect(estimate.seconds == 12.5 && estimate.runs == 50)
    #expect(estimate.json.text == kept)
  }

  private func total(_ costs: RunCosts, jobs: Int) -> TimeEstimate? {
    TimeEstimate(
      count: grid.count,
      levels: { grid[$0].levels },
      costs: costs,
      jobs: jobs
    )
  }

  @Test func `the durations of like runs are added up by their levels`() throws {
    let runs = grid.prefix(4).map { duration($0, seconds: seconds($0)) }
    let costs = RunCosts(runs, like: spec, trainer: exampleTrainer)
    let estimate = try #require(total(costs, jobs: 2))
    // 4 seeds × (1 + 0.5 + 2 + 1) s on two processes.
    #expect(abs(estimate.seconds - 9) < 1e-9)
    #expect(estimate.basis == .stored(runs: 4))
    #expect(estimate.standardError < 1e-9)
  }

  @Test func `runs that scatter leave an error bar`() throws {
    let runs = grid.map { duration($0, seconds: seconds($0) * ($0.seed % 2 == 0 ? 0.8 : 1.25)) }
    let costs = RunCosts(runs, like: spec, trainer: exampleTrainer)
    let spread = try #require(costs.spread)
    #expect(abs(spread - log(1.25) * (16.0 / 15).squareRoot()) < 1e-9)
    let estimate = try #require(total(costs, jobs: 1))
    #expect(estimate.interval.contains(18))
    #expect(estimate.standardError > 1)
  }

  @Test func `only runs with the same fixed settings count`() throws {
    let other = try Grid(
      try exampleSpec(#"{"settings": {"width": 9}, "axes": {"epochs": [10]}}"#),
      trainer: exampleTrainer,
      files: Disk()
    )
    let same = try Grid(
      try exampleSpec(#"{"settings": {"width": 8, "tuning": "head"}, "axes": {"epochs": [10]}}"#),
      trainer: exampleTrainer,
      files: Disk()
    )
    let runs = [duration(other[0], seconds: 9), duration(same[0], seconds: 3)]
    let costs = RunCosts(runs, like: spec, trainer: exampleTrainer)
    #expect(costs.count == 1)
    #expect(abs(try #require(costs.seconds(["10", "head"])) - 3) < 1e-9)
  }

  @Test func `without any like run there is no estimate`() {
    #expect(total(RunCosts([], like: spec, trainer: exampleTrainer), jobs: 1) == nil)
  }

  @Test func `trials of single axes multiply`() throws {
    let costs = RunCosts(
      trials: [
        RunCosts.Trial(cell: [0, 0], seconds: 1), RunCosts.Trial(cell: [1, 0], seconds: 2),
        RunCosts.Trial(cell: [0, 1], seconds: 0.5),
      ],
      axes: spec.axes
    )
    #expect(costs.seconds(["20", "head"]) == 1)
    let estimate = try #require(total(costs, jobs: 1))
    #expect(abs(estimate.seconds - 18) < 1e-9)
    #expect(estimate.standardError > 0)
  }
}
