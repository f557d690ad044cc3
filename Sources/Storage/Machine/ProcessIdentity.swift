import Foundation

/// One process of this machine, told from a later one with the same number by when it started.
package struct ProcessIdentity: Sendable, Hashable {
  package let pid: Int32
  /// The system's own text for the start; empty when the process was already gone.
  package let start: String

  package init(pid: Int32, start: String) {
    self.pid = pid
    self.start = start
  }

  /// The process of this number that is there at this moment; nil when there is none.
  package init?(living pid: Int32) {
    guard let start = Self.start(of: pid) else { return nil }
    self.init(pid: pid, start: start)
  }

  package static var current: ProcessIdentity {
    ProcessIdentity(living: getpid()) ?? ProcessIdentity(pid: getpid(), start: "")
  }

  /// Says whether the process still runs; one that ended and waits for its parent does not.
  package var isAlive: Bool { Self.start(of: pid) == start }

  #if os(Linux)
  /// Field 22 of `/proc/PID/stat`: clock ticks from boot to the start of the process.
  ///
  /// Reference: proc_pid_stat(5). The name in field 2 may hold spaces and brackets, hence the last ')'.
  private static func start(of pid: Int32) -> String? {
    guard let text = contents(of: "/proc/\(pid)/stat"), let bracket = text.lastIndex(of: ")")
    else { return nil }
    let fields = text[text.index(after: bracket)...].split(separator: " ")
    guard fields.count > 19, fields[0] != "Z", fields[0] != "X" else { return nil }
    return String(fields[19])
  }
  #else
  private static func start(of pid: Int32) -> String? {
    var name: [Int32] = [CTL_KERN, KERN_PROC, KERN_PROC_PID, pid]
    var process = kinfo_proc()
    var size = MemoryLayout<kinfo_proc>.stride
    guard sysctl(&name, 4, &process, &size, nil, 0) == 0, size > 0,
      Int32(process.kp_proc.p_stat) != SZOMB
    else { return nil }
    let start = process.kp_proc.p_starttime
    return "\(start.tv_sec).\(start.tv_usec)"
  }
  #endif
}

/// The processes of this machine whose environment carries a mark.
///
/// Finds what was started in the instant before its coordinator was killed, and what left its process
/// group. Only Linux shows environments; elsewhere the list is empty and process groups must do.
///
/// - Parameter mark: A whole `NAME=value`.
/// - Returns: Living processes of this user, this one excepted.
package func processes(marked mark: String) -> [ProcessIdentity] {
  #if os(Linux)
  let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
  return names.compactMap { name in
    guard let pid = Int32(name), pid != getpid(),
      let environment = contents(of: "/proc/\(pid)/environ"),
      environment.utf8.split(separator: 0).contains(where: { $0.elementsEqual(mark.utf8) })
    else { return nil }
    return ProcessIdentity(living: pid)
  }
  #else
  return []
  #endif
}

/// Reads a small file of the system whole; nil where there is none or it may not be read.
func contents(of path: String) -> String? {
  let descriptor = open(path, O_RDONLY | O_CLOEXEC)
  guard descriptor >= 0 else { return nil }
  defer { close(descriptor) }
  var bytes: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 1 << 14)
  while true {
    let count = read(descriptor, &buffer, buffer.count)
    guard count >= 0 else { return nil }
    guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
    bytes.append(contentsOf: buffer[..<count])
  }
}
