import Execution
import Foundation
import Notation
import Storage
package import Sweeps

/// How a sweep is to be started.
package struct StartRequest: Sendable {
  /// The spec's file, and `key=value` texts that override its keys.
  package let spec: String
  package let overrides: [String]
  /// Only these runs, as in `dropout=0.5 tuning=full`; nil for all.
  package let filter: String?
  /// Runs at a time; nil for as many as there are cores for.
  package let jobs: Int?
  package let repeats: RunPlan.Repeats
  /// Whether a lock that a process of another machine left is cleared.
  package let takesOver: Bool
  /// Where the runs are to be made, as far as the spec does not say.
  package let place: PlaceRequest

  package init(
    spec: String,
    overrides: [String],
    filter: String?,
    jobs: Int?,
    repeats: RunPlan.Repeats,
    takesOver: Bool,
    place: PlaceRequest = PlaceRequest()
  ) {
    self.place = place
    self.spec = spec
    self.overrides = overrides
    self.filter = filter
    self.jobs = jobs
    self.repeats = repeats
    self.takesOver = takesOver
  }
}

/// A start that was checked and has not happened.
package struct PreparedStart: Sendable {
  package let request: StartRequest
  package let spec: Spec
  package let grid: Grid
  /// Runs at a time: as many as were asked for, or fewer where this process may not open files for so many.
  package let jobs: Int
  /// How many were asked for.
  let wantedJobs: Int
  /// The runs that are wanted.
  let selected: Grid
  let launch: Launch
  /// Where the runs are made.
  let settings: ExecutorSettings
  let devices: Devices
  /// Whether runs of the sweep are with a cluster although this start makes its own here.
  let forsakesCluster: Bool

  /// What is done otherwise than asked for.
  var warnings: [String] {
    var warnings: [String] = []
    if forsakesCluster {
      warnings.append(
        "Slurm still has tasks of this sweep, whose runs are made here too; 'sweep cancel \(spec.name)' ends them."
      )
    }
    guard jobs < wantedJobs else { return warnings }
    return warnings + [
      "This process may open files for \(jobs) runs at a time, not for \(wantedJobs); 'ulimit -n' raises that."
    ]
  }

  /// How many runs are wanted, done or not.
  package var selectedCount: Int { selected.count }

  /// Says of the id of a planned run whether it is wanted.
  var isSelected: @Sendable (String) -> Bool {
    guard request.filter != nil else { return { _ in true } }
    let ids = Set(selected.indices.lazy.map { selected.id(at: $0) })
    return { ids.contains($0) }
  }
}

extension Laboratory {
  /// Checks that a sweep can be started, and counts what would be done.
  ///
  /// - Throws: `SpecFaults`, `SpecError`, `LaunchError`, ``LaboratoryError/cannotLimitMemory``,
  ///   ``LaboratoryError/tooFewFiles``, or what the
  ///   digest of the data throws.
  package func prepare(_ request: StartRequest) async throws -> PreparedStart {
    try await prepare(try spec(at: request.spec, overrides: request.overrides), request)
  }

  /// The same for a spec that was read already.
  func prepare(_ spec: Spec, _ request: StartRequest) async throws -> PreparedStart {
    let grid = try Grid(spec, trainer: builtInTrainer, files: Disk())
    let launch = try launch(of: spec)
    if spec.limits.memoryBytes != nil, !canLimitMemory { throw LaboratoryError.cannotLimitMemory }
    let open = try readingIfStarted { try $0.openBatches(ofSweep: spec.name) } ?? []
    let settings = request.place.settings(over: spec.executor, continuing: open.last?.settings)
    // Of the devices of a cluster's nodes only they know.
    let devices = settings.slurm == nil ? try await Devices.found(for: settings) : .none
    let wantedJobs =
      request.jobs ?? settings.slurm?.slots
      ?? (devices.slots > 0 ? devices.slots : Self.defaultJobs(for: spec))
    if devices.slots > 0, wantedJobs > devices.slots {
      throw Devices.Missing.tooFew(jobs: wantedJobs, slots: devices.slots)
    }
    let jobs = settings.slurm == nil ? DescriptorLimit.slots(wantedJobs) : wantedJobs
    guard jobs > 0 else { throw LaboratoryError.tooFewFiles }
    return PreparedStart(
      request: request,
      spec: spec,
      grid: grid,
      jobs: jobs,
      wantedJobs: wantedJobs,
      selected: try request.filter.map {
        try grid.selecting(try RunFilter($0, of: spec), of: spec)
      } ?? grid,
      launch: launch,
      settings: settings,
      devices: devices,
      forsakesCluster: settings.slurm == nil && !open.isEmpty
    )
  }

  /// As many runs at a time as there are cores for.
  ///
  /// Of a spec that names devices, as many as these have room for; of one that asks for them, that is known at a start.
  static func defaultJobs(for spec: Spec) -> Int {
    if case .listed(let names)? = spec.executor.devices {
      return names.count * spec.executor.perDevice
    }
    return max(1, ProcessInfo.processInfo.activeProcessorCount / spec.limits.cores)
  }

  /// The program of every run.
  func launch(of spec: Spec) throws -> Launch {
    if let worker = spec.worker {
      return try Launch(worker: worker, directory: spec.directory)
    }
    guard let command = spec.command else {
      return Launch(
        trainer: [caller.program, "train", "--cache", results + "/cache"],
        directory: spec.directory
      )
    }
    return try Launch(command: command, directory: spec.directory)
  }

  /// What a start would do, without taking the sweep's lock or writing anything.
  ///
  /// - Throws: `StoreError`.
  package func plannedRuns(of start: PreparedStart) throws -> RunPlan {
    let demand = try demand(of: start.spec, grid: start.grid)
    return RunPlan(
      ids: start.grid.indices.lazy.map { start.grid.id(at: $0) },
      excluded: start.grid.excludedCellCount,
      stored: try readingIfStarted { try $0.storedRuns(ofSweep: start.spec.name) } ?? StoredRuns(),
      repeats: start.request.repeats,
      isPlanned: { demand?.asks(for: $0) ?? true },
      isSelected: start.isSelected
    )
  }

  /// Takes the sweep's lock; nothing runs before ``StartedSweep/run(_:announce:)``.
  ///
  /// - Throws: `CoordinatorLock.Refusal`, `StoreError`, `PredictionFileError` where the spec is not the one that
  ///   somebody predicted on, or ``LaboratoryError/tampered(path:_:)``.
  package func start(_ start: PreparedStart) async throws -> StartedSweep {
    let spec = start.spec
    let inputs = try TrainerInputs(start.grid, of: spec).warnings(cache: results + "/cache")
    let store = try Store.writing(to: results)
    let environment = try await PythonEnvironment.installed(
      for: spec.program,
      in: spec.directory,
      where: { try !plannedRuns(of: start).indices.isEmpty }
    )
    let provenance = await provenance(
      of: spec,
      jobs: start.jobs,
      reading: start.grid.fingerprints,
      environment: environment
    )
    let warnings = try start.warnings + inputs + warnings(spec, provenance, in: store)
    let predictions = PredictionFile(results: results, sweepFolder: spec.folder)
    let implied = impliedQuestions(of: spec, in: try chain(of: predictions, for: spec))
    let coordinator = try Coordinator.start(
      spec,
      grid: start.grid,
      store: store,
      executor: try executor(for: start, store: store, hidesCurves: !implied.isEmpty),
      provenance: provenance,
      options: CoordinatorOptions(
        repeats: start.request.repeats,
        costs: try costs(of: spec),
        isSelected: start.isSelected,
        takesOver: start.request.takesOver,
        file: file(ofSpecAt: start.request.spec),
        predictionHead: { try predictions.head },
        demand: try takingLooks(of: spec, grid: start.grid)
      )
    )
    // After a result it would hide what everybody could see.
    if !implied.isEmpty, try store.firstResult(of: try store.sweep(matching: spec.name)) == nil {
      try store.seal(implied: implied, ofSweep: spec.name)
    }
    try environment.map { try store.keep(environment: $0.text, digest: $0.digest) }
    return StartedSweep(
      laboratory: self,
      spec: spec,
      warnings: warnings,
      store: store,
      coordinator: coordinator
    )
  }

  /// Where the runs of a start are made.
  private func executor(
    for start: PreparedStart,
    store: Store,
    hidesCurves: Bool
  ) throws -> any Executor {
    guard var slurm = start.settings.slurm else {
      return executor(
        for: start.spec,
        launch: start.launch,
        jobs: start.jobs,
        devices: start.devices,
        hidesCurves: hidesCurves
      )
    }
    slurm.slots = start.jobs
    return try self.slurm(slurm, for: start, store: store)
  }

  /// Makes runs on this machine.
  func executor(
    for spec: Spec,
    launch: Launch,
    jobs: Int,
    devices: Devices = .none,
    hidesCurves: Bool = false
  ) -> Local {
    Local(
      slots: jobs,
      spec: spec,
      launch: launch,
      folders: SweepFolders(results: results, folder: spec.folder),
      devices: devices,
      sentry: [caller.program, "guard"],
      hidesCurves: hidesCurves
    )
  }

  /// The origin of the runs of a start.
  func provenance(
    of spec: Spec,
    jobs: Int,
    reading fingerprints: [String: String],
    environment: PythonEnvironment? = nil
  ) async -> Provenance {
    Provenance(
      specDigest: spec.digest,
      commandLine: MaskedArguments.masking(caller.commandLine),
      directory: caller.directory,
      version: Self.version,
      trainerVersion: trainer(of: spec)?.version,
      command: spec.command,
      worker: spec.worker,
      program: spec.program.flatMap { Disk().programDigest(of: $0, in: spec.directory) },
      git: await Provenance.Git.state(of: spec.directory),
      host: .current,
      jobs: jobs,
      limits: spec.limits.texts,
      fingerprints: fingerprints,
      environment: environment?.digest
    )
  }

  /// What makes results of earlier starts those of something else.
  private func warnings(_ spec: Spec, _ provenance: Provenance, in store: Store) throws -> [String]
  {
    guard let sweep = try store.sweeps().first(where: { $0.isNamed(spec.name) }),
      let earlier = try store.provenance(of: sweep).last
    else { return [] }
    let later = try [warningOfLaterSeeds(of: spec, in: sweep, store)].compactMap(\.self)
    let changes =
      later
      + provenance.changes(since: earlier).map {
        "\($0) Earlier runs with it are not planned any more; they stay in the store."
      }
    guard let command = spec.program, spec.inputs.isEmpty,
      let first = try store.firstResult(of: sweep)
    else { return changes }
    return changes
      + Disk().changed(in: command, of: spec.directory, after: first).map {
        "'\($0)' is newer than results of this sweep, which are kept all the same. Name it in 'inputs' "
          + "to make its content part of every run, or repeat the runs with --again."
      }
  }

  /// What people predicted about a spec, which must not have been changed since; more seeds are allowed.
  private func chain(of predictions: PredictionFile, for spec: Spec) throws -> PredictionChain? {
    do {
      guard let chain = try predictions.chain() else { return nil }
      let change = ConfigChange(from: chain.config, to: spec.sealedConfig)
      switch change {
      case .unchanged, .extended: return chain
      case .changed: throw PredictionFileError.otherSpec(path: predictions.path, change: change)
      }
    } catch let error as PredictionChainError {
      throw LaboratoryError.tampered(path: predictions.path, error)
    }
  }

  /// What is sealed of a spec without questions: those that people are asked in their place, once there is an answer.
  private func impliedQuestions(of spec: Spec, in chain: PredictionChain?) -> [String] {
    guard spec.questions.isEmpty, chain?.links.isEmpty == false else { return [] }
    return spec.askedQuestions.map(\.id)
  }
}

extension Limits {
  /// The limits that were set, as words.
  var texts: [String: String] {
    var texts = ["cores": String(cores), "retries": String(retries)]
    switch timeout {
    case nil: break
    case .duration(let limit): texts["timeout"] = "\(limit.plainSeconds) s"
    case .percentOfMedian(let percent): texts["timeout"] = "\(percent)% of the median"
    }
    if let memoryBytes { texts["memory"] = "\(memoryBytes) bytes" }
    switch halt {
    case nil: break
    case .never: texts["halt"] = "never"
    case .firstFailure: texts["halt"] = "first-failure"
    case .percentFailed(let percent): texts["halt"] = "\(percent)%"
    }
    return texts
  }
}
