import Foundation
import Notation
package import Sweeps

extension Sweeps.Host {
  package static let current = Sweeps.Host(
    name: hostName,
    boot: bootIdentity,
    processor: processorName,
    cores: ProcessInfo.processInfo.activeProcessorCount,
    system: ProcessInfo.processInfo.operatingSystemVersionString
  )

  private static var hostName: String {
    var buffer = [CChar](repeating: 0, count: 256)
    guard gethostname(&buffer, buffer.count - 1) == 0 else { return "unknown" }
    return text(of: buffer)
  }

  private static let worldMark: Character = "/"

  /// Whether a process of another start of a coordinator may live although it cannot be seen from here: on another
  /// machine, or on this one among other process numbers.
  ///
  /// - Parameters:
  ///   - name: The other host's name.
  ///   - boot: The start that it is of.
  /// - Returns: Whether only the other one can say who of its processes lives.
  func hides(name: String, boot: String) -> Bool {
    func machine(_ boot: String) -> Substring { boot.prefix { $0 != Self.worldMark } }
    return self.name != name || (self.boot != boot && machine(self.boot) == machine(boot))
  }

  private static func text(of buffer: [CChar]) -> String {
    String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  #if os(Linux)
  /// The start of the machine, and in a container the world of process numbers too: in another one the number of a
  /// living process means nothing, or somebody else.
  private static var bootIdentity: String {
    let boot =
      contents(of: "/proc/sys/kernel/random/boot_id")?
      .trimmingCharacters(in: .whitespacesAndNewlines) ?? ""
    let world =
      (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/ns/pid")) ?? ""
    return world.isEmpty || world == firstWorld ? boot : "\(boot)\(worldMark)\(world)"
  }

  /// The one that the machine itself starts in, as include/linux/proc_ns.h has it.
  private static let firstWorld = "pid:[4026531836]"

  private static var processorName: String {
    let lines = (contents(of: "/proc/cpuinfo") ?? "").split(separator: "\n")
    let model = lines.first { $0.hasPrefix("model name") || $0.hasPrefix("Model") }
    return model?.split(separator: ":", maxSplits: 1).last?
      .trimmingCharacters(in: .whitespaces) ?? "unknown"
  }
  #else
  private static var bootIdentity: String { systemValue("kern.bootsessionuuid") ?? "" }
  private static var processorName: String {
    systemValue("machdep.cpu.brand_string") ?? "unknown"
  }

  private static func systemValue(_ name: String) -> String? {
    var size = 0
    guard sysctlbyname(name, nil, &size, nil, 0) == 0 else { return nil }
    var buffer = [CChar](repeating: 0, count: size)
    guard sysctlbyname(name, &buffer, &size, nil, 0) == 0 else { return nil }
    return text(of: buffer)
  }
  #endif
}
