/// One row of the trainer's table of settings: parsing, defaults, schema and documentation come from it.
package struct Setting: Sendable, Equatable {
  /// The key in a spec, in snake case.
  package let name: String
  /// What a value may be; one of the forms must fit.
  package let forms: [Form]
  /// The value where a spec says nothing; itself one of the forms.
  package let defaultValue: SettingValue
  /// One line for the reader of the table, with the unit.
  package let summary: String

  package init(
    _ name: String,
    _ forms: [Form],
    default defaultValue: SettingValue,
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
    default defaultValue: SettingValue,
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
    /// A file or folder, relative to the folder the trainer is started in; the name ends with the suffix.
    case path(suffix: String)
    /// An object that may hold these keys; those left out take their defaults.
    case object([Setting])
    /// An object that holds exactly one of these keys.
    case variant([Setting])
  }

  /// An interval of numbers, open or closed at each end.
  package struct Bounds: Sendable, Equatable {
    package let lower: Double?
    package let lowerIsExclusive: Bool
    package let upper: Double?
    package let upperIsExclusive: Bool

    /// Any finite number.
    package static let any = Bounds(
      lower: nil,
      lowerIsExclusive: false,
      upper: nil,
      upperIsExclusive: false
    )

    package static func atLeast(_ lower: Double) -> Bounds {
      Bounds(lower: lower, lowerIsExclusive: false, upper: nil, upperIsExclusive: false)
    }

    package static func above(_ lower: Double) -> Bounds {
      Bounds(lower: lower, lowerIsExclusive: true, upper: nil, upperIsExclusive: false)
    }

    package static func between(_ lower: Double, _ upper: Double) -> Bounds {
      Bounds(lower: lower, lowerIsExclusive: false, upper: upper, upperIsExclusive: false)
    }

    package static func from(_ lower: Double, below upper: Double) -> Bounds {
      Bounds(lower: lower, lowerIsExclusive: false, upper: upper, upperIsExclusive: true)
    }

    package func contains(_ number: Double) -> Bool {
      guard number.isFinite else { return false }
      if let lower, lowerIsExclusive ? number <= lower : number < lower { return false }
      if let upper, upperIsExclusive ? number >= upper : number > upper { return false }
      return true
    }
  }
}

extension Setting {
  /// Tells whether a value has one of the forms.
  package func accepts(_ value: SettingValue) -> Bool {
    forms.contains { $0.accepts(value) }
  }

  /// The forms in words: "'none', 'letters' or a file that ends in .safetensors".
  package var formsInWords: String {
    let words = forms.flatMap(\.alternatives)
    guard let last = words.last, words.count > 1 else { return words.first ?? "nothing" }
    return words.dropLast().joined(separator: ", ") + " or " + last
  }
}

extension Setting.Form {
  package func accepts(_ value: SettingValue) -> Bool {
    switch (self, value) {
    case (.choice(let words), .text(let text)): words.contains(text)
    case (.number(let bounds), .number(let number)): bounds.contains(number)
    case (.integer(let bounds), .number(let number)):
      bounds.contains(number) && number == number.rounded() && abs(number) <= 0x1p53
    case (.boolean, .boolean): true
    case (.path(let suffix), .text(let text)): text.hasSuffix(suffix) && text.count > suffix.count
    case (.object(let settings), .object(let object)):
      object.allSatisfy { key, value in
        settings.contains { $0.name == key && $0.accepts(value) }
      }
    case (.variant(let settings), .object(let object)):
      object.count == 1 && Setting.Form.object(settings).accepts(value)
    default: false  // a pair of different kinds; both enums are matched above
    }
  }

  /// What this form lets a person write, one phrase each.
  package var alternatives: [String] {
    switch self {
    case .choice(let words): words.map { "'\($0)'" }
    case .number(let bounds): ["a number\(bounds.words)"]
    case .integer(let bounds): ["a whole number\(bounds.words)"]
    case .boolean: ["true", "false"]
    case .path(let suffix): [suffix.isEmpty ? "a path" : "a file that ends in \(suffix)"]
    case .object(let settings):
      ["an object of " + settings.map { "'\($0.name)'" }.joined(separator: ", ")]
    case .variant(let settings): settings.map { "{\"\($0.name)\": \($0.formsInWords)}" }
    }
  }
}

extension Setting.Bounds {
  /// The bounds as they follow the words "a number": " of at least 0 and below 1".
  var words: String {
    let low = lower.map { (lowerIsExclusive ? "above " : "of at least ") + $0.shortText }
    let high = upper.map { (upperIsExclusive ? "below " : "at most ") + $0.shortText }
    let parts = [low, high].compactMap { $0 }
    return parts.isEmpty ? "" : " " + parts.joined(separator: " and ")
  }
}
