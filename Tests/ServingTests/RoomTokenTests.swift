import Serving
import Testing

struct RoomTokenTests {
  private let text = "00112233445566778899aabbccddeeff"

  @Test func `a phone is known again by its cookie`() {
    let token = RoomToken(fresh: text)
    let pair = token.header.prefix { $0 != ";" }
    #expect(RoomToken(cookies: String(pair)) == token)
    #expect(RoomToken(cookies: "theme=dark;  \(pair) ; other=room=1")?.person == token.person)
  }

  @Test(arguments: [
    "", "room", "room=", "room=abc", "room=00112233445566778899aabbccddeef\u{661}",
    "room=00112233445566778899aabbccddeeff0", "rooms=00112233445566778899aabbccddeeff",
    "room=zz112233445566778899aabbccddeeff",
  ])
  func `what somebody else put there is no token`(header: String) {
    #expect(RoomToken(cookies: header) == nil)
  }

  @Test func `the person tells nothing of the token, and scripts and other sites get nothing`() {
    let token = RoomToken(fresh: text)
    #expect(!token.person.contains(text))
    #expect(token.header.contains("HttpOnly"))
    #expect(token.header.contains("SameSite=Strict"))
  }
}
