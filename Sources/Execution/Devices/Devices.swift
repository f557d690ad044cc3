/// The graphics cards of a machine, one of which each slot has.
package struct Devices: Sendable, Equatable {
  /// As the variables below take them; empty where runs are given none.
  package let names: [String]
  /// Slots of one device.
  package let perDevice: Int

  package static let none = Devices([])

  package init(_ names: [String], perDevice: Int = 1) {
    self.names = names
    self.perDevice = perDevice
  }

  /// Slots that have a device; 0 where runs are given none.
  package var slots: Int { names.count * perDevice }

  /// The device of a slot: neighbours have different ones, so that few runs are spread over all.
  package func name(of slot: Int) -> String? {
    names.isEmpty ? nil : names[slot % names.count]
  }

  /// The variables by which CUDA, ROCm and oneAPI learn which device is theirs.
  ///
  /// Reference: https://docs.nvidia.com/cuda/cuda-c-programming-guide/#env-vars,
  /// https://rocm.docs.amd.com/en/latest/conceptual/gpu-isolation.html,
  /// https://oneapi-src.github.io/level-zero-spec/level-zero/latest/core/PROG.html#affinity-mask
  package static let variables = [
    "CUDA_VISIBLE_DEVICES", "HIP_VISIBLE_DEVICES", "ZE_AFFINITY_MASK",
  ]

  /// What the environment of a slot's programs holds of its device.
  package func environment(of slot: Int) -> [String: String] {
    guard let name = name(of: slot) else { return [:] }
    var environment = ["SWEEP_DEVICE": name]
    for variable in Self.variables { environment[variable] = name }
    return environment
  }
}
