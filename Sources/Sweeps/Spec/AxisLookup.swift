import Notation

/// Finds what names and values of a spec mean among its axes.
struct AxisLookup {
  /// An axis, by its index, and which of its settings a name means.
  struct Target {
    let axis: Int
    /// nil for the axis itself, else one setting of a zip.
    let setting: String?
  }

  let axes: [Axis]

  /// The axis of a name, or the zip that varies the setting of that name.
  func target(_ name: String) -> Target? {
    if let axis = axes.firstIndex(where: { $0.name == name }) {
      return Target(axis: axis, setting: nil)
    }
    return axes.firstIndex { $0.settings.contains(name) }.map { Target(axis: $0, setting: name) }
  }

  /// The indexes of the levels that a value means: itself, its text, or any of a list.
  func indexes(of value: JSON, _ target: Target) -> [Int] {
    let axis = axes[target.axis]
    let direct = axis.levels.indices.filter { index in
      let level = axis.levels[index]
      if let setting = target.setting { return level.values[setting] == value }
      if level.values[axis.name] == value { return true }
      return value.string == level.text
    }
    guard direct.isEmpty, case .array(let choices) = value else { return direct }
    let found = choices.map { indexes(of: $0, target) }
    return found.contains { $0.isEmpty } ? [] : Set(found.joined()).sorted()
  }

  /// The levels of a target as tables show them.
  func texts(of target: Target) -> [String] {
    let levels = axes[target.axis].levels
    guard let setting = target.setting else { return levels.map(\.text) }
    return levels.compactMap { $0.values[setting]?.levelText }
  }
}
