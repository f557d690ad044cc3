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

  /// A time that belongs to a real cluster, as long as it is on this one.
  func time(_ seconds: Double) -> Duration { .seconds(seconds * pace) }
}
