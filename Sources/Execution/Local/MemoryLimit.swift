import Foundation

/// Sets the limit of a process's own memory, which its children inherit.
///
/// RLIMIT_DATA counts the private memory that can be written; RLIMIT_AS would also count what libraries
/// only reserve, and refuse programs that use little.
///
/// - Parameters:
///   - pid: The process.
///   - bytes: The limit.
/// - Returns: Whether the system took it.
@discardableResult
package func limitMemory(of pid: Int32, toBytes bytes: Int) -> Bool {
  #if os(Linux)
  var limit = rlimit(rlim_cur: rlim_t(bytes), rlim_max: rlim_t(bytes))
  return prlimit.map { $0(pid, dataLimit, &limit, nil) == 0 } ?? false
  #else
  return false
  #endif
}

/// Whether this system can limit the memory of a process that runs.
package var canLimitMemory: Bool {
  #if os(Linux)
  return prlimit != nil
  #else
  return false
  #endif
}

#if os(Linux)
private typealias Prlimit =
  @convention(c) (
    pid_t, Int32, UnsafePointer<rlimit>?, UnsafeMutablePointer<rlimit>?
  ) -> Int32

/// RLIMIT_DATA of Linux's `resource.h`.
private let dataLimit: Int32 = 2

/// The C library's `prlimit`, looked up by name because its header declares it for GNU C only.
private let prlimit: Prlimit? = dlsym(nil, "prlimit").map {
  unsafeBitCast($0, to: Prlimit.self)
}
#endif
