package import Classroom

/// A lesson that many people act on at once, each act on the disk before it counts.
///
/// Acts that arrive while the disk is busy are written together. Pages show only what is on the disk, so that
/// nothing that anybody saw is gone after the power failed.
package actor ServedLesson {
  /// As the disk has it.
  package private(set) var lesson: Lesson
  package private(set) var facts = LessonFacts()
  /// With the acts that are on their way to the disk.
  private var working: Lesson
  private var pending: [LessonAct] = []
  private var waiting: [CheckedContinuation<Void, any Error>] = []
  private var isWriting = false
  private let journal: LessonJournal?
  private let now: @Sendable () -> Int
  private var listeners: [Int: PageListener] = [:]
  private var listenerCount = 0
  private var version = 0

  /// - Parameters:
  ///   - lesson: As the journal's acts made it.
  ///   - journal: Where acts are kept; nil for a lesson that is shown again and keeps nothing.
  ///   - now: Milliseconds since 1970.
  package init(_ lesson: Lesson, journal: LessonJournal?, now: @escaping @Sendable () -> Int) {
    self.lesson = lesson
    working = lesson
    self.journal = journal
    self.now = now
  }

  /// Takes an act; it is on the disk when this returns.
  ///
  /// An act that came before is not written again, but waited for.
  ///
  /// - Throws: `LessonRefusal`, or ``ServingError`` where it could not be written: then it does not count.
  package func take(_ act: LessonAct) async throws {
    var next = working
    try next.apply(act)
    if next.version != working.version { pending.append(act) }
    working = next
    guard isWriting || !pending.isEmpty else { return }
    try await withCheckedThrowingContinuation { continuation in
      waiting.append(continuation)
      guard !isWriting else { return }
      isWriting = true
      Task { await write() }
    }
  }

  private func write() async {
    while !waiting.isEmpty {
      let acts = pending
      let confirmed = waiting
      let next = working
      pending = []
      waiting = []
      do {
        try await journal?.append(acts)
        if acts.contains(where: { $0.deed == .namesDeleted }) { try await journal?.deleteNames() }
        lesson = next
        tell(acts)
        for continuation in confirmed { continuation.resume() }
      } catch {
        // What came after it was taken on top of it.
        let lost = confirmed + waiting
        pending = []
        waiting = []
        working = lesson
        for continuation in lost { continuation.resume(throwing: error) }
      }
    }
    isWriting = false
  }

  /// Does what the clock does by itself.
  package func tick() async throws {
    for act in working.due(at: now()) { try await take(act) }
  }

  /// Changes what pages show besides the lesson.
  ///
  /// - Parameters:
  ///   - isForRoom: Whether phones show it too.
  ///   - change: Changes it; pages are told only where something is different.
  package func note(isForRoom: Bool = false, _ change: @Sendable (inout LessonFacts) -> Void) {
    let before = facts
    change(&facts)
    guard facts != before else { return }
    tell { isForRoom || $0.place != .room }
  }

  /// The lesson and what pages need beside it, at this moment.
  package var view: (lesson: Lesson, facts: LessonFacts) {
    var facts = facts
    facts.now = now()
    return (lesson, facts)
  }

  // MARK: Listening

  /// What is new for a page, from its first version on.
  ///
  /// - Parameters:
  ///   - place: Which page.
  ///   - person: Whose it is, in the room.
  /// - Returns: Versions, until the page or the lesson ends.
  package func listen(_ place: PageListener.Place, person: String?) -> AsyncStream<Int> {
    let (versions, tell) = AsyncStream<Int>.makeStream(bufferingPolicy: .bufferingNewest(1))
    let id = listenerCount
    listenerCount += 1
    listeners[id] = PageListener(place: place, person: person, tell: tell)
    tell.onTermination = { [weak self] _ in Task { await self?.forget(id) } }
    tell.yield(max(version, 1))
    return versions
  }

  private func forget(_ id: Int) { listeners[id] = nil }

  /// Lets all pages go.
  package func close() {
    for listener in listeners.values { listener.tell.finish() }
  }

  private func tell(_ acts: [LessonAct]) {
    guard !acts.isEmpty else { return }
    tell { listener in acts.contains { listener.shows($0.deed) } }
  }

  private func tell(_ isMeant: (PageListener) -> Bool) {
    // Versions go on after a restart, which a count would not.
    version = max(version + 1, now())
    for listener in listeners.values where isMeant(listener) { listener.tell.yield(version) }
  }
}
