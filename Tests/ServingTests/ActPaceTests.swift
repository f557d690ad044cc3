import Serving
import Testing

struct ActPaceTests {
  @Test func `a phone may send so many acts in a minute, and goes on in the next`() {
    let pace = ActPace()
    #expect((0..<ActPace.limit).allSatisfy { pace.admits("a", at: 100 * $0) })
    #expect(!pace.admits("a", at: 59_999))
    #expect(pace.admits("b", at: 59_999), "another one")
    #expect(pace.admits("a", at: 60_000))
  }

  @Test func `what takes longer may be sent less often`() {
    let pace = ActPace(limit: 2)
    #expect([1, 2, 3].map { pace.admits("a", at: $0) } == [true, true, false])
    #expect(pace.admits("b", at: 4) && pace.admits("a", at: 60_001))
  }

  @Test func `people who are made up do not fill the memory, and are still counted`() {
    let pace = ActPace()
    #expect((0..<10_000).allSatisfy { pace.admits("\($0)", at: 0) })
    #expect((0..<ActPace.limit).allSatisfy { _ in pace.admits("a", at: 1) })
    #expect(!pace.admits("a", at: 2))
  }
}
