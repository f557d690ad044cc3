package import Sweeps

/// What a command line says of where runs are made; what it does not say is the spec's.
package struct PlaceRequest: Sendable, Equatable {
  package enum Kind: String, Sendable, CaseIterable { case local, slurm }

  package var kind: Kind?
  package var devices: ExecutorSettings.Devices?
  package var perDevice: Int?
  /// Of Slurm: options, tasks at a time, runs of a task with nil inside for as many as suit, the nodes' folder.
  package var options: [String]?
  package var slots: Int?
  package var chunk: Int??
  package var shared: String?
  /// Whether all is handed to the cluster and nobody waits for it.
  package var detaches = false
  /// What waiting times are multiplied by.
  package var pace = 1.0

  package init() {}

  /// Where runs are made.
  ///
  /// - Parameters:
  ///   - spec: What the spec says.
  ///   - earlier: How runs of the sweep were handed to a cluster that still has some: the same command goes on with it.
  /// - Returns: The settings to use.
  package func settings(over spec: ExecutorSettings, continuing earlier: SlurmSettings?)
    -> ExecutorSettings
  {
    var settings = spec
    settings.devices = devices ?? spec.devices
    settings.perDevice = perDevice ?? spec.perDevice
    switch kind {
    case .local: settings.slurm = nil
    case .slurm: settings.slurm = spec.slurm ?? earlier ?? SlurmSettings()
    case nil: settings.slurm = spec.slurm ?? earlier
    }
    if let options { settings.slurm?.options = options }
    if let slots { settings.slurm?.slots = slots }
    if let chunk { settings.slurm?.chunk = chunk }
    if let shared { settings.slurm?.shared = shared }
    return settings
  }
}
