import Foundation

/// One row of a trainer's table of settings: parsing, defaults, schema and documentation come from it.
package struct Setting: Sendable, Equatable {
  /// The key in a spec, in snake case.
  package let name: String
  /// What a value may be; one of the forms must fit, and there is at least one.
  package let forms: [Form]
  /// The value where a spec says nothing.
  package let defaultValue: JSON
  /// One line for the reader of the table, with the unit.
  package let summary: String

  package init(
    _ name: String,
    _ forms: [Form],
    default defaultValue: JSON,
    _ summary: String
  ) {
    self.name = name
    self.forms = forms
    self.defaultValue = defaultValue
    self.summary = summary
  }

  package init(
    _ name: String,
    _ forms: Form...,
    default defaultValue: JSON,
    _ summary: String
  ) {
    self.init(name, forms, default: defaultValue, summary)
  }

  /// One way to write a value.
  package enum Form: Sendable, Equatable {
    /// One of a few words.
    case choice([String])
    /// A finite number within bounds.
    case number(Bounds)
    /// A whole number within bounds.
    case integer(Bounds)
    case boolean
    /// A file or folder, relative to the folder of the spec; the name ends with the suffix, which may be empty.
    case path(suffix: String)
    /// Any text that is not empty, and what it is.
    case text(String)
    /// An object that may hold these keys; those left out take their defaults.
    case object([Setting])
    /// An object that holds exactly one of these keys.
    case variant([Setting])
  }
}

extension Setting {
  /// Tells whether a value has one of the forms.
  package func accepts(_ value: JSON) -> Bool {
    forms.contains { $0.accepts(value) }
  }

  /// What the value can be, in words that complete 'It can be ...'.
  package var expectation: String {
    let words = forms.flatMap(\.alternatives)
    guard let last = words.last, words.count > 1 else { return words.first ?? "nothing" }
    return words.dropLast().joined(separator: ", ") + " or " + last
  }

  /// The form that an object with these keys is meant to have, nil where none takes objects.
  ///
  /// It is the one that knows most of the keys, the first of equals.
  package func objectForm(with keys: [String]) -> Form? {
    forms.filter { $0.members != nil }.max { left, right in
      func known(_ form: Form) -> Int {
        keys.count { key in form.members?.contains { $0.name == key } == true }
      }
      return known(left) < known(right)
    }
  }

  /// The value with every relative path in it made one of a folder.
  package func resolved(_ value: JSON, in folder: String) -> JSON {
    switch (forms.first { $0.accepts(value) }, value) {
    case (.path, .string(let path)) where !path.hasPrefix("/"):
      return .string((folder as NSString).appendingPathComponent(path))
    case (.object(let members), .object(let object)), (.variant(let members), .object(let object)):
      return .object(members.resolved(object, in: folder))
    default: return value  // no path, or no value of this setting
    }
  }
}

extension [Setting] {
  /// The values with every relative path in them made one of a folder; what is no setting stays as it is.
  package func resolved(_ values: JSONObject, in folder: String) -> JSONObject {
    JSONObject(
      values.members.map { member in
        guard let setting = first(where: { $0.name == member.key }) else { return member }
        return JSONObject.Member(
          key: member.key,
          value: setting.resolved(member.value, in: folder)
        )
      }
    )
  }
}

extension Setting.Form {
  package func accepts(_ value: JSON) -> Bool {
    switch self {
    case .choice(let words): value.string.map(words.contains) ?? false
    case .number(let bounds): value.double.map(bounds.contains) ?? false
    case .integer(let bounds): value.integer.map { bounds.contains(Double($0)) } ?? false
    case .boolean: if case .boolean = value { true } else { false }
    case .path(let suffix):
      value.string.map { $0.hasSuffix(suffix) && $0.count > suffix.count } ?? false
    case .text: value.string.map { !$0.isEmpty } ?? false
    case .object(let members):
      value.object.map { Self.accepts($0, members) } ?? false
    case .variant(let members):
      value.object.map { $0.members.count == 1 && Self.accepts($0, members) } ?? false
    }
  }

  private static func accepts(_ object: JSONObject, _ settings: [Setting]) -> Bool {
    object.members.allSatisfy { member in
      settings.contains { $0.name == member.key && $0.accepts(member.value) }
    }
  }

  /// The words of a closed set.
  package var choices: [String] {
    if case .choice(let words) = self { words } else { [] }
  }

  /// What the members of an object may be, nil where the form takes no object.
  package var members: [Setting]? {
    switch self {
    case .object(let members), .variant(let members): members
    case .choice, .number, .integer, .boolean, .path, .text: nil
    }
  }

  /// What this form lets a person write, one phrase each.
  package var alternatives: [String] {
    switch self {
    case .choice(let words): words.map { "'\($0)'" }
    case .number(let bounds): [bounds.words(for: "a number")]
    case .integer(let bounds): [bounds.words(for: "a whole number")]
    case .boolean: ["true", "false"]
    case .path(let suffix): [suffix.isEmpty ? "a path" : "a file that ends in \(suffix)"]
    case .text(let what): [what]
    case .object(let members): ["an object with " + members.map(\.name).joined(separator: ", ")]
    case .variant(let members): members.map { "{\"\($0.name)\": ...}" }
    }
  }
}
