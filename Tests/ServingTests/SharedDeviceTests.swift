import Serving
import Testing

struct SharedDeviceTests {
  private let texts = (0..<20).map { String(repeating: "0", count: 30) + "\(10 + $0)" }

  private func token(_ number: Int) -> RoomToken { RoomToken(fresh: texts[number]) }

  /// What the browser sends back of a header `Set-Cookie`.
  private func returned(_ device: SharedDevice) -> SharedDevice? {
    SharedDevice(cookies: String(device.header.prefix { $0 != ";" }))
  }

  @Test func `a phone is known again by its cookie`() {
    let device = SharedDevice(token(0))
    #expect(returned(device) == device)
    let pair = device.header.prefix { $0 != ";" }
    #expect(SharedDevice(cookies: "theme=dark;  \(pair) ; other=room=1") == device)
  }

  @Test(arguments: [
    "", "room", "room=", "room=abc", "room=00112233445566778899aabbccddeef\u{661}",
    "room=00112233445566778899aabbccddeeff0", "rooms=00112233445566778899aabbccddeeff",
    "room=zz112233445566778899aabbccddeeff", "room=00112233445566778899aabbccddeeff.",
    "room=00112233445566778899aabbccddeeff.abc",
  ])
  func `what somebody else put there is no token`(header: String) {
    #expect(SharedDevice(cookies: header) == nil)
  }

  @Test func `a laptop that goes round finds everybody again`() throws {
    let first = SharedDevice(token(0))
    let second = try #require(first.handed(to: token(1), keepingCurrent: true))
    #expect(second.current == token(1) && second.others == [token(0)])
    let third = try #require(returned(second)?.handed(to: token(2), keepingCurrent: true))
    #expect(third.others == [token(0), token(1)])
    let back = try #require(returned(third)?.handed(to: token(0), keepingCurrent: true))
    #expect(back.current == token(0) && back.others == [token(1), token(2)])
    // A token that nobody came in with leaves nothing behind.
    #expect(second.handed(to: token(0), keepingCurrent: false) == first)
    #expect(first.handed(to: token(0), keepingCurrent: true) == first)
  }

  @Test func `a browser keeps a bounded number of people`() throws {
    var device = SharedDevice(token(0))
    for number in 1..<SharedDevice.limit {
      device = try #require(device.handed(to: token(number), keepingCurrent: true))
    }
    #expect(returned(device) == device)
    #expect(device.handed(to: token(19), keepingCurrent: true) == nil)
    #expect(device.handed(to: token(0), keepingCurrent: true)?.others.count == 15)
    let many = texts.prefix(17).joined(separator: ".")
    #expect(SharedDevice(cookies: "room=\(many)") == nil)
  }

  @Test func `the person tells nothing of the token, and scripts and other sites get nothing`() {
    #expect(!token(0).person.contains(texts[0]))
    let header = SharedDevice(token(0)).header
    #expect(header.contains("HttpOnly") && header.contains("SameSite=Strict"))
  }
}
