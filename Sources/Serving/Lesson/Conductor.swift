import Classroom
import Laboratory
import Sweeps

/// Sees to it that what the desk decides happens: closed rounds are sealed, runs are made, questions are revealed.
actor Conductor {
  private let served: ServedLesson
  private let experiment: Experiment
  private let now: @Sendable () -> Int
  /// What phones ask the networks, once nothing is sealed.
  let trial: PictureTrial
  private var work: (sweep: BackgroundSweep, task: Task<Void, Never>)?
  private var isShut = false
  /// The lesson of which all is sealed.
  private var sealedVersion = -1
  /// The runs that were done when phones were told last.
  private var shownRuns = 0
  /// The runs that were done when the growing curves were drawn last.
  private var drawnRuns = -1
  /// Whether the baseline's own runs are being made.
  private var isRehearsing = false

  init(_ served: ServedLesson, _ experiment: Experiment, now: @escaping @Sendable () -> Int) {
    self.served = served
    self.experiment = experiment
    self.now = now
    trial = PictureTrial(served, experiment)
  }

  /// Does what the desk decided.
  ///
  /// - Throws: `LessonRefusal`, ``VisitRefusal``, or why it could not be done.
  func perform(_ act: LessonAct) async throws {
    switch act.deed {
    case .started:
      // What is sealed after the first result would be late.
      try await seal()
      try await served.take(act)
      launch()
    case .paused:
      try await served.take(act)
      work?.sweep.stop()
    case .revealed(let question, _): try await reveal(question, at: act.milliseconds)
    case .joined, .renamed, .removed, .seated, .answered, .moved, .opened, .closed, .extended,
      .skipped, .restored, .marked, .suspected, .namesDeleted, .ended:
      try await served.take(act)
      await sealing()
      if act.deed == .moved(.trying) { await trial.open() }
    }
  }

  private func reveal(_ question: String, at milliseconds: Int) async throws {
    // Nothing is opened that the lesson would refuse.
    var trial = await served.lesson
    try trial.apply(LessonAct(.revealed(question, outcome: nil), at: milliseconds))
    guard
      let outcome = try await experiment.apart({ try $0.outcome(of: question, isReveal: true) })
    else { throw VisitRefusal.noResult }
    let deed = LessonAct.Deed.revealed(question, outcome: outcome.direction)
    try await served.take(LessonAct(deed, at: milliseconds))
    await served.note(isForRoom: true) { $0.outcomes[question] = outcome }
  }

  // MARK: What happens by itself

  /// Does what has to be done without anybody at the desk, until the task is cancelled.
  func work() async {
    await resume()
    async let rehearsal: Void = rehearse()
    while (try? await Task.sleep(for: .milliseconds(500))) != nil {
      await tick()
      await lookAtRehearsal()
      await look()
    }
    await rehearsal
  }

  /// Goes on where a server was that ended: seals, shows what is revealed, and makes the runs that are due.
  private func resume() async {
    await sealing()
    let lesson = await served.lesson
    await trying(.outcomes) {
      for question in lesson.revealed.keys {
        let outcome = try await experiment.apart { try $0.outcome(of: question, isReveal: false) }
        await served.note { $0.outcomes[question] = outcome }
      }
    }
    if lesson.step == .trying { await trial.open() }
    if lesson.training == .running { launch() }
  }

  /// Closes votes whose time is over, and looks how far the runs are.
  private func tick() async {
    await trying(.keeping) { try await served.tick() }
    await sealing()
  }

  /// Looks how far the baseline's own runs are, while they are made.
  private func lookAtRehearsal() async {
    guard isRehearsing else { return }
    await trying(.baseline) {
      let curves = try await experiment.apart { try $0.growingBaseline() }
      guard isRehearsing, let curves else { return }
      await served.note { $0.baselineCurves = curves }
    }
  }

  /// Looks how far the runs are.
  private func look() async {
    guard await served.lesson.training != .notStarted else { return }
    await trying(.looking) {
      let (tiles, secondsLeft) = try await experiment.apart { try $0.progress() }
      let done = tiles.count { $0.state == .done || $0.state == .failed }
      if done != drawnRuns || tiles.contains(where: { $0.state == .running }) {
        drawnRuns = done
        let curves = try await experiment.apart { try $0.growingCurves() }
        await served.note { $0.growingCurves = curves }
      }
      // Three hundred phones need not see every run.
      let isForRoom = done == tiles.count || done - shownRuns >= tiles.count / 10
      if isForRoom { shownRuns = done }
      await served.note(isForRoom: isForRoom) { facts in
        facts.tiles = tiles
        facts.secondsLeft = secondsLeft.map { $0.rounded() }
      }
    }
  }

  /// Makes the baseline's own runs and shows what they give.
  private func rehearse() async {
    await trying(.baseline) {
      if try await experiment.apart({ try $0.baseline() }) == nil {
        isRehearsing = true
        defer { isRehearsing = false }
        _ = try await finish(try experiment.baselineRun())
      }
      guard let baseline = try await experiment.apart({ try $0.baseline() }) else { return }
      await served.note {
        $0.baselineCurves = baseline.curves
        $0.images = baseline.images
        $0.baselineValue = baseline.value
        $0.networkCalibration = baseline.calibration
      }
    }
  }

  /// Runs something to its end, which comes sooner where nobody waits for it any more.
  private func finish(_ sweep: BackgroundSweep) async throws -> BackgroundSweep.End {
    try await withTaskCancellationHandler {
      try await sweep.run()
    } onCancel: {
      sweep.stop()
    }
  }

  /// Ends what is at work, and waits for it.
  func close() async {
    isShut = true
    work?.sweep.stop()
    await work?.task.value
  }

  // MARK: Sealing

  private func sealing() async {
    await trying(.sealing) { try await seal() }
  }

  private func seal() async throws {
    let lesson = await served.lesson
    guard lesson.version != sealedVersion else { return }
    let predictions = lesson.predictions(round: 1) + lesson.predictions(round: 2)
    let head = try await experiment.apart { try $0.seal(predictions) }
    sealedVersion = lesson.version
    if !head.isEmpty { await served.note { $0.chainHead = head } }
  }

  // MARK: Runs

  private func launch() {
    guard work == nil, !isShut else { return }
    do {
      let sweep = try experiment.run()
      work = (sweep, Task { await supervise(sweep) })
    } catch {
      let sentence = "The runs cannot be started: \(error)"
      Task { await tell(.runs, sentence) }
    }
  }

  private func supervise(_ sweep: BackgroundSweep) async {
    var trouble: String?
    var goesOn = false
    do {
      switch try await sweep.run() {
      case .finished(isOk: true): break
      case .finished(isOk: false): trouble = "Some runs failed; 'sweep runs' says which."
      case .stopped: goesOn = await served.lesson.training == .running && !isShut
      case .busy:
        // A run that a server before this one began goes on by itself.
        try await Task.sleep(for: .seconds(2))
        goesOn = await served.lesson.training == .running && !isShut
      case .failed(let words): trouble = "The runs ended: \(words)"
      }
    } catch {
      trouble = "The runs cannot be started: \(error)"
    }
    work = nil
    await tell(.runs, trouble)
    await look()
    if goesOn { launch() }
  }

  // MARK: Troubles

  /// What can go wrong by itself, and may be well again the next time.
  private enum Duty: CaseIterable {
    case keeping, sealing, runs, looking, baseline, outcomes

    var failure: String {
      switch self {
      case .keeping: "The lesson cannot be kept"
      case .sealing: "The answers cannot be sealed"
      case .runs: "The runs cannot be made"
      case .looking: "The runs cannot be looked at"
      case .baseline: "The baseline cannot be shown"
      case .outcomes: "What came out cannot be read"
      }
    }
  }

  private var troubles: [Duty: String] = [:]

  /// Tells the desk what is wrong with a duty; nil where nothing is.
  private func tell(_ duty: Duty, _ sentence: String?) async {
    guard troubles[duty] != sentence else { return }
    troubles[duty] = sentence
    let sentences = Duty.allCases.compactMap { troubles[$0] }
    await served.note { $0.troubles = sentences }
  }

  private func trying(_ duty: Duty, _ body: () async throws -> Void) async {
    do {
      try await body()
      await tell(duty, nil)
    } catch is CancellationError {
      return
    } catch {
      await tell(duty, "\(duty.failure): \(error)")
    }
  }
}
