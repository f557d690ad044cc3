import Foundation
import Synchronization

/// Who may come in: requests to an address of this machine, and forms that its own pages sent.
///
/// A page of the internet can have a browser ask for a name of its own that leads here (DNS rebinding), or send a
/// form here; neither carries a Host or an Origin that this server goes by.
package final class Gate: Sendable {
  /// Why a request is refused.
  package enum Refusal: Error, Equatable {
    case noHost
    case foreignHost(String)
    case foreignOrigin
  }

  private let names: Set<String>
  private let look: @Sendable () -> LocalAddresses
  private let known: Mutex<LocalAddresses>
  private let port = Mutex(0)

  /// - Parameters:
  ///   - names: Further names under which this machine is known.
  ///   - look: Gives the addresses of this machine, which change when it changes its network.
  package init(names: [String], look: @escaping @Sendable () -> LocalAddresses = { .current }) {
    self.names = Set(names.map { $0.lowercased() }).union(["localhost"])
    self.look = look
    known = Mutex(look())
  }

  /// The addresses of this machine.
  var addresses: LocalAddresses { known.withLock { $0 } }

  /// Tells the port that the server got.
  package func open(port number: Int) { port.withLock { $0 = number } }

  /// Checks the head of a request.
  ///
  /// - Parameters:
  ///   - host: Its `Host`.
  ///   - origin: Its `Origin`; nil where there is none.
  ///   - isForm: Whether it does something.
  /// - Throws: ``Refusal``.
  package func check(host: String?, origin: String?, isForm: Bool) throws(Refusal) {
    guard let host = host?.lowercased(), !host.isEmpty else { throw .noHost }
    guard serves(host) else { throw .foreignHost(host) }
    // Only what has no Origin at all is let through: programs and old browsers; 'null' is somebody else's page.
    if isForm, let origin, origin.lowercased() != "http://" + host { throw .foreignOrigin }
  }

  private func serves(_ host: String) -> Bool {
    let number = port.withLock { $0 }
    let parts = host.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2 ? Int(parts[1]) == number : number == 80 else { return false }
    let name = String(parts[0])
    if names.contains(name) { return true }
    // An address and nothing that only begins like one.
    guard name.allSatisfy({ $0.isASCII && ($0.isNumber || $0 == ".") }) else { return false }
    return isOwn(name)
  }

  /// Whether an address is this machine's own.
  package func isOwn(_ address: String) -> Bool {
    if addresses.contains(address) { return true }
    let current = look()
    known.withLock { $0 = current }
    return current.contains(address)
  }
}

extension Gate {
  /// A gate for a server that listens at an address.
  convenience init(_ address: ServerAddress) {
    let own = ProcessInfo.processInfo.hostName
    let short = own.split(separator: ".").first.map(String.init) ?? own
    self.init(names: [own, short, short + ".local"] + (address.isEverywhere ? [] : [address.host]))
  }

  /// Where people find a server that listens at an address, the best one first; never empty.
  package func urls(of address: ServerAddress, port: Int) -> [String] {
    let hosts = address.isEverywhere ? addresses.addresses : [address.host]
    return (hosts.isEmpty ? ["localhost"] : hosts).map {
      "http://\($0)" + (port == 80 ? "" : ":\(port)")
    }
  }
}

extension Gate.Refusal: CustomStringConvertible {
  package var description: String {
    switch self {
    case .noHost: "The request names no host."
    case .foreignHost(let host):
      "This server is not '\(host.prefix(80))'. Use an address that the terminal shows."
    case .foreignOrigin: "This form was not sent from a page of this server."
    }
  }
}
