package import Notation

/// What is told about one setting of the built-in trainer: its name, what it may be, and what it is by default.
package struct SettingRule: Sendable, Equatable {
  package let name: String
  /// A value is right when any of them takes it; never empty.
  package let forms: [SettingForm]
  package let defaultValue: JSON
  /// One line of what it does.
  package let summary: String

  package init(name: String, forms: [SettingForm], defaultValue: JSON, summary: String) {
    self.name = name
    self.forms = forms
    self.defaultValue = defaultValue
    self.summary = summary
  }
}

/// One of the forms that a setting's value may have.
package enum SettingForm: Sendable, Equatable {
  case choice([String])
  case number(NumberBounds)
  case integer(lower: Int?, upper: Int?)
  case boolean
  /// The meaning completes 'null means ...'.
  case null(meaning: String)
  /// A file or folder, relative to the folder of the spec, with this ending where there is one.
  case path(suffix: String?)
  /// An object with any of these keys; those left out take their defaults.
  case object([SettingRule])
  /// An object with exactly one of these keys.
  case variant([SettingRule])
}

/// The interval that a number must lie in; nil means no bound on that side.
package struct NumberBounds: Sendable, Equatable {
  package let lower: Double?
  package let upper: Double?
  package let excludesLower: Bool
  package let excludesUpper: Bool

  package init(
    lower: Double? = nil,
    upper: Double? = nil,
    excludesLower: Bool = false,
    excludesUpper: Bool = false
  ) {
    self.lower = lower
    self.upper = upper
    self.excludesLower = excludesLower
    self.excludesUpper = excludesUpper
  }
}
