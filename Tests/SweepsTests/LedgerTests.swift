import Execution
import Sweeps
import Testing

struct LedgerTests {
  @Test func `the sum is balanced only while every planned run has a column`() {
    var ledger = Ledger(planned: 5, excluded: 2)
    #expect(!ledger.isBalanced)
    ledger.pending = 5
    #expect(ledger.isBalanced)
    ledger.move(from: .pending, to: .running)
    ledger.move(from: .running, to: .timedOut)
    #expect(ledger.isBalanced)
    #expect(ledger.concluded == 1 && ledger.unsuccessful == 1)
    ledger.move(from: .running, to: .ok)
    #expect(!ledger.isBalanced, "a run that was in no column")
  }

  @Test func `the sum is printed as it is checked`() {
    var ledger = Ledger(planned: 1_234_567, excluded: 1)
    ledger.ok = 1_234_000
    ledger.pending = 567
    #expect(
      ledger.description
        == "1,234,567 planned = 1,234,000 ok + 0 failed + 0 diverged + 0 timed out + 0 running + 567 pending (1 cell excluded)"
    )
  }

  @Test func `a plan keeps what ended, does what is missing and counts what is dropped`() {
    let runs: KeyValuePairs = [
      "a": StoredRun(rowID: 1, status: .ok, attempts: 1, isPlanned: true),
      "b": StoredRun(rowID: 2, status: .failed, attempts: 2, isPlanned: true),
      "c": StoredRun(rowID: 3, status: .running, attempts: 1, isPlanned: true),
      "e": StoredRun(rowID: 4, status: .ok, attempts: 1, isPlanned: false),
      "f": StoredRun(rowID: 5, status: .pending, attempts: 1, isPlanned: false),
    ]
    var rest = runs.compactMap { StoredRuns.Element(id: $0.key, run: $0.value) }[...]
    let stored = StoredRuns(count: 5) { rest.popLast() }
    #expect(stored.count == 5 && stored["b"]?.attempts == 2 && stored["d"] == nil)
    let plan = RunPlan(
      ids: ["a", "b", "c", "d", "a"],
      excluded: 0,
      stored: stored,
      repeats: RunPlan.Repeats()
    )
    #expect(plan.indices == [2, 3])
    #expect(plan.earlier.mapValues(\.rowID) == [2: 3])
    #expect(plan.new == 1 && plan.kept == 2 && plan.dropped == 1 && plan.keptUnsuccessful == 1)
    #expect(plan.ledger.planned == 4 && plan.ledger.pending == 2 && plan.ledger.isBalanced)

    let retried = RunPlan(
      ids: ["a", "b"],
      excluded: 0,
      stored: stored,
      repeats: RunPlan.Repeats(unsuccessful: true)
    )
    #expect(retried.indices == [1] && retried.repeated == 1)
    let again = RunPlan(
      ids: ["a", "b"],
      excluded: 0,
      stored: stored,
      repeats: RunPlan.Repeats(all: true)
    )
    #expect(again.indices == [0, 1] && again.repeated == 2)
  }

  @Test func `a selection leaves the others where they are`() {
    let plan = RunPlan(
      ids: ["a", "b", "c"],
      excluded: 0,
      stored: StoredRuns(),
      repeats: RunPlan.Repeats(),
      isSelected: { $0 == "b" }
    )
    #expect(plan.indices == [1])
    #expect(plan.ledger.pending == 3)
  }
}
