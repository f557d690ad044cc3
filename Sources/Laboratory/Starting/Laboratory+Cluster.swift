package import Execution
import Foundation
import Notation
package import Storage
import Sweeps

extension Laboratory {
  /// Makes runs as tasks of Slurm.
  func slurm(_ settings: SlurmSettings, for start: PreparedStart, store: Store) throws -> Slurm {
    var settings = settings
    let folders = SweepFolders(results: results, folder: start.spec.folder)
    if let shared = settings.shared {
      settings.shared = SpecPath.absolute(shared, in: start.spec.directory)
    }
    return try Slurm(
      SlurmPlan(
        settings: settings,
        spec: start.spec,
        folders: folders,
        shared: settings.shared.map { $0 + "/" + start.spec.folder } ?? folders.root,
        cache: (settings.shared ?? results) + "/cache",
        program: caller.program,
        devices: start.settings,
        detaches: start.request.place.detaches,
        pace: start.request.place.pace
      ),
      store: store
    )
  }

  /// The runs of one task of a cluster, ready to be made by this process.
  ///
  /// - Parameters:
  ///   - path: The folder of the batch.
  ///   - environment: What the cluster told the task.
  ///   - program: This program's own file.
  ///   - random: A word that no other start of the task has.
  /// - Returns: What makes them.
  /// - Throws: `SlurmError`, `SpecFaults`, `LaunchError`, or what its devices cannot be had for.
  package static func task(
    ofBatch path: String,
    environment: [String: String],
    program: String,
    random: String
  ) async throws -> ClusterTask {
    let folder = BatchFolder(path)
    guard let start = TaskStart(environment, host: .current, random: random) else {
      throw SlurmError.noBatch(path: path, task: -1)
    }
    guard let manifest = folder.readManifest(), let runs = folder.runs(ofTask: start.index) else {
      throw SlurmError.noBatch(path: path, task: start.index)
    }
    let own = FileManager.default.contents(atPath: program) ?? Data()
    guard own.withUnsafeBytes({ Digest.hexadecimal(of: $0) }) == manifest.program else {
      throw SlurmError.otherProgram(path: program)
    }
    let laboratory = Laboratory(
      results: (manifest.cache as NSString).deletingLastPathComponent,
      caller: Caller(program: program, commandLine: [], directory: manifest.directory)
    )
    let spec = try Spec.stored(
      text: manifest.spec,
      directory: manifest.directory,
      trainer: builtInTrainer
    )
    let devices = try await Devices.found(
      for: ExecutorSettings(devices: manifest.devices, perDevice: manifest.perDevice),
      environment: environment
    )
    let sealed = folder.sealedRuns(ofTask: start.index)
    return ClusterTask(
      folder: folder,
      manifest: manifest,
      index: start.index,
      start: start,
      runs: runs.filter { !sealed.contains($0.id) },
      executor: Local(
        slots: slots(environment, cores: spec.limits.cores, devices: devices),
        spec: spec,
        launch: try laboratory.launch(of: spec),
        folders: SweepFolders(root: path, start: start.token, runs: manifest.runs),
        devices: devices,
        sentry: [program, "guard"]
      ),
      devices: devices
    )
  }

  /// Runs at a time in a task: as many as there are processors and devices for, one where neither is said.
  static func slots(_ environment: [String: String], cores: Int, devices: Devices) -> Int {
    let processors = environment["SLURM_CPUS_PER_TASK"].flatMap(Int.init).map { max(1, $0 / cores) }
    guard devices.slots > 0 else { return processors ?? 1 }
    return min(devices.slots, processors ?? devices.slots)
  }
}

/// What a cluster has of a sweep.
package struct ClusterStanding: Sendable {
  package let batch: Batch
  /// What Slurm says of it; nil where it did not answer.
  package let lines: [QueueAnswer.Line]?
}

extension Laboratory {
  /// What Slurm has of a sweep and says of it, by one call; none where it has nothing.
  ///
  /// - Throws: `StoreError`.
  package func clusterStanding(of sweep: SweepSummary) async throws -> [ClusterStanding] {
    let batches = try reading { try $0.openBatches(ofSweep: sweep.id) }
    guard !batches.isEmpty else { return [] }
    let calls = SlurmCalls()
    let answer = calls.hasProgram("squeue") ? await calls.queue(batches.map(\.name)) : nil
    return batches.map { ClusterStanding(batch: $0, lines: answer?.lines(of: $0.name)) }
  }

  /// Ends what a cluster has of a sweep, and the coordinator that would hand it in again.
  ///
  /// - Parameter text: The name of the sweep or the beginning of it.
  /// - Returns: The sweep, and the jobs that were cancelled.
  /// - Throws: `StoreError`, `CoordinatorLock.Refusal` where a process of another machine works on it, or
  ///   ``LaboratoryError/notCancelled(_:)``.
  package func cancel(_ text: String?) async throws -> (sweep: SweepSummary, jobs: [String]) {
    let (sweep, owner) = try reading { store in
      let sweep = try store.sweep(matching: text)
      return (sweep, try store.coordinator(of: sweep))
    }
    if let owner, owner.token.hasPrefix(Slurm.mark) {
      guard owner.host == Host.current.name else {
        throw CoordinatorLock.Refusal.elsewhere(pid: owner.pid, host: owner.host)
      }
      kill(owner.pid, SIGTERM)
      for _ in 0..<600 where try reading({ try $0.coordinator(of: sweep) }) != nil {
        try await Task.sleep(for: .milliseconds(50))
      }
    }
    return (sweep, try await cancelJobs(of: sweep))
  }

  /// Ends what a cluster has of a sweep that no coordinator works on.
  ///
  /// - Returns: The jobs that were cancelled.
  /// - Throws: `StoreError` or ``LaboratoryError/notCancelled(_:)``.
  func cancelJobs(of sweep: SweepSummary) async throws -> [String] {
    let batches = try reading { try $0.openBatches(ofSweep: sweep.id) }
    guard !batches.isEmpty else { return [] }
    let calls = SlurmCalls()
    let unnamed = batches.filter { $0.job == nil }.map(\.name)
    let answer = unnamed.isEmpty ? nil : await calls.queue(unnamed)
    let jobs = batches.compactMap { $0.job ?? answer?.lines(of: $0.name).first?.job }
    guard !jobs.isEmpty else { return [] }
    let said = await calls.cancel(jobs)
    guard said.isGood || said.complaint.contains("Invalid job id") else {
      throw LaboratoryError.notCancelled(said.complaint)
    }
    return jobs
  }
}
