import Foundation

/// The files that this process may have open, reckoned in programs at a time.
package enum DescriptorLimit {
  /// What a coordinator opens after this is asked, beside its programs: the database with its reader and logs, the
  /// sentry, the event queues of the libraries.
  private static let toCome = 20
  /// What is open at a start where the system does not tell: the three of the terminal, and what it was given.
  private static let usualCount = 16
  /// Descriptors of one program: two pipes with both ends while it starts, its log, and the system's hold on it.
  private static let perSlot = 8

  /// How many descriptors are open; nil where the system does not tell.
  ///
  /// A process that inherits many, or keeps connections of its own, has fewer left for programs.
  package static var openCount: Int? {
    // The listing itself is one of them.
    (try? FileManager.default.contentsOfDirectory(atPath: "/dev/fd")).map { $0.count - 1 }
  }

  /// How many programs there are descriptors for, after the limit was raised as far as that needs and may be.
  ///
  /// - Parameter wanted: Programs at a time.
  /// - Returns: At most the number wanted; 0 where the limit leaves no room for one.
  package static func slots(_ wanted: Int) -> Int {
    var limit = rlimit()
    #if os(Linux)
    let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    #else
    let resource = RLIMIT_NOFILE
    #endif
    guard getrlimit(resource, &limit) == 0 else { return wanted }
    let own = (openCount ?? usualCount) + toCome
    let needed = rlim_t(own + perSlot * wanted)
    if limit.rlim_cur < needed {
      limit.rlim_cur = min(needed, limit.rlim_max)
      _ = setrlimit(resource, &limit)
      _ = getrlimit(resource, &limit)
    }
    guard limit.rlim_cur < needed else { return wanted }
    return max(0, (Int(limit.rlim_cur) - own) / perSlot)
  }
}
