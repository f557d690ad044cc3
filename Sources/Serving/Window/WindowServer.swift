import Classroom
import HTTPTypes
package import Laboratory

/// Serves a window on a results folder, for reading only.
package struct WindowServer: Sendable {
  private let pages: WindowPages
  private let gate: Gate
  private let listener: Listener

  /// - Parameters:
  ///   - laboratory: Whose results are shown.
  ///   - address: Where to listen.
  package init(_ laboratory: Laboratory, at address: ServerAddress) {
    let pages = WindowPages(ResultsWindow(laboratory: laboratory))
    self.pages = pages
    gate = Gate(address)
    listener = Listener(
      address: address,
      door: Door(gate: gate) { await Self.answer($0, pages) }
    )
  }

  /// Serves until the task is cancelled.
  ///
  /// - Parameter ready: Gets the addresses, once people can come.
  /// - Throws: ``ServingError/cannotListen(_:reason:)``.
  package func run(ready: @escaping @Sendable ([String]) -> Void) async throws {
    let looking = Task {
      while (try? await Task.sleep(for: .seconds(1))) != nil { await pages.look() }
    }
    defer { looking.cancel() }
    try await listener.run(closing: { await pages.close() }) {
      ready(gate.urls(of: listener.address, port: $0))
    }
  }

  private static func answer(_ visit: Visit, _ pages: WindowPages) async -> Answer {
    guard visit.form == nil else {
      return .refusal(.methodNotAllowed, "This window is for reading only.")
    }
    switch visit.path {
    case "/live.js":
      return .file(LiveScript.text, .script, version: "\"live\"", known: nil)
    case "/window.css":
      return .file(WindowPage.style, .css, version: "\"window\"", known: nil)
    case "/events": return .stream(EventStream(versions: await pages.listen()))
    case "/", "/sweep", "/run":
      do {
        guard let page = try await pages.page(visit.path, visit.query) else { return .nothingHere }
        return Answer.page(visit.query["live"] == nil ? page.document : page.live).withInlineStyle
      } catch {
        return .refusal(.notFound, "\(error)")
      }
    default: return .nothingHere
    }
  }
}
