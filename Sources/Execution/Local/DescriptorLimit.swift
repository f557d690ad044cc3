import Foundation

/// The files that this process may have open, reckoned in programs at a time.
package enum DescriptorLimit {
  /// Descriptors of a coordinator beside its programs: the database and its readers, the terminal, the sentry, the libraries' own.
  private static let own = 40
  /// Descriptors of one program: two pipes with both ends while it starts, its log, and the system's hold on it.
  private static let perSlot = 8

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
