package import Storage
import Sweeps

extension ProcessIdentity {
  /// The process as the store keeps it: its number, its start, and the start of the machine that it is of.
  ///
  /// ```
  /// 4711 8812345 6c1f0e5a-6c55-4c0e-9d3a-0f1c6f1f2a77
  /// ```
  package var handle: String { "\(pid) \(start) \(Host.current.boot)" }

  /// The process of a handle; nil where it cannot be there any more, or never was one that may be signalled.
  ///
  /// - Parameter handle: Whatever the store holds: numbers below 2 mean every process of a user to kill(2).
  package init?(handle: String) {
    let words = handle.split(separator: " ", omittingEmptySubsequences: false)
    guard words.count == 3, let pid = Int32(words[0]), pid > 1, !words[1].isEmpty,
      words[2] == Host.current.boot
    else { return nil }
    self.init(pid: pid, start: String(words[1]))
  }
}
