import Notation

/// How the name of a sweep becomes the name of a folder.
package enum SweepFolder {
  /// What the results folder uses for itself.
  static let taken = [
    "cache", "sweeps.sqlite", "sweeps.sqlite-journal", "sweeps.sqlite-wal", "sweeps.sqlite-shm",
  ]

  /// Keeps letters, digits, `.`, `_` and `-`; where that changes the name, 6 digits of its digest follow.
  ///
  /// Only ASCII letters are kept, because file systems differ in how they spell the others.
  package static func name(of sweep: String) -> String {
    var folder = ""
    for scalar in sweep.unicodeScalars {
      switch scalar {
      case "a"..."z", "A"..."Z", "0"..."9", "_", "-": folder.unicodeScalars.append(scalar)
      case "." where !folder.isEmpty: folder.unicodeScalars.append(scalar)
      default: folder += "-"
      }
    }
    guard folder != sweep || taken.contains(folder) else { return folder }
    return folder + "-" + Digest.hexadecimal(of: sweep).prefix(6)
  }

  /// Says whether a text is the name of a folder of a sweep, and nothing that leads elsewhere.
  package static func isName(_ folder: String) -> Bool {
    !folder.isEmpty && !taken.contains(folder) && name(of: folder) == folder
  }
}
