import Execution
import Notation
import Storage
import Sweeps
import TestSupport
import Testing

struct SweepPlanTests {
  private func plan(_ text: String) throws -> SweepPlan {
    SweepPlan(
      of: try Grid(try exampleSpec(text), trainer: exampleTrainer, files: Disk()),
      trainer: exampleTrainer
    )
  }

  @Test func `a plan shows few cells whole, as differences from the baseline`() throws {
    let plan = try plan(
      #"{"axes": {"dropout": [0, 0.5], "tuning": ["full", "head"]}, "seeds": 3, "exclude": [{"dropout": 0.5, "tuning": "head"}]}"#
    )
    #expect(plan.baseline == ["dropout=0", "tuning=full"])
    #expect(plan.first.map(\.differences) == [[], ["tuning=head"], ["dropout=0.5"]])
    #expect(plan.last.isEmpty)
    #expect((plan.productCells, plan.excludedCells, plan.cells, plan.runs) == (4, 1, 3, 9))
  }

  @Test func `a plan shows both ends of many cells`() throws {
    let plan = try plan(
      #"{"axes": {"dropout": {"from": 0, "to": 0.9, "count": 10}, "width": [1, 2, 3, 4]}}"#
    )
    #expect(plan.first.map(\.number) == [1, 2, 3, 4])
    #expect(plan.last.map(\.number) == [37, 38, 39, 40])
    #expect(plan.last.map(\.differences).last == ["dropout=0.9", "width=4"])
  }

  @Test func `cells that differ in nothing but defaults are told`() throws {
    let plan = try plan(
      #"{"axes": {"augmentation": [{"rotation": 9}, {"rotation": 9, "flip": false}, "none"]}}"#
    )
    #expect(plan.duplicates == [[1, 2]])
    #expect(try self.plan(#"{"axes": {"dropout": [0, 0.5]}}"#).duplicates.isEmpty)
  }

  @Test func `data are counted once however many runs read them`() throws {
    #expect(try plan(#"{"axes": {"dropout": [0, 0.5]}}"#).dataSets == 1)
    #expect(
      try plan(#"{"axes": {"dataset": ["digits", "letters"], "width": [1, 2]}}"#).dataSets == 2
    )
  }
}
