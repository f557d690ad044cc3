import Notation

extension SpecReader {
  /// The levels that a member of an entry means; reports names and levels that there are not.
  private mutating func constraint(
    _ member: JSONNode.Member,
    _ lookup: AxisLookup,
    fixed: [JSONNode.Member],
    _ subject: String
  ) -> CellPattern.Constraint? {
    guard let target = lookup.target(member.key) else {
      if fixed.contains(where: { $0.key == member.key }) {
        report(.fixedHere(member.key, subject: subject), at: member.keyPlace)
      } else {
        report(
          .unknownAxis(member.key, subject: subject, known: lookup.axes.map(\.name)),
          at: member.keyPlace
        )
      }
      return nil
    }
    if case .unreadable = member.value.content { return nil }
    let value = member.value.value.withoutComments
    let indexes = lookup.indexes(of: value, target)
    guard !indexes.isEmpty else {
      report(
        .unknownLevel(
          value.levelText,
          axis: member.key,
          known: lookup.texts(of: target)
        ),
        at: member.value.place
      )
      return nil
    }
    return CellPattern.Constraint(axis: target.axis, levels: indexes)
  }

  // MARK: exclude

  mutating func exclude(
    _ entries: [JSONNode],
    _ drafts: [AxisDraft],
    fixed: [JSONNode.Member]
  ) -> [CellPattern] {
    let subject = "An entry of 'exclude'"
    let lookup = AxisLookup(axes: drafts.map(\.axis))
    return entries.compactMap { entry in
      guard let members = members(of: entry, subject) else { return nil }
      if members.isEmpty { report(.matchesEverything(subject), at: entry.place) }
      let constraints = members.map { constraint($0, lookup, fixed: fixed, subject) }
      guard !constraints.isEmpty, !constraints.contains(where: { $0 == nil }) else { return nil }
      guard let pattern = CellPattern(intersecting: constraints.compactMap(\.self)) else {
        report(.matchesNothing(subject), at: entry.place)
        return nil
      }
      return pattern
    }
  }

  // MARK: include

  /// Reads extra cells; a level that an axis does not have is added to it.
  mutating func include(
    _ entries: [JSONNode],
    _ drafts: inout [AxisDraft],
    fixed: [JSONNode.Member]
  ) -> [[Int]] {
    let subject = "An entry of 'include'"
    var cells: [[Int]] = []
    for entry in entries {
      guard let members = members(of: entry, subject) else { continue }
      if members.isEmpty { report(.matchesEverything(subject), at: entry.place) }
      var cell = Array(repeating: 0, count: drafts.count)
      for member in members where hasLevel(member, in: &drafts) {
        let lookup = AxisLookup(axes: drafts.map(\.axis))
        guard let constraint = constraint(member, lookup, fixed: fixed, subject) else { continue }
        cell[constraint.axis] = constraint.levels[0]
      }
      if !members.isEmpty, !cells.contains(cell) { cells.append(cell) }
    }
    return cells
  }

  /// Adds a level that its axis does not have yet; false where it cannot be one.
  private mutating func hasLevel(
    _ member: JSONNode.Member,
    in drafts: inout [AxisDraft]
  ) -> Bool {
    guard let axis = drafts.firstIndex(where: { $0.name == member.key }), !drafts[axis].isZip
    else { return true }
    guard member.value.isReadable else { return false }
    let value = member.value.value.withoutComments
    let lookup = AxisLookup(axes: drafts.map(\.axis))
    guard lookup.indexes(of: value, AxisLookup.Target(axis: axis, setting: nil)).isEmpty else {
      return true
    }
    let count = faults.count
    check(member.value, as: member.key)
    if drafts[axis].order.scores != nil {
      report(.unscoredLevel(value.levelText, axis: member.key), at: member.value.place)
    }
    guard faults.count == count else { return false }
    drafts[axis].levels.append(Level(text: value.levelText, values: [member.key: value]))
    return true
  }

  // MARK: when

  /// Reads the conditions of axes as patterns of cells that are not there.
  mutating func conditions(
    _ members: [JSONNode.Member],
    _ drafts: [AxisDraft],
    fixed: [JSONNode.Member]
  ) -> [CellPattern] {
    var patterns: [CellPattern] = []
    let lookup = AxisLookup(axes: drafts.map(\.axis))
    for member in members {
      guard let axis = drafts.firstIndex(where: { $0.name == member.key }) else {
        report(
          .unknownAxis(member.key, subject: "'when'", known: drafts.map(\.name)),
          at: member.keyPlace
        )
        continue
      }
      let subject = "The condition of '\(member.key)'"
      guard let conditions = self.members(of: member.value, subject) else { continue }
      if conditions.isEmpty { report(.matchesEverything(subject), at: member.value.place) }
      for condition in conditions {
        patterns += self.condition(condition, of: axis, lookup, fixed: fixed)
      }
    }
    return patterns
  }

  private mutating func condition(
    _ member: JSONNode.Member,
    of axis: Int,
    _ lookup: AxisLookup,
    fixed: [JSONNode.Member]
  ) -> [CellPattern] {
    let axes = lookup.axes
    let subject = "The condition of '\(axes[axis].name)'"
    if let target = lookup.target(member.key) {
      if target.axis == axis {
        report(.ownCondition(axis: axes[axis].name), at: member.keyPlace)
        return []
      }
      guard let holds = constraint(member, lookup, fixed: fixed, subject) else { return [] }
      let others = (0..<axes[target.axis].gridCount).filter { !holds.levels.contains($0) }
      guard !others.isEmpty, axes[axis].gridCount > 1 else { return [] }
      return [
        CellPattern(constraints: [
          CellPattern.Constraint(axis: axis, levels: Array(1..<axes[axis].gridCount)),
          CellPattern.Constraint(axis: target.axis, levels: others),
        ])
      ]
    }
    // What is the same in every run decides for all cells at once.
    let constant =
      fixed.first { $0.key == member.key }?.value.value.withoutComments
      ?? trainer?.setting(named: member.key)?.defaultValue
    guard let constant else {
      report(
        .unknownAxis(
          member.key,
          subject: subject,
          known: axes.map(\.name) + fixed.map(\.key)
        ),
        at: member.keyPlace
      )
      return []
    }
    let wanted = member.value.value.withoutComments
    var choices = [wanted]
    if case .array(let listed) = wanted { choices += listed }
    if !choices.contains(constant) {
      report(.conditionNeverHolds(axis: axes[axis].name), at: member.value.place)
    }
    return []
  }

  // MARK: sample

  mutating func sample(_ node: JSONNode?) -> Sample? {
    guard let node else { return nil }
    let entry = entry(node, .sample, "'sample'")
    guard let count = entry.integer("count") else { return nil }
    return Sample(
      count: count,
      method: entry.word("method", Sample.Method.self) ?? .balanced,
      seed: entry.integer("seed") ?? 1
    )
  }
}

extension CellPattern {
  /// The cells that all of several constraints allow; nil where they allow none.
  init?(intersecting constraints: [Constraint]) {
    var levels: [Int: Set<Int>] = [:]
    for constraint in constraints {
      let allowed = Set(constraint.levels)
      levels[constraint.axis] = levels[constraint.axis]?.intersection(allowed) ?? allowed
    }
    guard levels.values.allSatisfy({ !$0.isEmpty }) else { return nil }
    self.init(
      constraints: levels.map { Constraint(axis: $0.key, levels: $0.value.sorted()) }
    )
  }
}
