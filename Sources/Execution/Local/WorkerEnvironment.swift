import Foundation
import Notation

/// The environment that every program of a sweep gets, before what is the run's own.
package enum WorkerEnvironment {
  /// The variables by which numerical libraries learn how many threads to start.
  package static let threadVariables = [
    "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS",
    "VECLIB_MAXIMUM_THREADS", "NUMEXPR_NUM_THREADS", "NUMBA_NUM_THREADS", "RAYON_NUM_THREADS",
    "JULIA_NUM_THREADS",
  ]

  /// The caller's environment, the threads held to the cores of a slot, and the coordinator's mark.
  ///
  /// - Parameters:
  ///   - cores: Processors of one slot.
  ///   - mark: `NAME=value` that tells the coordinator's programs from all others.
  ///   - devices: What the slots have; their numbers are then those that the makers' tools show.
  ///   - inherited: The caller's environment.
  /// - Returns: `NAME=value` with a closing zero byte each, as the system takes them.
  static func entries(
    cores: Int,
    mark: String,
    devices: Devices = .none,
    inherited: [String: String] = ProcessInfo.processInfo.environment
  ) -> [[UInt8]] {
    var environment = inherited.filter { !$0.key.hasPrefix("SWEEP_") }
    for variable in threadVariables { environment[variable] = String(cores) }
    if !devices.names.isEmpty, environment["CUDA_DEVICE_ORDER"] == nil {
      // CUDA's own order begins with the fastest card, nvidia-smi's does not.
      environment["CUDA_DEVICE_ORDER"] = "PCI_BUS_ID"
    }
    return (environment.map { "\($0.key)=\($0.value)" } + [mark]).map { Array("\($0)\0".utf8) }
  }
}
