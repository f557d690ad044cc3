import Serving
import Testing

struct ServerAddressTests {
  @Test func `an address keeps its port`() {
    #expect(ServerAddress(host: "127.0.0.1", port: 8000).port == 8000)
  }
}
