import Execution
import Notation
import Statistics
import Storage
import Sweeps
import TestSupport
import Testing

struct PredictionChainTests {
  private func lines(_ edit: (inout [String]) -> Void) throws -> String {
    var lines = smallChain(try predictedSpec()).lines
    edit(&lines)
    return lines.joined(separator: "\n") + "\n"
  }

  @Test func `a written chain reads back as it is`() throws {
    let chain = smallChain(try predictedSpec())
    let read = try PredictionChain(chain.lines.joined(separator: "\n") + "\n")
    #expect(read.lines == chain.lines)
    #expect(read.links.map(\.prediction.who) == ["ana", "ana", "ben", "ben"])
    #expect(read.links.map(\.sealedAt) == chain.links.map(\.sealedAt))
    #expect(read.head == chain.head)
  }

  @Test func `a changed answer breaks its seal`() throws {
    let text = try lines { $0[4] = $0[4].replacing("\"down\"", with: "\"up\"") }
    #expect(throws: PredictionChainError.brokenSeal(line: 5, who: "ben")) {
      try PredictionChain(text)
    }
  }

  @Test func `a changed answer with its seal made anew breaks the next link`() throws {
    let spec = try predictedSpec()
    var other = PredictionChain(opening: spec, at: moment(0))
    other.append(
      prediction("ana", spec.questions[0], .none),
      nonce: String(repeating: "9", count: 32),
      at: moment(10)
    )
    let text = try lines { $0[1] = other.lines[1] }
    #expect(throws: PredictionChainError.brokenLink(line: 3)) { try PredictionChain(text) }
  }

  @Test func `a dropped line is named by the line after it`() throws {
    let text = try lines { $0.remove(at: 2) }
    #expect(throws: PredictionChainError.brokenLink(line: 3)) { try PredictionChain(text) }
  }

  @Test func `two swapped lines are named`() throws {
    let text = try lines { $0.swapAt(2, 3) }
    #expect(throws: PredictionChainError.brokenLink(line: 3)) { try PredictionChain(text) }
  }

  @Test func `another spec in the first line breaks the chain`() throws {
    let other = smallChain(try predictedSpec(delta: "0.5")).lines[0]
    let text = try lines { $0[0] = other }
    #expect(throws: PredictionChainError.brokenLink(line: 2)) { try PredictionChain(text) }
  }

  @Test(arguments: ["", "nonsense\n", "{}\n"])
  func `a file without a spec is refused`(text: String) {
    #expect(throws: PredictionChainError.noSpec) { try PredictionChain(text) }
  }

  @Test func `half a line is named`() throws {
    let text = try lines { $0[4] = String($0[4].prefix(60)) }
    #expect(throws: PredictionChainError.unreadable(line: 5)) { try PredictionChain(text) }
  }

  @Test func `the last word of a person counts`() throws {
    let spec = try predictedSpec()
    var chain = smallChain(spec)
    chain.append(
      prediction("ana", spec.questions[0], .down),
      nonce: String(repeating: "a", count: 32),
      at: moment(50)
    )
    #expect(chain.latest.map(\.prediction.direction) == [.down, .none, .down, .down])
  }
}
