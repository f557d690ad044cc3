import Classroom
import HTTPTypes
import Notation

/// What each address of a lesson gives, and what each form does.
struct LessonRoutes: Sendable {
  let served: ServedLesson
  /// nil for a lesson that is shown again.
  let conductor: Conductor?
  let journal: LessonJournal?
  let desk: Desk
  /// Draws the secret of a phone: 32 hexadecimal digits.
  let freshToken: @Sendable () -> String
  let now: @Sendable () -> Int
  /// What a refusal is called beside its sentence; nil for what has no name.
  let code: @Sendable (any Error) -> String?
  private let pace = ActPace()
  /// Pictures take longer than presses.
  private let picturePace = ActPace(limit: Self.picturesPerMinute)

  private static let picturesPerMinute = 8

  init(
    served: ServedLesson,
    conductor: Conductor?,
    journal: LessonJournal?,
    desk: Desk,
    freshToken: @escaping @Sendable () -> String,
    now: @escaping @Sendable () -> Int,
    code: @escaping @Sendable (any Error) -> String?
  ) {
    self.served = served
    self.conductor = conductor
    self.journal = journal
    self.desk = desk
    self.freshToken = freshToken
    self.now = now
    self.code = code
  }

  func answer(_ visit: Visit) async -> Answer {
    if let form = visit.form { return await act(form, visit) }
    if let picture = visit.picture { return await tried(picture, visit) }
    switch visit.path {
    case "/": return await room(visit)
    case "/screen": return await screen(visit)
    case "/desk": return await deskPage(visit)
    case "/events": return await events(visit)
    case "/mine": return await ownPage(visit)
    case "/check": return .page(CheckPage.reached.document)
    default:
      if let file = Self.files[visit.path] {
        return .file(file.text, file.kind, version: file.version, known: visit.knownVersion)
      }
      return await download(visit)
    }
  }

  // MARK: Pages

  private func room(_ visit: Visit) async -> Answer {
    let (lesson, facts) = await served.view
    // A phone that comes by a link of another site keeps its cookie back; a fresh one would take its place.
    let fresh = visit.device == nil && !visit.isFromElsewhere ? freshDevice : nil
    let page = RoomPage(
      lesson,
      person: visit.token?.person,
      others: visit.device?.others.map(\.person) ?? [],
      facts: facts
    )
    return Answer.page(visit.query["live"] == nil ? page.document : page.live).setting(fresh)
  }

  private var freshDevice: SharedDevice { SharedDevice(RoomToken(fresh: freshToken())) }

  private func screen(_ visit: Visit) async -> Answer {
    let (lesson, facts) = await served.view
    let page = ScreenPage(lesson, facts: facts, token: desk.admits(visit) ? desk.token : nil)
    return .page(visit.query["live"] == nil ? page.document : page.live)
  }

  private func deskPage(_ visit: Visit) async -> Answer {
    guard desk.admits(visit) else { return noDesk }
    let (lesson, facts) = await served.view
    let page = DeskPage(lesson, facts: facts, token: desk.token)
    return .page(visit.query["live"] == nil ? page.document : page.live)
  }

  private var noDesk: Answer {
    refusal(.forbidden, VisitRefusal.noDesk(isAnywhere: desk.isAnywhere))
  }

  /// A page about what is not taken or shown, in the refusal's own words.
  private func refusal(
    _ status: HTTPResponse.Status,
    _ error: any Error,
    back: String = "/",
    isForDesk: Bool = false
  ) -> Answer {
    .refusal(status, "\(error)", back: back, code: code(error), isForDesk: isForDesk)
  }

  private func events(_ visit: Visit) async -> Answer {
    let place = visit.query["place"].flatMap(PageListener.Place.init) ?? .room
    let versions = await served.listen(place, person: visit.token?.person)
    return .stream(EventStream(versions: versions))
  }

  private func ownPage(_ visit: Visit) async -> Answer {
    let (lesson, facts) = await served.view
    guard let person = visit.token?.person,
      let page = LessonExport(lesson, facts: facts).page(of: person)
    else { return .nothingHere }
    return .page(page)
  }

  /// What does not change while the server runs.
  private static let files: [String: (text: String, kind: Answer.Kind, version: String)] = {
    let files: [(String, String, Answer.Kind)] = [
      ("/live.js", LiveScript.text, .script), ("/try.js", TryScript.text, .script),
      ("/style.css", Stylesheet.room, .css),
      ("/screen.css", Stylesheet.screen, .css),
    ]
    return files.reduce(into: [:]) { result, file in
      let version = "\"\(Digest.hexadecimal(of: file.1).prefix(16))\""
      result[file.0] = (text: file.1, kind: file.2, version: version)
    }
  }()

  private func download(_ visit: Visit) async -> Answer {
    guard visit.path.hasPrefix("/desk/") else { return .nothingHere }
    guard desk.admits(visit) else { return noDesk }
    let (lesson, facts) = await served.view
    let export = LessonExport(lesson, facts: facts)
    switch visit.path {
    case "/desk/votes.csv": return .download(export.votes, .csv, name: "votes.csv")
    case "/desk/reasons.csv": return .download(export.reasons, .csv, name: "reasons.csv")
    case "/desk/participation.csv":
      return .download(export.participation, .csv, name: "participation.csv")
    case "/desk/handout.html": return .page(export.handout)
    case "/desk/lesson.jsonl":
      do {
        guard let text = try await journal?.text() else { return .nothingHere }
        return .download(text, .jsonLines, name: "lesson.jsonl")
      } catch {
        return refusal(.serviceUnavailable, error, back: deskPath, isForDesk: true)
      }
    default: return .nothingHere
    }
  }

  private var deskPath: String { "/desk?token=\(desk.token)" }

  // MARK: Acts

  private func act(_ form: FormFields, _ visit: Visit) async -> Answer {
    let isDesk = visit.path == "/desk"
    if isDesk, !desk.admits(visit) { return noDesk }
    let back = isDesk ? (form["back"] == "screen" ? screenPath : deskPath) : "/"
    guard let conductor else {
      return isDesk ? await replay(form, back: back) : refusal(.conflict, LessonRefusal.isOver)
    }
    if isDesk, let deed = form["act"].flatMap(NetworkTrial.Deed.init) {
      await conductor.trial.perform(deed)
      return .seeOther(back)
    }
    if visit.path == "/hand" { return await handOn(form, visit) }
    // Somebody whose first form comes without a cookie gets one with the answer.
    let fresh = visit.device == nil && visit.path == "/join" ? freshDevice : nil
    let person = isDesk ? nil : (visit.device ?? fresh)?.current.person
    if let person, !pace.admits(person, at: now()) {
      return refusal(.tooManyRequests, VisitRefusal.tooFast(limit: ActPace.limit))
    }
    do {
      let act = try LessonAct(
        form: form.texts,
        path: visit.path,
        person: person,
        at: now()
      )
      if isDesk { try await conductor.perform(act) } else { try await served.take(act) }
      return Answer.seeOther(back).setting(fresh)
    } catch  where error is LessonRefusal || error is VisitRefusal {
      return refusal(.conflict, error, back: back, isForDesk: isDesk)
    } catch {
      let sentence = "It could not be kept, and does not count: \(error)"
      let code = code(error)
      return .refusal(.serviceUnavailable, sentence, back: back, code: code, isForDesk: isDesk)
    }
  }

  // MARK: Pictures

  /// Has the networks asked about a picture of somebody who is in the room, while that is what the room does.
  private func tried(_ picture: [UInt8], _ visit: Visit) async -> Answer {
    let lesson = await served.lesson
    guard let conductor, !lesson.isOver else { return refusal(.conflict, LessonRefusal.isOver) }
    guard let id = visit.token?.person, let person = lesson.person(id) else {
      return refusal(.conflict, LessonRefusal.notJoined)
    }
    if person.isRemoved { return refusal(.conflict, LessonRefusal.removed) }
    if let owner = visit.query["as"], owner != id {
      return refusal(.conflict, LessonRefusal.otherPerson)
    }
    guard lesson.step == .trying else {
      return refusal(.conflict, VisitRefusal.noNetworks)
    }
    guard picturePace.admits(id, at: now()) else {
      return refusal(
        .tooManyRequests,
        VisitRefusal.tooManyPictures(limit: Self.picturesPerMinute)
      )
    }
    do {
      let isDrawing = visit.query["kind"] == "drawing"
      return .page(RoomPage.answer(try await conductor.trial.ask(picture, isDrawing: isDrawing)))
    } catch let error as VisitRefusal {
      return refusal(.conflict, error)
    } catch {
      return refusal(.unprocessableContent, error)
    }
  }

  /// Gives the device to somebody who had it before, or to somebody new; whoever had it keeps every vote.
  private func handOn(_ form: FormFields, _ visit: Visit) async -> Answer {
    guard let device = visit.device else { return .seeOther("/") }
    let next: RoomToken
    if let person = form["to"], !person.isEmpty {
      let known = [device.current] + device.others
      guard let token = known.first(where: { $0.person == person }) else {
        return refusal(.conflict, VisitRefusal.notTheirDevice)
      }
      next = token
    } else {
      next = RoomToken(fresh: freshToken())
    }
    let isIn = await served.lesson.person(device.current.person) != nil
    guard let handed = device.handed(to: next, keepingCurrent: isIn) else {
      return refusal(.conflict, VisitRefusal.deviceIsFull(limit: SharedDevice.limit))
    }
    return Answer.seeOther("/").setting(handed)
  }

  private var screenPath: String { "/screen?token=\(desk.token)" }

  /// Moves in a lesson that is shown again; nothing else happens in it.
  private func replay(_ form: FormFields, back: String) async -> Answer {
    do {
      let act = try LessonAct(form: form.texts, path: "/desk", person: nil, at: now())
      if case .moved = act.deed { try await served.take(act) }
      return .seeOther(back)
    } catch {
      return refusal(.conflict, error, back: back, isForDesk: true)
    }
  }
}
