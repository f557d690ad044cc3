package import Notation

extension SettingRule {
  /// The form that an object with these keys is meant to have, nil where none takes objects.
  ///
  /// It is the one that knows most of the keys, the first of equals.
  func objectForm(with keys: [String]) -> SettingForm? {
    forms.filter { $0.rules != nil }.max { left, right in
      func known(_ form: SettingForm) -> Int {
        keys.count { key in form.rules?.contains { $0.name == key } == true }
      }
      return known(left) < known(right)
    }
  }

  /// What the value can be, in words that complete 'It can be ...'.
  package var expectation: String {
    let parts = forms.flatMap(\.words)
    guard let last = parts.last, parts.count > 1 else { return parts.first ?? "nothing" }
    return parts.dropLast().joined(separator: ", ") + " or " + last
  }

  /// Whether one of the forms takes the value, and the rules within an object take its members.
  package func accepts(_ value: JSON) -> Bool {
    forms.contains { $0.accepts(value) }
  }
}

extension SettingForm {
  /// The words of a closed set.
  var choices: [String] {
    if case .choice(let words) = self { words } else { [] }
  }

  /// The rules of an object's members, nil where the form takes no object.
  var rules: [SettingRule]? {
    switch self {
    case .object(let rules), .variant(let rules): rules
    case .choice, .number, .integer, .boolean, .null, .path: nil
    }
  }

  func accepts(_ value: JSON) -> Bool {
    switch self {
    case .choice(let words): value.string.map(words.contains) ?? false
    case .number(let bounds): value.double.map(bounds.contains) ?? false
    case .integer(let lower, let upper):
      value.integer.map { $0 >= lower ?? .min && $0 <= upper ?? .max } ?? false
    case .boolean: if case .boolean = value { true } else { false }
    case .null: value == .null
    case .path(let suffix): value.string.map { !$0.isEmpty && $0.hasSuffix(suffix ?? "") } ?? false
    case .object(let rules):
      value.object.map { SettingForm.accepts($0, rules) } ?? false
    case .variant(let rules):
      value.object.map { $0.members.count == 1 && SettingForm.accepts($0, rules) } ?? false
    }
  }

  private static func accepts(_ object: JSONObject, _ rules: [SettingRule]) -> Bool {
    object.members.allSatisfy { member in
      rules.first { $0.name == member.key }?.accepts(member.value) ?? false
    }
  }

  /// The alternatives that the form stands for, each in words.
  var words: [String] {
    switch self {
    case .choice(let words): words.map { "'\($0)'" }
    case .number(let bounds): [bounds.words("a number")]
    case .integer(let lower, let upper):
      [
        NumberBounds(lower: lower.map(Double.init), upper: upper.map(Double.init))
          .words("a whole number")
      ]
    case .boolean: ["true", "false"]
    case .null(let meaning): ["null (\(meaning))"]
    case .path(let suffix):
      [suffix.map { $0.isEmpty ? "a path" : "a file that ends in \($0)" } ?? "a path"]
    case .object(let rules): ["an object with " + rules.map(\.name).joined(separator: ", ")]
    case .variant(let rules): rules.map { "{\"\($0.name)\": ...}" }
    }
  }
}

extension NumberBounds {
  func contains(_ number: Double) -> Bool {
    if let lower, excludesLower ? number <= lower : number < lower { return false }
    if let upper, excludesUpper ? number >= upper : number > upper { return false }
    return number.isFinite
  }

  /// 'a number above 0', 'a number from 0 to below 1'.
  func words(_ noun: String) -> String {
    let from = lower.map { (excludesLower ? "above " : "from ") + JSONNumber.shortest($0) }
    let to = upper.map { (excludesUpper ? "below " : "") + JSONNumber.shortest($0) }
    switch (from, to) {
    case (.none, .none): return noun
    case (.some(let from), .none):
      return excludesLower ? "\(noun) \(from)" : "\(noun) \(from) up"
    case (.none, .some(let to)):
      return excludesUpper ? "\(noun) \(to)" : "\(noun) up to \(to)"
    case (.some(let from), .some(let to)): return "\(noun) \(from) to \(to)"
    }
  }
}
