import Execution
import Foundation
import Storage
import Sweeps
import Synchronization
import TestSupport
import Testing

/// A sweep in a folder of its own, of scripted runs or of small shell programs.
struct Trial: Sendable {
  let folder: URL
  let file: URL

  /// Writes a spec whose command is `sh worker.sh` and that program.
  ///
  /// - Parameters:
  ///   - folder: Gets the spec, the program and the results.
  ///   - script: What every run does, where programs make the runs.
  ///   - spec: The members of the spec besides its name and command.
  /// - Throws: When a file cannot be written.
  init(in folder: URL, script: String = "", spec: String) throws {
    self.folder = folder
    file = folder.appending(component: "trial.json")
    try Data(script.utf8).write(to: folder.appending(component: "worker.sh"))
    try Data("{\"command\": [\"sh\", \"worker.sh\"], \(spec)}".utf8).write(to: file)
  }

  /// Writes a spec whose worker is `sh worker.sh {slot}` and that program.
  ///
  /// - Parameters:
  ///   - folder: Gets the spec, the program and the results.
  ///   - script: What the program of every slot does.
  ///   - spec: The members of the spec besides its name and worker.
  /// - Throws: When a file cannot be written.
  init(in folder: URL, script: String, worker spec: String) throws {
    try self.init(in: folder, script: script, spec: spec)
    try Data("{\"worker\": [\"sh\", \"worker.sh\", \"{slot}\"], \(spec)}".utf8).write(to: file)
  }

  var results: String { folder.appending(component: "results").path }

  func spec() throws -> Spec {
    try Spec.read(path: file.path, trainer: exampleTrainer, files: Disk())
  }

  /// Makes the runs by programs of this machine.
  func local(slots: Int = 4, devices: Devices = .none) throws -> Local {
    let spec = try spec()
    return Local(
      slots: slots,
      spec: spec,
      launch: try spec.worker.map { try Launch(worker: $0, directory: spec.directory) }
        ?? Launch(command: spec.command ?? [], directory: spec.directory),
      folders: SweepFolders(results: results, folder: spec.folder),
      devices: devices
    )
  }

  /// Takes the lock and plans.
  func coordinator(
    _ executor: any Executor,
    repeats: RunPlan.Repeats = RunPlan.Repeats(),
    predictionHead: @escaping @Sendable () throws -> String = { PredictionChain.noHead }
  ) throws -> (coordinator: Coordinator, store: Store) {
    let spec = try spec()
    let store = try Store.writing(to: results)
    let coordinator = try Coordinator.start(
      spec,
      grid: try Grid(spec, trainer: exampleTrainer, files: Disk()),
      store: store,
      executor: executor,
      provenance: .example,
      options: CoordinatorOptions(
        repeats: repeats,
        file: file.path,
        predictionHead: predictionHead
      )
    )
    return (coordinator, store)
  }

  /// Runs what is missing.
  @discardableResult
  func run(
    _ executor: any Executor,
    repeats: RunPlan.Repeats = RunPlan.Repeats()
  ) async throws -> (end: SweepEnd, events: [SweepEvent], records: [Record]) {
    let (coordinator, store) = try coordinator(executor, repeats: repeats)
    let events = EventList()
    let end = try await coordinator.run { events.append($0) }
    #expect(end.isConsistent)
    let records = try store.records(of: try store.sweep(matching: nil))
    try store.close()
    return (end, events.all, records)
  }
}

/// What a coordinator announced, whatever task it came from.
final class EventList: Sendable {
  private let events = Mutex<[SweepEvent]>([])

  func append(_ event: SweepEvent) { events.withLock { $0.append(event) } }
  var all: [SweepEvent] { events.withLock { $0 } }
}

extension Provenance {
  static let example = Provenance(
    specDigest: "00",
    commandLine: ["sweep", "run"],
    directory: "/",
    version: "0",
    trainerVersion: nil,
    command: nil,
    git: nil,
    host: .current,
    jobs: 1,
    limits: [:],
    fingerprints: [:]
  )
}

/// Counts calls, whatever task they come from.
final class EventCount: Sendable {
  private let count = Mutex(0)

  func next() -> Int {
    count.withLock { count in
      count += 1
      return count
    }
  }
}
