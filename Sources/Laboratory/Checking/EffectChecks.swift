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
    try grid.axes.indices.compactMap { axis in
      let levels = grid.axes[axis].levels.indices.dropFirst()
      var results = [short.comparable]
      for level in levels {
        let cell = settings(axis: axis, level: level)
        guard let brief = trialIfPossible(cell, changing: SetUp.brief(cell)) else { return nil }
        results.append(brief.comparable)
        // One level that differs is enough.
        if Finding.effect(of: "", results) == nil { return nil }
      }
      // What only acts late, such as early stopping, is seen in a whole run.
      results = [whole.comparable]
      for level in levels {
        results.append(try trial(settings(axis: axis, level: level)).comparable)
      }
      return Finding.effect(of: grid.axes[axis].name, results)
    }
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
