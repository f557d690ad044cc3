import Foundation
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore

/// Listens on a port for as long as it is wanted.
struct Listener: Sendable {
  /// Where it listens.
  let address: ServerAddress
  let door: Door

  /// Seconds after which a connection is closed on which nothing is asked.
  private static let idleSeconds: Int64 = 10
  /// Bytes of all headers of a request.
  private static let headerLimit = 16 * 1024

  /// What streams have to end in, before their connections are cut.
  private static let farewell = Duration.milliseconds(300)

  /// Serves until the task is cancelled.
  ///
  /// - Parameters:
  ///   - close: Lets all event streams end.
  ///   - ready: Gets the port once connections are taken.
  /// - Throws: ``ServingError/cannotListen(_:reason:)``.
  func run(
    closing close: @escaping @Sendable () async -> Void = {},
    ready: @escaping @Sendable (Int) async -> Void
  ) async throws {
    let application = application(ready: ready)
    let listening = Task { try await application.run() }
    do {
      try await withTaskCancellationHandler {
        try await listening.value
      } onCancel: {
        Task {
          await close()
          try? await Task.sleep(for: Self.farewell)
          listening.cancel()
        }
      }
    } catch let error as IOError {
      throw ServingError.cannotListen(address, reason: String(cString: strerror(error.errnoCode)))
    } catch {
      guard Task.isCancelled else { throw error }
    }
  }

  private func application(
    ready: @escaping @Sendable (Int) async -> Void
  ) -> Application<Door> {
    let cap = ConnectionCap()
    let server = HTTPServerBuilder.http1(
      configuration: HTTP1Channel.Configuration(
        additionalChannelHandlers: [ConnectionCap.Watch(cap)],
        idleTimeout: .seconds(Self.idleSeconds),
        httpDecoderConfiguration: .init(
          maxHeaderFieldSize: Self.headerLimit,
          maxHeaderListSize: Self.headerLimit,
          maxHeaderFieldCount: 100
        )
      )
    )
    var logger = Logger(label: "serve")
    logger.logLevel = .critical
    return Application(
      responder: door,
      server: server,
      configuration: ApplicationConfiguration(
        address: address.bind,
        backlog: 1024,
        availableConnectionsDelegate: .maximum(ConnectionCap.total, logger: logger)
      ),
      onServerRunning: { channel in
        let port = channel.localAddress?.port ?? address.port
        door.gate.open(port: port)
        await ready(port)
      },
      logger: logger
    )
  }
}
