import Notation

/// An axis that is being read: extra cells may still add levels to it.
struct AxisDraft {
  let name: String
  let place: SourcePlace
  /// The settings that the axis varies: its own name, or the members of a zip.
  let settings: [String]
  var levels: [Level]
  let gridCount: Int
  let order: Order

  /// What the spec says of the levels' order.
  struct Order {
    var isOrdered: Bool?
    var scores: [Double]?
  }

  var isZip: Bool { settings != [name] }
}

extension SpecReader {
  mutating func axes(_ members: [JSONNode.Member], fixed: [JSONNode.Member]) -> [AxisDraft] {
    var drafts: [AxisDraft] = []
    for member in members {
      guard let draft = axis(member) else { continue }
      check(draft, among: drafts, fixed: fixed)
      drafts.append(draft)
    }
    return drafts
  }

  private mutating func check(
    _ draft: AxisDraft,
    among others: [AxisDraft],
    fixed: [JSONNode.Member]
  ) {
    if SpecReader.reservedNames.contains(draft.name) {
      report(.reserved(draft.name), at: draft.place)
    }
    for name in Set(draft.settings + [draft.name]).sorted() {
      if let setting = fixed.first(where: { $0.key == name }) {
        report(.fixedAndVaried(name, axis: draft.name), at: setting.keyPlace)
      }
      for other in others where other.name == name || other.settings.contains(name) {
        report(.variedTwice(name, axes: [other.name, draft.name]), at: draft.place)
      }
    }
  }

  private mutating func axis(_ member: JSONNode.Member) -> AxisDraft? {
    let subject = "the axis '\(member.key)'"
    switch member.value.content {
    case .array:
      let isChecked = isKnown(member.key, at: member.keyPlace)
      let levels = levels(member.value, of: member.key, isChecked: isChecked)
      return draft(member, levels: levels, settings: [member.key], order: AxisDraft.Order())
    case .object(let members):
      let keys = members.map(\.key)
      if keys.contains("zip") { return zip(member, subject) }
      if keys.contains("levels") || !keys.contains(where: ["from", "to", "count"].contains) {
        return list(member, subject)
      }
      return range(member, subject)
    case .null, .boolean, .number, .string:
      _ = isKnown(member.key, at: member.keyPlace)
      mismatch(
        subject,
        member.value,
        expected: "a list of levels or a range; what is fixed stands under 'settings'"
      )
      return nil
    case .unreadable: return nil
    }
  }

  private mutating func draft(
    _ member: JSONNode.Member,
    levels: [Level],
    settings: [String],
    order: AxisDraft.Order
  ) -> AxisDraft? {
    guard !levels.isEmpty else { return nil }
    if let scores = order.scores, scores.count != levels.count {
      report(
        .scoreCount(axis: member.key, scores: scores.count, levels: levels.count),
        at: member.value.place
      )
    }
    return AxisDraft(
      name: member.key,
      place: member.keyPlace,
      settings: settings,
      levels: levels,
      gridCount: levels.count,
      order: order
    )
  }

  // MARK: The forms of an axis

  private mutating func list(_ member: JSONNode.Member, _ subject: String) -> AxisDraft? {
    let entry = entry(member.value, .levels, subject)
    let isChecked = isKnown(member.key, at: member.keyPlace)
    guard let node = entry["levels"] else { return nil }
    let levels = levels(node, of: member.key, isChecked: isChecked)
    return draft(member, levels: levels, settings: [member.key], order: AxisDraft.Order(entry))
  }

  private mutating func range(_ member: JSONNode.Member, _ subject: String) -> AxisDraft? {
    let entry = entry(member.value, .range, subject)
    let isChecked = isKnown(member.key, at: member.keyPlace)
    guard let range = NumberRange(entry, subject, reader: &self) else { return nil }
    var levels: [Level] = []
    var texts: Set<String> = []
    for value in range.values {
      guard texts.insert(value.text).inserted else {
        report(
          .duplicateLevel(value.text, axis: member.key, first: value.text),
          at: member.value.place
        )
        break
      }
      levels.append(Level(text: value.text, values: [member.key: .number(value)]))
    }
    if isChecked, let setting = trainer?.setting(named: member.key), checksSettings,
      let wrong = range.values.first(where: { !setting.accepts(.number($0)) })
    {
      if wrong.integer == nil, setting.accepts(.number(JSONNumber(wrong.value.rounded()))) {
        report(.levelsNotWhole(axis: member.key, example: wrong.text), at: member.value.place)
      } else {
        check(.number(wrong), as: member.key, at: member.value.place)
      }
    }
    return draft(
      member,
      levels: levels,
      settings: [member.key],
      order: AxisDraft.Order(entry)
    )
  }

  private mutating func zip(_ member: JSONNode.Member, _ subject: String) -> AxisDraft? {
    let entry = entry(member.value, .zip, subject)
    guard let node = entry["zip"] else { return nil }
    var columns: [(name: String, values: [JSON])] = []
    for list in entry.members("zip") {
      let isChecked = isKnown(list.key, at: list.keyPlace)
      let nodes = elements(of: list.value, "'\(list.key)' in \(subject)", "values")
      if isChecked { for node in nodes { check(node, as: list.key) } }
      columns.append((list.key, nodes.map(\.value.withoutComments)))
    }
    guard let count = columns.first?.values.count, count > 0 else {
      report(.axisWithoutLevels(member.key), at: member.value.place)
      return nil
    }
    guard columns.allSatisfy({ $0.values.count == count }) else {
      let counts = columns.map { "'\($0.name)' has \($0.values.count)" }
      report(.zipLengths(axis: member.key, counts: counts), at: node.place)
      return nil
    }
    var levels: [Level] = []
    for index in 0..<count {
      let values = columns.map { JSONObject.Member(key: $0.name, value: $0.values[index]) }
      let text = values.map(\.value.levelText).joined(separator: ",")
      levels.append(Level(text: text, values: JSONObject(values)))
    }
    reportTwins(of: member.key, levels, places: Array(repeating: node.place, count: count))
    return draft(
      member,
      levels: levels,
      settings: columns.map(\.name),
      order: AxisDraft.Order(entry)
    )
  }

  // MARK: Levels

  private mutating func levels(_ node: JSONNode, of axis: String, isChecked: Bool) -> [Level] {
    guard case .array(let written) = node.content else { return [] }
    if written.isEmpty { report(.axisWithoutLevels(axis), at: node.place) }
    let nodes = written.filter(\.isReadable)
    if isChecked { for node in nodes { check(node, as: axis) } }
    let levels = nodes.map { node in
      let value = node.value.withoutComments
      return Level(text: value.levelText, values: [axis: value])
    }
    reportTwins(of: axis, levels, places: nodes.map(\.place))
    return levels
  }

  /// Reports levels that are equal, and those that tables could not tell apart.
  private mutating func reportTwins(of axis: String, _ levels: [Level], places: [SourcePlace]) {
    var byValue: [JSONObject: String] = [:]
    var byText: Set<String> = []
    for (level, place) in Swift.zip(levels, places) {
      if let first = byValue[level.values] {
        report(.duplicateLevel(level.text, axis: axis, first: first), at: place)
      } else if byText.contains(level.text) {
        report(.sameText(level.text, axis: axis), at: place)
      }
      byValue[level.values] = byValue[level.values] ?? level.text
      byText.insert(level.text)
    }
  }

  private mutating func elements(
    of node: JSONNode,
    _ subject: String,
    _ noun: String
  ) -> [JSONNode] {
    if case .array(let elements) = node.content { return elements }
    mismatch(subject, node, expected: "a list of \(noun)")
    return []
  }
}

extension AxisDraft.Order {
  fileprivate init(_ entry: Entry) {
    isOrdered = entry.boolean("ordered")
    scores = entry["scores"].map { _ in entry.elements("scores").compactMap(\.value.double) }
  }
}

extension AxisDraft {
  /// The finished axis; a numeric one is ordered, with scores from 0 by value unless others are given.
  var axis: Axis {
    let numbers = isZip ? [] : levels.compactMap { $0.values[name]?.double }
    let isNumeric = numbers.count == levels.count
    let isOrdered = order.isOrdered ?? (order.scores != nil || isNumeric)
    var scores: [Double]?
    if isOrdered {
      let positions =
        isNumeric
        ? numbers.ranks
        : levels.indices.map(Double.init)
      scores = order.scores?.count == levels.count ? order.scores : positions
    }
    return Axis(
      name: name,
      levels: levels,
      gridCount: gridCount,
      isOrdered: isOrdered,
      scores: scores
    )
  }
}

extension [Double] {
  /// The rank of each number, from 0; equal numbers share theirs.
  fileprivate var ranks: [Double] {
    var ranks: [Double: Double] = [:]
    for (rank, number) in Set(self).sorted().enumerated() { ranks[number] = Double(rank) }
    return map { ranks[$0] ?? 0 }
  }
}
