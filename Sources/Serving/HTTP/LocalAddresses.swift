import Foundation

/// The addresses at which other machines may reach this one.
package struct LocalAddresses: Sendable, Equatable {
  /// IPv4 addresses that are up, those of private networks first; the loopback's is not among them.
  package let addresses: [String]

  package init(_ addresses: [String]) {
    self.addresses = addresses.sorted { Self.rank($0) < Self.rank($1) }
  }

  /// The addresses that this machine has at this moment.
  package static var current: LocalAddresses {
    var first: UnsafeMutablePointer<ifaddrs>?
    guard getifaddrs(&first) == 0 else { return LocalAddresses([]) }
    defer { freeifaddrs(first) }
    var found: [String] = []
    var next = first
    while let entry = next {
      next = entry.pointee.ifa_next
      let flags = entry.pointee.ifa_flags
      guard let address = entry.pointee.ifa_addr, address.pointee.sa_family == AF_INET,
        flags & UInt32(IFF_UP) != 0, flags & UInt32(IFF_LOOPBACK) == 0
      else { continue }
      let text = address.withMemoryRebound(to: sockaddr_in.self, capacity: 1) { address in
        var buffer = [CChar](repeating: 0, count: Int(INET_ADDRSTRLEN))
        var number = address.pointee.sin_addr
        inet_ntop(AF_INET, &number, &buffer, socklen_t(INET_ADDRSTRLEN))
        return String(
          decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)),
          as: UTF8.self
        )
      }
      if !found.contains(text) { found.append(text) }
    }
    return LocalAddresses(found)
  }

  /// Home and school networks first, then those that a provider or a virtual machine gives, then what gives itself one.
  ///
  /// Reference: RFC 1918, RFC 6598, RFC 3927.
  private static func rank(_ address: String) -> Int {
    let parts = address.split(separator: ".").compactMap { Int($0) }
    guard parts.count == 4 else { return 5 }
    switch (parts[0], parts[1]) {
    case (192, 168): return 0
    case (10, _): return 1
    case (172, 16...31): return 2
    case (169, 254): return 4
    default: return 3
    }
  }

  /// Whether an address is this machine's own, the loopback's included.
  func contains(_ address: String) -> Bool {
    let plain = address.hasPrefix("::ffff:") ? String(address.dropFirst(7)) : address
    return plain.hasPrefix("127.") || plain == "::1" || addresses.contains(plain)
  }
}

extension ServerAddress {
  /// Whether a connection to it can be made from here within a second.
  ///
  /// It blocks. A wall between this machine and others is not seen from here, but a wrong address is.
  package var answers: Bool {
    #if os(Linux)
    let stream = Int32(SOCK_STREAM.rawValue)
    #else
    let stream = SOCK_STREAM
    #endif
    let descriptor = socket(AF_INET, stream, 0)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    var limit = timeval(tv_sec: 1, tv_usec: 0)
    let size = socklen_t(MemoryLayout<timeval>.size)
    setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, size)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    guard inet_pton(AF_INET, host, &address.sin_addr) == 1 else { return false }
    return withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      }
    }
  }
}
