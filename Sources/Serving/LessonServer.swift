package import Charts
import Classroom
import Foundation
import Laboratory
package import Sweeps

/// Serves a lesson: room, screen and desk, from one process on one port.
package struct LessonServer: Sendable {
  /// What the person who started it has to know.
  package struct Welcome: Sendable {
    /// Where the room is, the best address first.
    package let rooms: [String]
    package let code: String
    package let desk: String
    package let screen: String
    /// Of the first address; nil where it is too long.
    package let qr: QRCode?
  }

  private let served: ServedLesson
  private let conductor: Conductor?
  private let routes: LessonRoutes
  private let gate: Gate
  private let listener: Listener

  /// Opens the journal of a lesson, and goes on where it was.
  ///
  /// - Parameters:
  ///   - experiment: What it is about.
  ///   - questions: The questions that there is time for, by id; empty for those that the spec marks.
  ///   - address: Where to listen.
  ///   - isDeskAnywhere: Whether the desk may stand on another machine.
  ///   - code: What a refusal is called beside its sentence; nil for what has no name.
  /// - Throws: ``ServingError``, or `LessonRefusal` where the spec asks no such question.
  package init(
    _ experiment: Experiment,
    questions: [String],
    at address: ServerAddress,
    isDeskAnywhere: Bool,
    code: @escaping @Sendable (any Error) -> String?
  ) throws {
    let syllabus = try Syllabus(experiment.spec, only: questions)
    let path = experiment.folder + "/lesson.jsonl"
    let header = LessonRecord.Header(spec: experiment.spec.text, questions: questions)
    let (journal, acts) = try LessonJournal.open(path, header)
    let desk = try Desk.open(
      experiment.folder + "/desk.token",
      fresh: Seal.freshNonce,
      isAnywhere: isDeskAnywhere
    )
    let lesson = try Lesson(syllabus, replaying: acts)
    let served = ServedLesson(lesson, journal: journal, now: Self.now)
    self.init(
      served,
      Conductor(served, experiment, now: Self.now),
      journal: journal,
      desk: desk,
      address,
      code: code
    )
  }

  /// Shows a lesson again, from its beginning; nothing is kept.
  ///
  /// - Parameters:
  ///   - record: What happened.
  ///   - spec: What it was about.
  ///   - address: Where to listen.
  ///   - code: What a refusal is called beside its sentence; nil for what has no name.
  /// - Throws: `LessonRefusal` where the record contradicts itself.
  package init(
    replaying record: LessonRecord,
    of spec: Spec,
    at address: ServerAddress,
    code: @escaping @Sendable (any Error) -> String?
  ) throws {
    let syllabus = try Syllabus(spec, only: record.header.questions)
    let acts = record.acts.filter { $0.deed != .ended }
    var lesson = try Lesson(syllabus, replaying: acts)
    try lesson.apply(LessonAct(.moved(.join), at: acts.last?.milliseconds ?? 0))
    let desk = Desk(token: Seal.freshNonce(), isAnywhere: false)
    self.init(
      ServedLesson(lesson, journal: nil, now: Self.now),
      nil,
      journal: nil,
      desk: desk,
      address,
      code: code
    )
  }

  private init(
    _ served: ServedLesson,
    _ conductor: Conductor?,
    journal: LessonJournal?,
    desk: Desk,
    _ address: ServerAddress,
    code: @escaping @Sendable (any Error) -> String?
  ) {
    self.served = served
    self.conductor = conductor
    routes = LessonRoutes(
      served: served,
      conductor: conductor,
      journal: journal,
      desk: desk,
      freshToken: Seal.freshNonce,
      now: Self.now,
      code: code
    )
    gate = Gate(address)
    listener = Listener(address: address, door: Door(gate: gate, routes: routes.answer))
  }

  private static let now: @Sendable () -> Int = { Int(Date().timeIntervalSince1970 * 1000) }

  /// Serves until the task is cancelled; then what is at work is asked to save itself, and waited for.
  ///
  /// - Parameter ready: Is called once, when people can come.
  /// - Throws: ``ServingError/cannotListen(_:reason:)``.
  package func run(ready: @escaping @Sendable (Welcome) -> Void) async throws {
    let work = Task { await conductor?.work() }
    defer { work.cancel() }
    try await listener.run(closing: { await served.close() }) { port in
      let welcome = self.welcome(port: port)
      await served.note(isForRoom: true) { facts in
        facts.addresses = welcome.rooms
        facts.code = welcome.code
        facts.qr = welcome.qr?.svg(label: "QR code of \(welcome.rooms[0])") ?? ""
      }
      ready(welcome)
    }
    work.cancel()
    await work.value
    await conductor?.close()
  }

  private func welcome(port: Int) -> Welcome {
    let rooms = gate.urls(of: listener.address, port: port)
    let here = "http://localhost:\(port)"
    let home = routes.desk.isAnywhere ? rooms[0] : here
    return Welcome(
      rooms: rooms,
      code: routes.desk.code,
      desk: "\(home)/desk?token=\(routes.desk.token)",
      screen: "\(home)/screen?token=\(routes.desk.token)",
      qr: QRCode(rooms[0] + "/")
    )
  }
}
