package import Notation
package import Statistics

extension Spec {
  /// What predictions are sealed together with: the merged spec without comments.
  ///
  /// Grid, seeds, deltas and metrics decide what right and wrong will mean.
  package var sealedConfig: JSON {
    (JSON(line: Array(text.utf8)) ?? .null).withoutComments
  }
}

/// How a spec differs from the one that predictions were sealed with.
package enum ConfigChange: Sendable, Equatable {
  /// It is the same.
  case unchanged
  /// Seeds were added and nothing else was changed: the predictions stand, and reports say so.
  case extended(from: Int, to: Int)
  /// Something else was changed, in these keys: the predictions are about another experiment.
  case changed(keys: [String])

  /// Compares the spec that is about to be run with the sealed one.
  ///
  /// - Parameters:
  ///   - sealed: The canonical JSON that stands in the chain's first line.
  ///   - current: The spec's own sealed config.
  package init(from sealed: String, to current: JSON) {
    guard let before = JSON(line: Array(sealed.utf8))?.object, let after = current.object else {
      self = .changed(keys: [])
      return
    }
    let keys = before.keys + after.keys.filter { before[$0] == nil }
    // Where runs are made changes nothing of what they say.
    let changed = keys.filter { before[$0] != after[$0] && $0 != "executor" }
    guard changed == ["seeds"] else {
      self = changed.isEmpty ? .unchanged : .changed(keys: changed)
      return
    }
    let old = Self.seeds(before["seeds"])
    // Another rule of looks is another experiment, whatever seeds it may come to.
    let new = after["seeds"]?.object == nil ? Self.seeds(after["seeds"]) : nil
    guard let old, let new, Set(old).isSubset(of: Set(new)) else {
      self = .changed(keys: changed)
      return
    }
    self = .extended(from: old.count, to: new.count)
  }

  fileprivate static func seeds(_ value: JSON?) -> [Int]? {
    switch value {
    case .number(let count): count.integer.map { Array(0..<max(0, $0)) }
    case .array(let list): list.compactMap(\.integer)
    case .object(let rule): Self.last(of: rule).map { Array(0..<$0) }
    case .null, .boolean, .string, nil: nil
    }
  }

  /// The seeds that a rule of looks may come to.
  private static func last(of rule: JSONObject) -> Int? {
    guard case .array(let looks)? = rule["looks"] else { return nil }
    return looks.last?.integer
  }
}

/// The seeds that a stored spec declares, read without the rest of it.
package struct DeclaredSeeds: Sendable, Equatable {
  /// All that a cell may come to.
  package let seeds: [Int]
  /// The rule that decides how many; nil where every cell gets all.
  package let looks: LookSchedule?

  /// Reads them; nil where the text is no spec.
  ///
  /// - Parameter text: The JSON of a spec.
  package init?(specText text: String) {
    guard let object = JSON(line: Array(text.utf8))?.object else { return nil }
    guard let value = object["seeds"] else {
      seeds = Array(0..<Grammar.usualSeedCount)
      looks = nil
      return
    }
    guard let all = ConfigChange.seeds(value) else { return nil }
    seeds = all
    looks = value.object.flatMap { rule in
      guard let first = rule["first"]?.integer, case .array(let later)? = rule["looks"] else {
        return nil
      }
      return LookSchedule([first] + later.compactMap(\.integer))
    }
  }
}
