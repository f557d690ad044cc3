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

  private static func text(of buffer: [CChar]) -> String {
    String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  #if os(Linux)
  private static var bootIdentity: String {
    contents(of: "/proc/sys/kernel/random/boot_id")?.trimmingCharacters(in: .whitespacesAndNewlines)
      ?? ""
  }

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
