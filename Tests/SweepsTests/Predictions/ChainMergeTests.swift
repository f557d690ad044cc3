import Foundation
import Statistics
import Sweeps
import TestSupport
import Testing

struct ChainMergeTests {
  private let spec: Spec

  init() throws {
    spec = try predictedSpec()
  }

  /// The chain of one machine, whose nonces no other machine draws.
  private func chain(_ machine: Int, _ answers: [(String, Int, Direction)]) -> PredictionChain {
    var chain = PredictionChain(opening: spec, at: moment(0))
    for (place, (who, question, direction)) in answers.enumerated() {
      chain.append(
        prediction(who, spec.questions[question], direction),
        nonce: String(repeating: "\(machine)\(place)", count: 16),
        at: moment(Double(place + 1))
      )
    }
    return chain
  }

  /// A chain with what a merge adds to it.
  private func merged(_ merge: ChainMerge, into own: PredictionChain) -> PredictionChain {
    var chain = own
    for (place, addition) in merge.additions.enumerated() {
      chain.append(
        addition.prediction,
        nonce: String(repeating: "\(place % 10)f", count: 16),
        at: moment(100),
        from: addition.origin
      )
    }
    return chain
  }

  private func merge(_ chains: PredictionChain..., into own: PredictionChain) -> ChainMerge {
    var merge = ChainMerge(into: own)
    for (place, chain) in chains.enumerated() { merge.add(chain, named: "\(place + 1).jsonl") }
    return merge
  }

  @Test func `each line of other chains is taken once, however often it comes`() throws {
    let own = PredictionChain(opening: spec, at: moment(0))
    let first = chain(1, [("ana", 0, .up), ("ana", 1, .none)])
    let longer = {
      var chain = first
      chain.append(
        prediction("ana", spec.questions[0], .down),
        nonce: String(repeating: "c", count: 32),
        at: moment(9)
      )
      return chain
    }()
    let once = merge(first, first, longer, into: own)
    #expect(once.additions.map(\.prediction.direction) == [.up, .none, .down])
    #expect(once.notes.isEmpty)
    // Read back, the chain knows what it has taken.
    let text = merged(once, into: own).lines.joined(separator: "\n")
    let later = try PredictionChain(text)
    #expect(merge(longer, first, into: later).additions.isEmpty)
    #expect(merge(later, into: later).additions.isEmpty)
  }

  @Test func `two people of one name are two people, also when they come one after the other`()
    throws
  {
    let own = chain(1, [("ana", 0, .up)])
    let other = chain(2, [("ana", 0, .down), ("ben", 0, .down)])
    let third = chain(3, [("ana", 0, .none), ("ana", 1, .none)])
    let one = merge(other, third, into: own)
    #expect(one.additions.map(\.prediction.who) == ["ana (2)", "ben", "ana (3)", "ana (3)"])
    #expect(one.notes.count == 2 && one.notes[0].hasPrefix("'ana' of 1.jsonl is called 'ana (2)'"))
    let kept = try PredictionChain(merged(one, into: own).lines.joined(separator: "\n"))
    var more = third
    more.append(
      prediction("ana", spec.questions[0], .up),
      nonce: String(repeating: "d", count: 32),
      at: moment(9)
    )
    let two = merge(more, into: kept)
    #expect(two.additions.map(\.prediction.who) == ["ana (3)"], "a name is kept")
    #expect(two.notes.isEmpty)
  }

  @Test func `one person's second round on another machine is not another person`() {
    let own = chain(1, [("ana", 0, .up)])
    var second = PredictionChain(opening: spec, at: moment(0))
    second.append(
      prediction("ana", spec.questions[0], .down, round: 2),
      nonce: String(repeating: "e", count: 32),
      at: moment(5)
    )
    #expect(merge(second, into: own).additions.map(\.prediction.who) == ["ana"])
  }
}
