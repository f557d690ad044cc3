/// The pages as they were made last, until something is new.
actor WindowPages {
  private let window: ResultsWindow
  private let work = BlockingWork("window")
  private var version = ""
  private var number = 1
  private var kept: [String: WindowPage] = [:]
  /// The curves of runs at work on the pages that are kept, as they were seen last.
  private var shown: [String: String] = [:]
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
    let before = number
    await renew()
    guard number == before, await hasGrown() else { return }
    number += 1
    for listener in listeners.values { listener.yield(number) }
  }

  /// Whether a run at work has come further, on a page that was asked for.
  private func hasGrown() async -> Bool {
    let subjects = kept.mapValues(\.subject)
    let current = try? await work.result { [window] in
      try subjects.mapValues { try window.growing($0) }
    }
    guard let current, current != shown else { return false }
    shown = current
    return true
  }

  private func renew() async {
    // What cannot be read is said by the page that is asked for.
    guard let current = try? await work.result({ [window] in try window.version() }),
      current != version
    else { return }
    version = current
    number += 1
    kept = [:]
    shown = [:]
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
    if let page = kept[key] { return try await grown(page, key) }
    let made = version
    let page = try await work.result { [window] () -> WindowPage? in
      switch path {
      case "/": return try window.sweeps()
      case "/sweep":
        let axes = fields.filter { $0.key.hasPrefix("axis.") && !$0.value.isEmpty }
        let filter = axes.map { (String($0.key.dropFirst(5)), $0.value) }
        return try fields["name"].map {
          try window.sweep($0, filter: Dictionary(filter, uniquingKeysWith: { $1 }))
        }
      default: return try fields["id"].map { try window.run($0, of: fields["sweep"]) }
      }
    }
    guard let page else { return nil }
    if made == version, kept.count < Self.limit { kept[key] = page }
    return try await grown(page, key)
  }

  /// A page with the curves of runs at work, as far as they have come.
  private func grown(_ page: WindowPage, _ key: String) async throws -> WindowPage {
    var page = page
    let subject = page.subject
    page.growing = try await work.result { [window] in try window.growing(subject) }
    if kept[key] != nil { shown[key] = page.growing }
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
