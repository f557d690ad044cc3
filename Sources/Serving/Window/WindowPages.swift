/// The pages as they were made last, until something is new.
actor WindowPages {
  private let window: ResultsWindow
  private let work = BlockingWork("window")
  private var version = ""
  private var number = 1
  private var kept: [String: WindowPage] = [:]
  private var listeners: [Int: AsyncStream<Int>.Continuation] = [:]
  private var listenerCount = 0

  /// Pages that are kept at most.
  private static let limit = 50

  init(_ window: ResultsWindow) {
    self.window = window
  }

  /// Looks whether something is new, where anybody wants to know.
  func look() async {
    guard !listeners.isEmpty else { return }
    await renew()
  }

  private func renew() async {
    // What cannot be read is said by the page that is asked for.
    guard let current = try? await work.result({ [window] in try window.version() }),
      current != version
    else { return }
    version = current
    number += 1
    kept = [:]
    for listener in listeners.values { listener.yield(number) }
  }

  /// A page, as it is at this moment.
  ///
  /// - Returns: nil where an address names nothing.
  /// - Throws: Why it cannot be made.
  func page(_ path: String, _ query: FormFields) async throws -> WindowPage? {
    await renew()
    let fields = query.texts.filter { $0.key != "live" }
    let key = address(path, fields.sorted { $0.key < $1.key })
    if let page = kept[key] { return page }
    let made = number
    let page = try await work.result { [window] () -> WindowPage? in
      switch path {
      case "/": return try window.sweeps()
      case "/sweep":
        let axes = fields.filter { $0.key.hasPrefix("axis.") && !$0.value.isEmpty }
        let filter = axes.map { (String($0.key.dropFirst(5)), $0.value) }
        return try fields["name"].map {
          try window.sweep($0, filter: Dictionary(filter, uniquingKeysWith: { $1 }))
        }
      default: return try fields["id"].map { try window.run($0) }
      }
    }
    if made == number, kept.count < Self.limit { kept[key] = page }
    return page
  }

  func listen() -> AsyncStream<Int> {
    let (versions, tell) = AsyncStream<Int>.makeStream(bufferingPolicy: .bufferingNewest(1))
    let id = listenerCount
    listenerCount += 1
    listeners[id] = tell
    tell.onTermination = { [weak self] _ in Task { await self?.forget(id) } }
    return versions
  }

  private func forget(_ id: Int) { listeners[id] = nil }

  func close() {
    for listener in listeners.values { listener.finish() }
  }
}
