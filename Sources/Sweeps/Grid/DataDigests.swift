import Notation

/// The digests of the data that the runs of a spec read, each computed once.
struct DataDigests: Sendable {
  /// The axes whose levels decide which data is read.
  private let axes: [Int]
  /// `"data":"...",` by the indexes of those axes' levels; empty text where nothing is digested.
  private let texts: [[Int]: [UInt8]]
  /// The text where no axis decides.
  private let common: [UInt8]

  init(_ spec: Spec, trainer: Trainer) throws {
    guard spec.command == nil else {
      axes = []
      texts = [:]
      common = try DataDigests.inputs(of: spec)
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
    var known: [JSONObject: [UInt8]] = [:]
    var texts: [[Int]: [UInt8]] = [:]
    for indexes in combinations {
      var settings = JSONObject(spec.settings.members.filter { names.contains($0.key) })
      for (axis, level) in zip(axes, indexes) {
        for member in spec.axes[axis].levels[level].values.members where names.contains(member.key)
        {
          settings[member.key] = member.value
        }
      }
      let text =
        try known[settings]
        ?? Array("\"data\":\"\(trainer.dataDigest(settings, spec.directory))\",".utf8)
      known[settings] = text
      texts[indexes] = text
    }
    self.texts = texts
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

  private static func inputs(of spec: Spec) throws -> [UInt8] {
    guard !spec.inputs.isEmpty else { return [] }
    let digest = try InputDigest(of: spec.inputs, in: spec.directory)
    return Array("\"data\":\"\(digest.hexadecimal)\",".utf8)
  }
}
