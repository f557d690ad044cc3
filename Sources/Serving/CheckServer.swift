import Classroom

/// Serves nothing but a page that says that it is reached, to try a room's network before the lesson.
package struct CheckServer: Sendable {
  /// One address of this machine.
  package struct Reach: Sendable {
    package let url: String
    /// Whether it answers when it is asked from this machine.
    package let answers: Bool
  }

  private let gate: Gate
  private let listener: Listener

  /// - Parameter address: Where to listen.
  package init(at address: ServerAddress) {
    gate = Gate(address)
    let door = Door(gate: gate) { visit in
      visit.form == nil && ["/", "/check"].contains(visit.path)
        ? .page(CheckPage.reached.document) : .nothingHere
    }
    listener = Listener(address: address, door: door)
  }

  /// Serves until the task is cancelled.
  ///
  /// - Parameter ready: Gets the addresses, each tried from here.
  /// - Throws: ``ServingError/cannotListen(_:reason:)``.
  package func run(ready: @escaping @Sendable ([Reach]) -> Void) async throws {
    let work = BlockingWork("check")
    try await listener.run { port in
      let urls = gate.urls(of: listener.address, port: port)
      let reach = try? await work.result {
        urls.map { url in
          let host = url.dropFirst("http://".count).prefix { $0 != ":" }
          return Reach(url: url, answers: ServerAddress(host: String(host), port: port).answers)
        }
      }
      ready(reach ?? [])
    }
  }
}
