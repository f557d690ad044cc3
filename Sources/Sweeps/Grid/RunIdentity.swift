import Crypto
import Notation

/// What makes a run the one it is: the digest of all that decides its result.
///
/// An id is the first 16 hexadecimal digits of the SHA-256 of canonical JSON with the run's settings, those
/// equal to their default left out; its seed; the command before substitution, or the trainer's version; and
/// the digest of the data that it reads. Its parts are written once per level, not once per run.
package struct RunIdentity: Sendable {
  /// Members of the settings, in canonical order, whose text is the same in all runs or decided by one axis.
  private struct Fragment: Sendable {
    let axis: Int
    /// One text per level, each member followed by a comma; empty where the value is the default.
    var texts: [[UInt8]]
  }

  private let fragments: [Fragment]
  /// What stands before the data's digest, and after the settings.
  private let openings: Openings
  private let closing: [UInt8]
  private let data: DataDigests

  private static let seedKey = Array("\"seed\":".utf8)
  private static let settingsKey = Array(",\"settings\":{".utf8)

  /// Prepares the parts that runs share.
  ///
  /// - Throws: What the digest of data throws, such as a missing file.
  package init(_ spec: Spec, trainer: Trainer, files: any SpecFiles) throws {
    let rules = spec.program == nil ? trainer.settings : []
    var fragments: [(key: String, fragment: Fragment)] = spec.settings.members.map {
      (
        $0.key,
        Fragment(axis: -1, texts: [RunIdentity.text($0.key, $0.value, rules, spec.defaults)])
      )
    }
    for (index, axis) in spec.axes.enumerated() {
      for key in axis.settings {
        let texts = axis.levels.map { level in
          RunIdentity.text(key, level.values[key] ?? .null, rules, spec.defaults)
        }
        fragments.append((key, Fragment(axis: index, texts: texts)))
      }
    }
    self.fragments =
      fragments
      .sorted { $0.key.utf16.lexicographicallyPrecedes($1.key.utf16) }.map(\.fragment)
    // Canonical JSON sorts its keys: command, data, seed, settings, trainer, worker.
    if let command = spec.command {
      openings = Openings(command, spec)
      closing = Array("}}".utf8)
    } else if let worker = spec.worker {
      let arguments = JSON.array(worker.map(JSON.string)).canonical
      openings = Openings()
      closing = Array("},\"worker\":\(arguments)}".utf8)
    } else {
      openings = Openings()
      closing = Array("},\"trainer\":\(trainer.version)}".utf8)
    }
    data = try DataDigests(spec, trainer: trainer, files: files)
  }

  /// How many different sets of data the runs read; 0 where none is digested.
  var dataSetCount: Int { data.distinctCount }

  var fingerprints: [String: String] { data.fingerprints }

  private static func text(
    _ key: String,
    _ value: JSON,
    _ settings: [Setting],
    _ defaults: JSONObject
  ) -> [UInt8] {
    if let usual = defaults[key], usual.canonical == value.canonical { return [] }
    if let setting = settings.first(where: { $0.name == key }), setting.defaultValue == value {
      return []
    }
    return Array("\(JSON.quoted(key)):\(value.canonical),".utf8)
  }

  /// The id of the run of a cell, the index of a level for each axis, with a seed.
  package func id(of cell: [Int], seed: Int) -> String {
    var hash = SHA256()
    canonical(cell, seed: seed).withUnsafeBytes { hash.update(bufferPointer: $0) }
    return Digest.hexadecimal(of: hash.finalize(), bytes: 8)
  }

  /// The canonical JSON whose digest is the id, as UTF-8.
  package func canonical(_ cell: [Int], seed: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(512)
    bytes.append(contentsOf: openings.text(of: cell))
    bytes.append(contentsOf: data.text(of: cell))
    bytes.append(contentsOf: RunIdentity.seedKey)
    bytes.append(contentsOf: Array(String(seed).utf8))
    bytes.append(contentsOf: RunIdentity.settingsKey)
    for fragment in fragments {
      bytes.append(contentsOf: fragment.texts[fragment.axis < 0 ? 0 : cell[fragment.axis]])
    }
    if bytes.last == UInt8(ascii: ",") { bytes.removeLast() }
    bytes.append(contentsOf: closing)
    return bytes
  }
}

/// How the identity of a run begins: with the command, without the words about settings that are at their default.
private struct Openings: Sendable {
  /// Axes that a word of the command is about and that have a default, with whether each level is at it.
  private var switches: [(axis: Int, isDefault: [Bool])] = []
  /// By which switches are at their default, as bits.
  private var texts: [[UInt8]]

  /// For the built-in trainer and for workers, whose word comes last.
  init() { texts = [Array("{".utf8)] }

  init(_ command: [String], _ spec: Spec) {
    let named = CommandTemplate.names(in: command)
    var always: Set<String> = []
    var keys: [String] = []
    for member in spec.defaults.members where named.contains(member.key) {
      if let value = spec.settings[member.key], value.canonical == member.value.canonical {
        always.insert(member.key)
      }
      for (index, axis) in spec.axes.enumerated() where axis.settings.contains(member.key) {
        let isDefault = axis.levels.map {
          $0.values[member.key]?.canonical == member.value.canonical
        }
        switches.append((index, isDefault))
        keys.append(member.key)
      }
    }
    texts = (0..<(1 << keys.count)).map { bits in
      let off = keys.indices.filter { bits & (1 << $0) != 0 }.map { keys[$0] }
      let words = CommandTemplate.words(of: command, without: always.union(off))
      return Array("{\"command\":\(JSON.array(words.map(JSON.string)).canonical),".utf8)
    }
  }

  func text(of cell: [Int]) -> [UInt8] {
    var bits = 0
    for (place, (axis, isDefault)) in switches.enumerated() where isDefault[cell[axis]] {
      bits |= 1 << place
    }
    return texts[bits]
  }
}
