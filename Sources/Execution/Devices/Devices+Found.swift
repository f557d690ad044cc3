import Foundation
package import Sweeps

extension Devices {
  /// Why a spec's devices cannot be had.
  package enum Missing: Error, Sendable, Equatable, CustomStringConvertible {
    /// Neither the allocation nor a tool of a maker names one.
    case none
    /// More runs at a time than devices have room for.
    case tooFew(jobs: Int, slots: Int)

    package var description: String {
      switch self {
      case .none:
        "'devices' is \"auto\", and this machine says of none: no allocation's variable such as CUDA_VISIBLE_DEVICES names one, and neither 'nvidia-smi' nor 'rocm-smi' does. List them, as in --devices 0,1."
      case .tooFew(let jobs, let slots):
        "\(jobs) runs at a time do not fit on the devices, which have room for \(slots); raise 'perDevice' to have them shared."
      }
    }
  }

  /// The devices that a spec asks for.
  ///
  /// - Parameters:
  ///   - settings: What is asked for.
  ///   - environment: In which an allocation may name them.
  /// - Returns: ``none`` where nothing is asked for.
  /// - Throws: ``Missing/none``.
  package static func found(
    for settings: ExecutorSettings,
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) async throws -> Devices {
    switch settings.devices {
    case nil: return .none
    case .listed(let names): return Devices(names, perDevice: settings.perDevice)
    case .automatic:
      var names = allocated(in: environment) ?? []
      if names.isEmpty, allocated(in: environment) == nil {
        for (tool, read) in tools where names.isEmpty {
          let answer = await ProgramAnswer.asked(
            tool,
            environment: environment,
            patience: patience
          )
          names = answer.isGood ? read(answer.output) : []
        }
      }
      guard !names.isEmpty else { throw Missing.none }
      return Devices(names, perDevice: settings.perDevice)
    }
  }

  /// The devices that the variables of an allocation name; nil where none says anything.
  ///
  /// ROCR's variable hides the other devices below HIP, which then counts those that are left from 0.
  package static func allocated(in environment: [String: String]) -> [String]? {
    for variable in variables + ["ROCR_VISIBLE_DEVICES", "SLURM_STEP_GPUS", "SLURM_JOB_GPUS"] {
      guard let text = environment[variable] else { continue }
      let names = text.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
        .filter { ExecutorSettings.isDevice($0) && $0 != "-1" && $0 != "NoDevFiles" }
      return variable == "ROCR_VISIBLE_DEVICES" ? names.indices.map(String.init) : names
    }
    return nil
  }

  /// What the makers' tools are called with, and how their answers are read.
  private static let tools: [([String], @Sendable (String) -> [String])] = [
    (["nvidia-smi", "--query-gpu=index", "--format=csv,noheader"], { listed(byNVIDIA: $0) }),
    (["rocm-smi", "--showid"], { listed(byROCm: $0) }),
  ]

  /// The numbers in the answer of `nvidia-smi --query-gpu=index --format=csv,noheader`, a line each.
  package static func listed(byNVIDIA answer: String) -> [String] {
    answer.split(whereSeparator: \.isNewline).map { $0.trimmingCharacters(in: .whitespaces) }
      .filter { Int($0).map { $0 >= 0 } ?? false }
  }

  /// The numbers in lines such as `GPU[0]  : Device ID: 0x740f` of `rocm-smi --showid`, each once.
  package static func listed(byROCm answer: String) -> [String] {
    var names: [String] = []
    for line in answer.split(whereSeparator: \.isNewline) {
      guard line.hasPrefix("GPU["), let end = line.firstIndex(of: "]") else { continue }
      let name = String(line[line.index(line.startIndex, offsetBy: 4)..<end])
      if Int(name).map({ $0 >= 0 }) ?? false, !names.contains(name) { names.append(name) }
    }
    return names
  }

  /// Seconds after which a tool is given up, as it may hang with a driver that does.
  private static let patience = 10.0
}
