import Hummingbird

/// Where a server listens.
package struct ServerAddress: Sendable, Equatable {
  /// An address of this machine, or one that stands for all of them.
  package let host: String
  /// 0 for any that is free.
  package let port: Int

  package init(host: String, port: Int) {
    self.host = host
    self.port = port
  }

  /// Whether everybody who reaches this machine reaches the server.
  package var isEverywhere: Bool { ["0.0.0.0", "::", "*"].contains(host) }

  var bind: BindAddress { .hostname(host == "*" ? "0.0.0.0" : host, port: port) }
}
