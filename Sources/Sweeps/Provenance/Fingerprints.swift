import Notation
package import Foundation

/// The digest of each thing that the runs of a spec read, by its name in the spec.
///
/// For a command these are its `inputs`; for the built-in trainer each combination of the settings that
/// say which data is read, as compact JSON.
///
/// - Parameters:
///   - spec: What is asked for.
///   - trainer: The built-in trainer.
/// - Returns: Digests in hexadecimal; empty for a command without inputs.
/// - Throws: `SpecError` for an input that cannot be read, or what the trainer's digest throws.
package func fingerprints(of spec: Spec, trainer: Trainer) throws -> [String: String] {
  guard spec.command == nil else {
    var digests: [String: String] = [:]
    for input in spec.inputs {
      digests[input] = try InputDigest(of: [input], in: spec.directory).hexadecimal
    }
    return digests
  }
  let names = Set(trainer.dataSettings)
  var combinations = [JSONObject(spec.settings.members.filter { names.contains($0.key) })]
  for axis in spec.axes {
    let levels = axis.levels.map { $0.values.members.filter { names.contains($0.key) } }
    guard levels.contains(where: { !$0.isEmpty }) else { continue }
    combinations = combinations.flatMap { head in
      levels.map { JSONObject(head.members + $0) }
    }
  }
  var digests: [String: String] = [:]
  for settings in combinations {
    digests[JSON.object(settings).text] = try trainer.dataDigest(settings, spec.directory)
  }
  return digests
}

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
