import Execution
import Foundation
import Notation
import Storage
import Sweeps
import TestSupport
import Testing

struct DurationModelTests {
  @Test func `durations that multiply are found again exactly`() throws {
    var model = DurationModel()
    let epochs = ["10": 1.0, "40": 4.0]
    let width = ["8": 1.0, "32": 9.0]
    for (epochText, epochFactor) in epochs {
      for (widthText, widthFactor) in width {
        model.add(levels: [epochText, widthText], seconds: 0.5 * epochFactor * widthFactor)
      }
    }
    let estimate = try #require(model.seconds(levels: ["40", "32"]))
    #expect(abs(estimate - 18) < 1e-9)
    let unknown = try #require(model.seconds(levels: ["80", "8"]))
    #expect(abs(unknown - 1) < 1e-9, "an unknown level takes the mean of its axis")
  }

  @Test func `nothing is known before the first run, and one run says no spread`() {
    var model = DurationModel()
    #expect(model.seconds(levels: ["a"]) == nil)
    model.add(levels: ["a"], seconds: 3)
    #expect(model.spread == 0 && model.count == 1)
  }

  @Test func `the time left counts the runs still to come by their levels`() throws {
    let spec = try exampleSpec(#"{"axes": {"epochs": [10, 100]}, "seeds": 2}"#)
    let grid = try Grid(spec, trainer: exampleTrainer, files: Disk())
    var left = TimeLeft(grid: grid, indices: Array(grid.indices), jobs: 2)
    #expect(left.estimate(begun: 0, running: []) == nil)
    for (run, seconds) in zip(grid, [1.0, 10.0]) {
      left.add(
        Record(
          run: run,
          attempt: 1,
          outcome: .finished,
          measurements: Measurements(),
          lastLines: [],
          started: .distantPast,
          duration: .seconds(seconds)
        )
      )
    }
    let rest = try #require(left.estimate(begun: 2, running: []))
    #expect(abs(rest.seconds - 5.5) < 1e-6)
    let late = try #require(left.estimate(begun: 4, running: [(["100"], 4), (["10"], 99)]))
    #expect(abs(late.seconds - 3) < 1e-6)
  }
}
