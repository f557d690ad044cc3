package import Sweeps

/// What a Slurm executor is told at its start: everything that is the same for all batches.
package struct SlurmPlan: Sendable {
  package let settings: SlurmSettings
  package let spec: Spec
  /// The folder of the sweep among the results, and the one that nodes see.
  package let folders: SweepFolders
  package let shared: String
  /// A folder through which runs share what is decoded once.
  package let cache: String
  /// This program's own file.
  package let program: String
  package let devices: ExecutorSettings
  /// Whether all runs are handed in at once and nobody stays to see what becomes of them.
  package let detaches: Bool
  /// What every waiting time is multiplied by: 1, and less on a cluster of one's own that answers at once.
  package let pace: Double

  package init(
    settings: SlurmSettings,
    spec: Spec,
    folders: SweepFolders,
    shared: String,
    cache: String,
    program: String,
    devices: ExecutorSettings,
    detaches: Bool,
    pace: Double = 1
  ) {
    self.settings = settings
    self.spec = spec
    self.folders = folders
    self.shared = shared
    self.cache = cache
    self.program = program
    self.devices = devices
    self.detaches = detaches
    self.pace = pace
  }

  /// Runs that a task makes at a time, as far as that is known before it is on its node.
  ///
  /// Which devices an allocation gives is known there alone, so that automatic ones count for nothing here.
  package var runsAtOnce: Int {
    let processors = Submission.processors(in: settings.options).map {
      max(1, $0 / spec.limits.cores)
    }
    guard case .listed(let names) = devices.devices, !names.isEmpty else { return processors ?? 1 }
    let slots = names.count * devices.perDevice
    return min(slots, processors ?? slots)
  }

  /// A time that belongs to a real cluster, as long as it is on this one.
  func time(_ seconds: Double) -> Duration { .seconds(seconds * pace) }
}
