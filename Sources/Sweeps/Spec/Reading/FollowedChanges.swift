import Notation

/// What overrides of axes and questions mean for the rest of a spec.
///
/// Somebody who replaces a level has not thought of every entry that names it. An entry follows where it is clear
/// which new level took the old one's place: in a list of as many levels, the one at the same position. One that
/// cannot follow is left out, and a sentence says so.
struct FollowedChanges {
  private(set) var root: JSONNode
  /// What was left out, a sentence for each axis.
  private(set) var notes: [String] = []
  private(set) var faults: [SpecFault] = []

  /// - Parameters:
  ///   - before: The spec without the overrides.
  ///   - after: The spec with them.
  init(from before: JSONNode, to after: JSONNode) {
    root = after
    choose(among: before)
    for axis in before.member("axes")?.value.members ?? [] {
      guard let change = LevelChange(of: axis, to: after) else { continue }
      follow(change)
    }
  }

  // MARK: Questions

  /// Takes the questions whose ids an override lists, with what the textbook says about them.
  private mutating func choose(among before: JSONNode) {
    guard let chosen = root.member("questions")?.value, let ids = chosen.texts else { return }
    let questions = before.member("questions")?.value.elements ?? []
    let known = questions.compactMap { $0.member("id")?.value.value.string }
    for id in ids where !known.contains(id.text) {
      faults.append(SpecFault(error: .unknownQuestion(id.text, known: known), place: id.place))
    }
    let wanted = Set(ids.map(\.text))
    func isWanted(_ node: JSONNode, _ key: String) -> Bool {
      node.member(key)?.value.value.string.map(wanted.contains) ?? false
    }
    root.replace("questions") { _ in questions.filter { isWanted($0, "id") } }
    root.replace("textbook") {
      $0.filter { $0.member("question") == nil || isWanted($0, "question") }
    }
  }

  // MARK: Levels

  private mutating func follow(_ change: LevelChange) {
    var lost: [String] = []
    var lostIDs: Set<String> = []
    root.replace("exclude") { entries in
      entries.compactMap { entry in
        if let followed = change.entry(entry) { return followed }
        if change.isAmiss(in: entry) { lost.append("an entry of 'exclude'") }
        return nil
      }
    }
    root.replace("include") { $0.compactMap(change.entry) }
    let pinned = followConditions(change)
    lost += pinned.map { "the axis '\($0.key)'" }
    root.replace("questions") { questions in
      questions.compactMap { question in
        if let followed = change.question(question) { return followed }
        let id = question.member("id")?.value.value.string ?? ""
        lost.append("the question '\(id)'")
        lostIDs.insert(id)
        return nil
      }
    }
    root.replace("textbook") { forecasts in
      forecasts.compactMap { forecast in
        guard let id = forecast.member("question")?.value.value.string else {
          return change.question(forecast)
        }
        return lostIDs.contains(id) ? nil : forecast
      }
    }
    guard !lost.isEmpty else { return }
    let counts = Dictionary(grouping: lost) { $0 }.mapValues(\.count)
    let things = lost.distinct.map { thing in
      counts[thing] == 1 ? thing : "\(counts[thing] ?? 0) entries of 'exclude'"
    }
    notes.append(
      "\(change.reason), so that \(things.joined(separator: ", ")) \(lost.count == 1 ? "is" : "are") left out."
    )
    for axis in pinned {
      if let change = LevelChange(of: axis, to: root) { follow(change) }
    }
  }

  // MARK: Conditions

  /// Takes the conditions of 'when' along, and holds an axis at its baseline whose condition holds nowhere any more.
  ///
  /// - Returns: The axes that vary no more.
  private mutating func followConditions(_ change: LevelChange) -> [JSONNode.Member] {
    var pinned: [JSONNode.Member] = []
    var kept: [JSONNode.Member] = []
    for member in root.member("when")?.value.members ?? [] {
      // An axis that was fixed needs no condition.
      if member.key == change.fixedAxis { continue }
      guard let condition = member.value.member(change.axis)?.value else {
        kept.append(member)
        continue
      }
      if change.fixedAxis != nil, change.isEverywhere(condition) {
        kept.append(member)
      } else if change.fixedAxis == nil, let followed = change.entry(member.value) {
        kept.append(JSONNode.Member(key: member.key, keyPlace: member.keyPlace, value: followed))
      } else if let axis = pin(member.key) {
        pinned.append(axis)
      } else {
        kept.append(member)
      }
    }
    root.replace("when", members: kept)
    return pinned
  }

  /// Makes an axis a setting at its baseline; nil where its levels are not listed.
  private mutating func pin(_ name: String) -> JSONNode.Member? {
    let axes = root.member("axes")?.value.members ?? []
    guard let axis = axes.first(where: { $0.key == name }), let baseline = axis.value.levels?.first
    else { return nil }
    root.replace("axes", members: axes.filter { $0.key != name })
    let setting = JSONNode.Member(key: name, keyPlace: axis.keyPlace, value: baseline)
    let settings = root.member("settings")?.value.members ?? []
    root.replace("settings", members: settings + [setting])
    return axis
  }
}

/// What became of the levels of one axis.
private struct LevelChange {
  let axis: String
  /// Levels that are not there any more, with those that took their places.
  private var heirs: [(old: JSON, new: JSONNode)] = []
  /// Levels that are not there any more, and have no heir.
  private var gone: [JSON] = []
  /// The one value of all runs, where the axis varies no more.
  private var fixed: JSON?

  /// nil where nothing that entries name has changed.
  init?(of axis: JSONNode.Member, to after: JSONNode) {
    self.axis = axis.key
    guard let old = axis.value.levels else { return nil }
    if let now = after.member("axes")?.value.member(axis.key)?.value {
      guard let new = now.levels else { return nil }
      let lost = old.filter { level in !new.contains { $0.plain == level.plain } }
      guard !lost.isEmpty else { return nil }
      for (place, level) in old.enumerated() where lost.contains(where: { $0.plain == level.plain })
      {
        let isFresh = old.count == new.count && !old.contains { $0.plain == new[place].plain }
        if isFresh { heirs.append((level.plain, new[place])) } else { gone.append(level.plain) }
      }
    } else if let value = after.member("settings")?.value.member(axis.key)?.value {
      fixed = value.plain
    } else {
      return nil
    }
  }

  /// The axis, where it varies no more.
  var fixedAxis: String? { fixed == nil ? nil : axis }

  /// Why an entry was left out, as the beginning of a sentence.
  var reason: String {
    if let fixed { return "'\(axis)' is \(fixed.levelText) in every run" }
    let levels = gone.map(\.levelText).joined(separator: ", ")
    return "'\(axis)' has no level \(levels) any more"
  }

  /// A level as an entry names it, after the change: nil where it is gone.
  private func level(_ node: JSONNode) -> JSONNode? {
    let value = node.plain
    func isMeant(_ level: JSON) -> Bool { value == level || value.string == level.levelText }
    if let heir = heirs.first(where: { isMeant($0.old) }) { return heir.new }
    if gone.contains(where: isMeant) { return nil }
    guard case .array(let choices) = node.content, !choices.isEmpty else { return node }
    let left = choices.compactMap(level)
    return left.isEmpty ? nil : JSONNode(content: .array(left), place: node.place)
  }

  /// Whether all cells have the level that an entry names, because the axis varies no more.
  func isEverywhere(_ node: JSONNode) -> Bool {
    let value = node.plain
    if value == fixed || value.string == fixed?.levelText { return true }
    guard case .array(let choices) = node.content else { return false }
    return choices.contains(where: isEverywhere)
  }

  /// An object of axes and levels after the change; nil where no cell can be meant any more.
  func entry(_ entry: JSONNode) -> JSONNode? {
    var members: [JSONNode.Member] = []
    for member in entry.members {
      guard member.key == axis else {
        members.append(member)
        continue
      }
      if fixed != nil {
        guard isEverywhere(member.value) else { return nil }
      } else {
        guard let level = level(member.value) else { return nil }
        members.append(JSONNode.Member(key: member.key, keyPlace: member.keyPlace, value: level))
      }
    }
    guard !members.isEmpty || entry.members.isEmpty else { return nil }
    return JSONNode(content: .object(members), place: entry.place)
  }

  /// Whether leaving an entry out changes which cells there are: not where no cell has its level any more.
  func isAmiss(in entry: JSONNode) -> Bool {
    guard fixed != nil else { return true }
    return entry.member(axis).map { isEverywhere($0.value) } ?? false
  }

  /// A question or a forecast after the change; nil where what it asks is not there any more.
  func question(_ question: JSONNode) -> JSONNode? {
    var members = question.members
    let isFactor = question.member("factor")?.value.value.string == axis
    guard !isFactor || fixed == nil else { return nil }
    for (place, member) in members.enumerated() {
      switch member.key {
      case "from" where isFactor, "to" where isFactor:
        guard let level = level(member.value) else { return nil }
        members[place].value = level
      case "at":
        guard member.value.member(axis) != nil else { continue }
        var held = member.value
        if fixed != nil {
          guard let level = member.value.member(axis)?.value, isEverywhere(level) else {
            return nil
          }
          held.content = .object(member.value.members.filter { $0.key != axis })
        } else {
          guard let entry = entry(member.value) else { return nil }
          held = entry
        }
        members[place].value = held
      default: continue
      }
    }
    return JSONNode(content: .object(members), place: question.place)
  }
}

extension JSONNode {
  /// The elements of a list, or none.
  fileprivate var elements: [JSONNode] {
    if case .array(let elements) = content { elements } else { [] }
  }

  fileprivate var plain: JSON { value.withoutComments }

  /// The levels that an axis lists; nil where it describes them in another way.
  fileprivate var levels: [JSONNode]? {
    if case .array(let levels) = content { return levels }
    guard case .array(let levels)? = member("levels")?.value.content else { return nil }
    return levels
  }

  /// A text, or the texts of a list; nil for anything else.
  fileprivate var texts: [(text: String, place: SourcePlace)]? {
    if case .string(let text) = content { return [(text, place)] }
    guard !elements.isEmpty else { return nil }
    let texts = elements.compactMap { node in node.value.string.map { ($0, node.place) } }
    return texts.count == elements.count ? texts : nil
  }

  /// Changes the list that a key of an object holds, where it holds one.
  fileprivate mutating func replace(_ key: String, _ change: ([JSONNode]) -> [JSONNode]) {
    guard case .object(var members) = content,
      let place = members.firstIndex(where: { $0.key == key })
    else { return }
    switch members[place].value.content {
    case .array(let elements): members[place].value.content = .array(change(elements))
    case .string where key == "questions": members[place].value.content = .array(change([]))
    case .null, .boolean, .number, .string, .object, .unreadable: return
    }
    content = .object(members)
  }
}

extension JSONNode {
  /// Changes the members of the object that a key holds, which is made where it is missing; without any the key goes.
  fileprivate mutating func replace(_ key: String, members new: [Member]) {
    guard case .object(var members) = content else { return }
    if let place = members.firstIndex(where: { $0.key == key }) {
      if new.isEmpty {
        members.remove(at: place)
      } else {
        members[place].value.content = .object(new)
      }
    } else if let first = new.first {
      let value = JSONNode(content: .object(new), place: first.value.place)
      members.append(Member(key: key, keyPlace: first.keyPlace, value: value))
    }
    content = .object(members)
  }
}

extension [String] {
  /// Each text once, where it first stands.
  fileprivate var distinct: [String] {
    reduce(into: []) { texts, text in if !texts.contains(text) { texts.append(text) } }
  }
}
