import Notation

/// The digests of the data that the runs of a spec read, each computed once.
struct DataDigests: Sendable {
  /// The axes whose levels decide which data is read.
  private let axes: [Int]
  /// `"data":"...",` by the indexes of those axes' levels; empty text where nothing is digested.
  private let texts: [[Int]: [UInt8]]
  /// The text where no axis decides.
  private let common: [UInt8]
  /// In hexadecimal, by what is read: an input of a command, or the settings that say so, as compact JSON.
  let fingerprints: [String: String]

  init(_ spec: Spec, trainer: Trainer, files: any SpecFiles) throws {
    guard spec.program == nil else {
      axes = []
      texts = [:]
      let digest = try files.digest(of: spec.inputs, in: spec.directory)
      common = spec.inputs.isEmpty ? [] : DataDigests.member(digest.hexadecimal)
      fingerprints = digest.byInput
      return
    }
    let names = Set(trainer.dataSettings)
    axes = spec.axes.indices.filter { !names.isDisjoint(with: spec.axes[$0].settings) }
    var combinations: [[Int]] = [[]]
    for axis in axes {
      combinations = combinations.flatMap { head in
        spec.axes[axis].levels.indices.map { head + [$0] }
      }
    }
    var known: [JSONObject: String] = [:]
    var texts: [[Int]: [UInt8]] = [:]
    for indexes in combinations {
      var settings = JSONObject(spec.settings.members.filter { names.contains($0.key) })
      for (axis, level) in zip(axes, indexes) {
        for member in spec.axes[axis].levels[level].values.members where names.contains(member.key)
        {
          settings[member.key] = member.value
        }
      }
      let digest = try known[settings] ?? trainer.dataDigest(settings, spec.directory)
      known[settings] = digest
      texts[indexes] = DataDigests.member(digest)
    }
    self.texts = texts
    fingerprints = Dictionary(known.map { (JSON.object($0.key).text, $0.value) }) { $1 }
    common = texts[[]] ?? []
  }

  /// How many different sets of data there are.
  var distinctCount: Int {
    guard axes.isEmpty else { return Set(texts.values).count }
    return common.isEmpty ? 0 : 1
  }

  /// The member of the identity that says what a cell's run reads, with its comma.
  func text(of cell: [Int]) -> [UInt8] {
    // Most sweeps read the same data in all runs, and there are many runs.
    axes.isEmpty ? common : texts[axes.map { cell[$0] }] ?? []
  }

  private static func member(_ digest: String) -> [UInt8] { Array("\"data\":\"\(digest)\",".utf8) }
}
