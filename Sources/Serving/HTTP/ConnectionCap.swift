import NIOCore
import Synchronization

/// Closes connections of an address that has too many, so that one machine cannot take them all.
///
/// A class behind one router comes from one address: thirty phones with a page, an event stream and a browser's
/// spare connections pass.
final class ConnectionCap: Sendable {
  /// All connections, and those of one address.
  static let total = 2000
  static let perAddress = 1200

  private let counts = Mutex<[String: Int]>([:])

  func enter(_ address: String) -> Bool {
    counts.withLock { counts in
      guard counts[address, default: 0] < Self.perAddress else { return false }
      counts[address, default: 0] += 1
      return true
    }
  }

  func leave(_ address: String) {
    counts.withLock { counts in
      let count = (counts[address] ?? 1) - 1
      counts[address] = count > 0 ? count : nil
    }
  }

  /// Watches over one connection.
  final class Watch: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = Any

    private let cap: ConnectionCap
    private var address: String?

    init(_ cap: ConnectionCap) {
      self.cap = cap
    }

    func channelActive(context: ChannelHandlerContext) {
      let own = context.channel.remoteAddress?.ipAddress ?? ""
      guard cap.enter(own) else { return context.close(promise: nil) }
      address = own
      context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
      if let address { cap.leave(address) }
      address = nil
      context.fireChannelInactive()
    }
  }
}
