import Execution
import Notation
import Statistics
import Storage
import Sweeps
import TestSupport
import Testing

struct PredictionStandingTests {
  private func standing(
    _ chain: PredictionChain,
    heads: [PredictionStanding.Head] = [],
    firstResult: Double?
  ) throws -> PredictionStanding {
    try PredictionStanding(
      chain,
      heads: heads,
      firstResult: firstResult.map(moment),
      spec: try predictedSpec()
    )
  }

  @Test func `before the first result everything counts`() throws {
    let chain = smallChain(try predictedSpec())
    #expect(try standing(chain, firstResult: nil).eligible.count == 4)
  }

  @Test func `what was sealed after the first result is late`() throws {
    let chain = smallChain(try predictedSpec())
    let standing = try standing(chain, firstResult: 25)
    #expect(standing.eligible.map(\.line) == [2, 3])
    #expect(standing.late.map(\.line) == [4, 5])
  }

  @Test func `a clock that was set back does not make a prediction early`() throws {
    var chain = smallChain(try predictedSpec())
    let headThen = PredictionStanding.Head(digest: chain.head, recorded: moment(70))
    chain.append(
      prediction("eve", try predictedSpec().questions[0], .up),
      nonce: String(repeating: "e", count: 32),
      at: moment(5)
    )
    let standing = try standing(chain, heads: [headThen], firstResult: 60)
    #expect(standing.late.map(\.prediction.who) == ["eve"])
  }

  @Test func `a changed mind counts when it was changed in time, and not when it was late`() throws
  {
    var chain = smallChain(try predictedSpec())
    chain.append(
      prediction("ana", try predictedSpec().questions[0], .down),
      nonce: String(repeating: "a", count: 32),
      at: moment(50)
    )
    #expect(
      try standing(chain, firstResult: 100).eligible[0].prediction.direction == .down
    )
    #expect(try standing(chain, firstResult: 45).eligible[0].prediction.direction == .up)
  }

  @Test func `lines that runs knew of and that are gone are found`() throws {
    let chain = smallChain(try predictedSpec())
    let head = PredictionStanding.Head(digest: chain.head, recorded: moment(50))
    let cut = try PredictionChain(chain.lines.dropLast().joined(separator: "\n"))
    #expect(throws: PredictionChainError.headNotFound(head: chain.head)) {
      try standing(cut, heads: [head], firstResult: 60)
    }
  }

  @Test func `runs that started before any prediction recorded that there were none`() throws {
    let head = PredictionStanding.Head(digest: PredictionChain.noHead, recorded: moment(0))
    #expect(
      try standing(smallChain(try predictedSpec()), heads: [head], firstResult: nil).late.isEmpty
    )
  }
}

struct ConfigChangeTests {
  private func change(to spec: Spec) throws -> ConfigChange {
    ConfigChange(
      from: try predictedSpec().sealedConfig.canonical,
      to: spec.sealedConfig
    )
  }

  @Test func `the same spec is unchanged`() throws {
    #expect(try change(to: predictedSpec()) == .unchanged)
    #expect(try change(to: predictedSpec(delta: "0.020")) == .unchanged)
  }

  @Test func `added seeds extend it`() throws {
    #expect(try change(to: predictedSpec(seeds: "5")) == .extended(from: 3, to: 5))
    #expect(try change(to: predictedSpec(seeds: "[0, 1, 2, 7]")) == .extended(from: 3, to: 4))
  }

  @Test func `other seeds, fewer seeds and another delta change it`() throws {
    #expect(try change(to: predictedSpec(seeds: "2")) == .changed(keys: ["seeds"]))
    #expect(try change(to: predictedSpec(seeds: "[5, 6, 7]")) == .changed(keys: ["seeds"]))
    #expect(try change(to: predictedSpec(delta: "0.03")) == .changed(keys: ["metrics"]))
  }
}
