package import Foundation
import Notation

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
    for (name, digest) in fingerprints.sorted(by: { $0.key < $1.key }) {
      if let then = earlier.fingerprints[name], then != digest {
        changes.append("'\(name)' changed.")
      }
    }
    return changes
  }
}

/// The files named in a command that were changed after a moment.
///
/// What a command without declared inputs reads is not part of a run's identity, so that results of an
/// older program would be taken for those of a newer one.
///
/// - Parameters:
///   - command: The command of a spec.
///   - directory: The folder of the spec.
///   - date: When the first result was made.
/// - Returns: Words of the command without placeholders that are files, in its order.
package func changedFiles(
  in command: [String],
  of directory: String,
  after date: Date
) -> [String] {
  command.filter { word in
    guard !word.isEmpty, !word.hasPrefix("-"), !word.contains("{") else { return false }
    let path = SpecPath.absolute(word, in: directory)
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    guard attributes?[.type] as? FileAttributeType == .typeRegular,
      let changed = attributes?[.modificationDate] as? Date
    else { return false }
    return changed > date
  }
}
