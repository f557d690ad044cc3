extension Provenance {
  /// What changed since an earlier start in a way that makes its runs other runs, a sentence each.
  ///
  /// ```
  /// The built-in trainer is another one (version 1 then, 2 now).
  /// 'train.py' changed.
  /// ```
  package func changes(since earlier: Provenance) -> [String] {
    var changes: [String] = []
    if let then = earlier.trainerVersion, let now = trainerVersion, then != now {
      changes.append("The built-in trainer is another one (version \(then) then, \(now) now).")
    }
    if let then = earlier.command, let now = command, then != now {
      changes.append("The command is another one.")
    }
    if let then = earlier.worker, let now = worker, then != now {
      changes.append("The worker is another one.")
    }
    for (name, digest) in fingerprints.sorted(by: { $0.key < $1.key }) {
      if let then = earlier.fingerprints[name], then != digest {
        changes.append("'\(name)' changed.")
      }
    }
    return changes
  }
}
