import Foundation
import Statistics
import Sweeps
import TestSupport
import Testing

struct GateLedgerTests {
  private func candidate(_ name: String) -> GateCandidate {
    GateCandidate(
      baseline: GateCandidate.Side(name: "base", digest: "00"),
      candidate: GateCandidate.Side(name: name, digest: "11"),
      metric: Metric(name: "loss", delta: 0.02, better: .lower)
    )
  }

  private func look(_ decision: GateDecision) -> GateExperiment.Look {
    GateExperiment.Look(
      seeds: 5,
      estimate: -0.1,
      decision: decision,
      reason: decision == .keep ? .better : decision == .discard ? .worse : .open
    )
  }

  /// Four candidates, of which the second is kept while the third is open.
  private func ledger() -> GateLedger {
    var ledger = GateLedger(share: 0.05, at: moment(0))
    let schedule = LookSchedule([5, 8])
    for name in ["a", "b", "c"] {
      _ = ledger.open(candidate(name), looks: schedule, firstSeed: 3, at: moment(1))
    }
    ledger.take(look(.discard), of: 0, at: moment(2))
    ledger.take(look(.keep), of: 1, at: moment(3))
    ledger.take(look(.notYet), of: 2, at: moment(4))
    _ = ledger.open(candidate("d"), looks: schedule, firstSeed: 0, at: moment(5))
    return ledger
  }

  @Test func `a ledger that is read is the one that was written`() throws {
    let ledger = ledger()
    let read = try GateLedger(ledger.lines.joined(separator: "\n") + "\n")
    #expect(read == ledger)
    #expect(read.experiments.map(\.decision) == [.discard, .keep, nil, nil])
    #expect(read.experiments[0].seeds(of: 1) == 3..<11)
    #expect(read.index(of: candidate("c")) == 2 && read.index(of: candidate("e")) == nil)
    let counts = read.counts
    #expect(counts.kept == 1 && counts.judged == 2 && counts.opened == 4)
  }

  @Test func `a discovery pays for the candidates that are opened after it`() {
    let ledger = ledger()
    let rule = DiscoveryLevels(share: 0.05)
    #expect(ledger.experiments[2].level == rule.level(ofTest: 3, discoveries: []))
    // It was kept when three had been opened.
    #expect(ledger.experiments[3].level == rule.level(ofTest: 4, discoveries: [3]))
    #expect(ledger.nextLevel == rule.level(ofTest: 5, discoveries: [3]))
  }

  @Test func `without a series every candidate has the level of a verdict`() {
    var ledger = GateLedger(share: nil, at: moment(0))
    for name in ["a", "b"] {
      let index = ledger.open(
        candidate(name),
        looks: LookSchedule([5]),
        firstSeed: 0,
        at: moment(1)
      )
      #expect(ledger.experiments[index].level == 0.025)
    }
  }

  @Test(arguments: 0..<8)
  func `a line that was changed, moved or dropped is found`(line: Int) throws {
    let lines = ledger().lines
    try #require(lines.count == 8)
    var changed = lines
    changed[line] = changed[line].replacing("2026", with: "2027")
    var dropped = lines
    dropped.remove(at: line)
    // The last line has no successor that knows it; that it is missing is found by nobody but its reader.
    for text in [changed, dropped].prefix(line == 7 ? 0 : 2) {
      #expect(throws: GateLedgerError.self) { try GateLedger(text.joined(separator: "\n")) }
    }
  }

  @Test(arguments: ["", "{}", "[1]", "not a ledger", #"{"format":"gate/2"}"#])
  func `what is no ledger is refused`(text: String) {
    #expect(throws: GateLedgerError.noOpening) { try GateLedger(text) }
  }

  @Test(arguments: [[], [1, 5], [5, 5], [8, 5], [5, 101], [2, 3, 4, 5, 6, 7, 8, 9, 10]])
  func `looks that do not rise or are too many are none`(seeds: [Int]) {
    #expect(LookSchedule(checking: seeds) == nil)
  }
}
