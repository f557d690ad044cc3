import Notation
import Sweeps

/// Does what is varied make a difference, and nothing else?
extension SetUp {
  func repetition() throws -> [Finding] {
    let again = try trial(settings, changing: SetUp.brief(settings))
    return [Finding.repetition(short.comparable, again.comparable)].compactMap(\.self)
  }

  func seedEffect() throws -> [Finding] {
    guard let other = grid.seeds.dropFirst().first else { return [] }
    let trial = try trial(settings, changing: SetUp.brief(settings), seed: other)
    return [Finding.effect(of: "seed", [short.comparable, trial.comparable])].compactMap(\.self)
  }

  func axisEffects() throws -> [Finding] {
    try grid.axes.indices.flatMap { axis in
      var briefs = [short.comparable]
      for level in grid.axes[axis].levels.indices.dropFirst() {
        let cell = settings(axis: axis, level: level)
        guard let brief = trialIfPossible(cell, changing: SetUp.brief(cell)) else {
          return [Finding]()
        }
        briefs.append(brief.comparable)
      }
      return try findings(on: axis, briefs: briefs)
    }
  }

  /// Whether levels of an axis are the same thing, all of them or some.
  private func findings(on axis: Int, briefs: [[String: Double]]) throws -> [Finding] {
    let levels = grid.axes[axis].levels
    // What only acts late, such as early stopping, is seen in a whole run.
    let suspects = Self.alike(briefs, among: Array(briefs.indices)).filter { $0.count > 1 }
    var wholes: [Int: [String: Double]] = [0: whole.comparable]
    for level in suspects.flatMap(\.self) where wholes[level] == nil {
      wholes[level] = try trial(settings(axis: axis, level: level)).comparable
    }
    return suspects.flatMap { group -> [Finding] in
      let results = group.map { wholes[$0] ?? [:] }
      return Self.alike(results, among: group).filter { $0.count > 1 }.compactMap { same in
        same.count == levels.count
          ? Finding.effect(of: grid.axes[axis].name, results)
          : Finding.sameLevels(same.map { levels[$0].text }, of: grid.axes[axis].name)
      }
    }
  }

  /// Levels in groups of identical results.
  private static func alike(_ results: [[String: Double]], among levels: [Int]) -> [[Int]] {
    var groups: [(result: [String: Double], levels: [Int])] = []
    for (level, result) in zip(levels, results) {
      let known = groups.firstIndex { Finding.effect(of: "", [$0.result, result]) != nil }
      if let known {
        groups[known].levels.append(level)
      } else {
        groups.append((result, [level]))
      }
    }
    return groups.map(\.levels)
  }

  /// Settings that need no trial: one draws the curves, on which no result depends, the others every training
  /// reads, and their defaults would take long.
  private static let untried: Set<String> = ["evaluate_every", "epochs", "train_size"]

  func unreadSettings() throws -> [Finding] {
    try spec.settings.members.compactMap { member in
      guard !SetUp.untried.contains(member.key),
        builtInTrainer.setting(named: member.key)?.defaultValue != member.value
      else { return nil }
      var other = settings
      other[member.key] = nil
      guard let brief = trialIfPossible(other, changing: SetUp.brief(settings)),
        Finding.reading(of: member.key, short.comparable, default: brief.comparable) != nil
      else { return nil }
      let whole = try trial(other)
      return Finding.reading(of: member.key, self.whole.comparable, default: whole.comparable)
    }
  }

  /// A trial of settings that may not go together, in which case there is none.
  private func trialIfPossible(_ settings: JSONObject, changing changes: JSONObject) -> Trial? {
    do {
      return try trial(settings, changing: changes)
    } catch {
      return nil
    }
  }
}
