import Serving
import Testing

struct GateTests {
  private let gate: Gate

  init() {
    gate = Gate(names: ["Laptop.local"]) { LocalAddresses(["10.0.0.7", "192.168.1.5"]) }
    gate.open(port: 8080)
  }

  @Test(arguments: [
    "localhost:8080", "127.0.0.1:8080", "10.0.0.7:8080", "laptop.local:8080", "LAPTOP.LOCAL:8080",
  ])
  func `what this machine is called is let in`(host: String) throws {
    try gate.check(host: host, origin: nil, isForm: false)
    try gate.check(host: host, origin: "http://\(host)", isForm: true)
  }

  @Test(arguments: [
    "evil.example:8080", "10.0.0.8:8080", "10.0.0.7:80", "10.0.0.7", "localhost",
    "localhost:8080:8080",
    "127.0.0.1.evil.example:8080", "10.0.0.7.:8080", "[::1]:8080", "@10.0.0.7:8080",
  ])
  func `a name that leads here from elsewhere is refused`(host: String) {
    #expect(throws: Gate.Refusal.foreignHost(host)) {
      try gate.check(host: host, origin: nil, isForm: false)
    }
  }

  @Test func `a request names a host`() {
    #expect(throws: Gate.Refusal.noHost) {
      try gate.check(host: nil, origin: nil, isForm: false)
    }
  }

  @Test(arguments: ["null", "http://evil.example", "https://10.0.0.7:8080", "http://10.0.0.7:9"])
  func `a form of another page is refused, and a link of it is not`(origin: String) throws {
    try gate.check(host: "10.0.0.7:8080", origin: origin, isForm: false)
    #expect(throws: Gate.Refusal.foreignOrigin) {
      try gate.check(host: "10.0.0.7:8080", origin: origin, isForm: true)
    }
  }

  @Test func `addresses of private networks come first, and one is always there`() {
    let addresses = LocalAddresses([
      "169.254.3.3", "100.64.0.1", "172.20.0.1", "10.1.1.1", "192.168.1.5",
    ])
    let gate = Gate(names: []) { addresses }
    #expect(
      gate.urls(of: ServerAddress(host: "0.0.0.0", port: 0), port: 8080) == [
        "http://192.168.1.5:8080", "http://10.1.1.1:8080", "http://172.20.0.1:8080",
        "http://100.64.0.1:8080", "http://169.254.3.3:8080",
      ]
    )
    let alone = Gate(names: []) { LocalAddresses([]) }
    let urls = alone.urls(of: ServerAddress(host: "0.0.0.0", port: 0), port: 80)
    #expect(urls == ["http://localhost"])
  }

  @Test func `a laptop that changes its network is found again`() throws {
    let addresses = Networks()
    let gate = Gate(names: []) { addresses.next() }
    gate.open(port: 80)
    #expect(gate.isOwn("10.0.0.2"))
  }
}

/// One address, and then another.
private final class Networks: Sendable {
  private let rest = LockedList([["10.0.0.1"], ["10.0.0.2"]])

  func next() -> LocalAddresses { LocalAddresses(rest.next()) }
}
