import Foundation
import Notation
import Statistics
import Sweeps
import TestSupport
import Testing

/// Looks in the chain, beside the predictions.
struct TakenLookTests {
  private static let rule = #"{"first": 5, "looks": [8, 12, 20], "until": "settled"}"#

  private func look(_ number: Int, seeds: Int, _ state: LookStanding.State) -> TakenLook {
    TakenLook(
      number: number,
      seeds: seeds,
      at: moment(100.0004 * Double(number)),
      answers: [
        TakenLook.Answer(
          question: "q1",
          seeds: seeds,
          outcome: state == .settled ? .up : nil,
          state: state
        )
      ]
    )
  }

  private func chain() throws -> PredictionChain {
    var chain = smallChain(try predictedSpec(seeds: Self.rule))
    chain.append(look(1, seeds: 5, .open))
    chain.append(look(2, seeds: 8, .settled))
    return chain
  }

  @Test func `the first line holds the rule with its levels as texts`() throws {
    let line = try chain().lines[0]
    #expect(line.contains(#""name":"linear-t-1""#))
    #expect(line.contains(#""change":["0.0062500","0.0050180","0.0069520","0.0132978"]"#))
    #expect(line.contains(#""none":["0.0125000","0.0107853","0.0150985","0.0287065"]"#))
    #expect(!smallChain(try predictedSpec()).lines[0].contains("rule"))
  }

  @Test func `a chain with looks reads back as it was written`() throws {
    let written = try chain()
    let read = try PredictionChain(written.lines.joined(separator: "\n"))
    #expect(read.looks.map(\.answers) == written.looks.map(\.answers))
    #expect(read.looks.map(\.seeds) == [5, 8] && read.looks.map(\.number) == [1, 2])
    #expect(read.links.count == 4 && read.lines == written.lines)
    #expect(read.looks[0].hasOpenQuestions && !read.looks[1].hasOpenQuestions)
  }

  @Test func `a look's time is never before what it looked at`() {
    let look = look(1, seeds: 5, .open)
    #expect(look.at >= moment(100.0004) && look.at <= moment(100.002))
  }

  @Test func `a look that was changed breaks the next link`() throws {
    var lines = try chain().lines
    lines[5] = lines[5].replacing("open", with: "given_up")
    #expect(throws: PredictionChainError.self) {
      try PredictionChain(lines.joined(separator: "\n"))
    }
    lines = try chain().lines
    lines[6] = lines[6].replacing("settled", with: "excellent")
    #expect(throws: PredictionChainError.unreadable(line: 7)) {
      try PredictionChain(lines.joined(separator: "\n"))
    }
  }

  @Test func `more seeds after a rule extend it, and another rule is another experiment`() throws {
    let sealed = try predictedSpec(seeds: Self.rule).sealedConfig.canonical
    func change(to seeds: String) throws -> ConfigChange {
      ConfigChange(from: sealed, to: try predictedSpec(seeds: seeds).sealedConfig)
    }
    #expect(try change(to: "30") == .extended(from: 20, to: 30))
    #expect(try change(to: "12") == .changed(keys: ["seeds"]))
    #expect(
      try change(to: #"{"first": 5, "looks": [30], "until": "settled"}"#)
        == .changed(keys: ["seeds"])
    )
    let plain = try predictedSpec(seeds: "5").sealedConfig.canonical
    #expect(
      ConfigChange(from: plain, to: try predictedSpec(seeds: Self.rule).sealedConfig)
        == .changed(keys: ["seeds"])
    )
  }

  @Test func `the seeds that a stored spec declares are read without the rest of it`() {
    #expect(DeclaredSeeds(specText: #"{"seeds": 3}"#)?.seeds == [0, 1, 2])
    #expect(DeclaredSeeds(specText: "{}")?.seeds == [0, 1, 2, 3, 4])
    let rule = DeclaredSeeds(specText: #"{"seeds": \#(Self.rule)}"#)
    #expect(rule?.seeds.count == 20 && rule?.looks == LookSchedule([5, 8, 12, 20]))
  }
}
