/// Where the runs of a spec are made; no result and no run's identity depends on it.
package struct ExecutorSettings: Sendable, Equatable {
  /// Which devices runs are given.
  package enum Devices: Sendable, Equatable {
    case listed([String])
    /// Those that the machine or its allocation has.
    case automatic
  }

  package var devices: Devices?
  /// Runs at a time on one device.
  package var perDevice: Int
  /// nil where the runs are made on the coordinator's machine.
  package var slurm: SlurmSettings?

  package init(devices: Devices? = nil, perDevice: Int = 1, slurm: SlurmSettings? = nil) {
    self.devices = devices
    self.perDevice = perDevice
    self.slurm = slurm
  }
}
