/// Values that were checked against a table, with the defaults filled in.
struct GivenSettings {
  private let values: [String: SettingValue]

  /// Checks names and values.
  ///
  /// - Throws: `TrainingError` for an unknown name or a value that has none of the setting's forms.
  init(_ given: [String: SettingValue], table: [Setting]) throws {
    var values: [String: SettingValue] = [:]
    for setting in table { values[setting.name] = setting.defaultValue }
    for (name, value) in given.sorted(by: { $0.key < $1.key }) {
      guard let setting = table.first(where: { $0.name == name }) else {
        throw TrainingError.unknownSetting(name, known: table.map(\.name))
      }
      guard setting.accepts(value) else {
        throw TrainingError.wrongValue(setting: name, found: value, expected: setting.formsInWords)
      }
      values[name] = value
    }
    self.values = values
  }

  subscript(name: String) -> SettingValue {
    guard let value = values[name] else { preconditionFailure("no setting '\(name)' in the table") }
    return value
  }

  func number(_ name: String) -> Double {
    guard let number = self[name].number else {
      preconditionFailure("the forms of '\(name)' are not numbers alone")
    }
    return number
  }

  func integer(_ name: String) -> Int {
    guard let integer = self[name].integer else {
      preconditionFailure("the forms of '\(name)' are not whole numbers alone")
    }
    return integer
  }

  func boolean(_ name: String) -> Bool { self[name] == .boolean(true) }

  func choice<Choice: RawRepresentable<String>>(_ name: String) -> Choice {
    guard let choice = self[name].text.flatMap(Choice.init(rawValue:)) else {
      preconditionFailure("the choices of '\(name)' in the table are not those of \(Choice.self)")
    }
    return choice
  }
}

extension SettingValue {
  /// The number, `nil` for another kind.
  var number: Double? {
    if case .number(let number) = self { number } else { nil }
  }

  /// The whole number, `nil` for another kind.
  var integer: Int? { number.flatMap(Int.init(exactly:)) }

  /// The text, `nil` for another kind.
  var text: String? {
    if case .text(let text) = self { text } else { nil }
  }

  /// The range of an object with `low` and `high`, `nil` for another kind.
  var range: ClosedRange<Double>? {
    guard case .object(let object) = self else { return nil }
    let low = object["low"]?.number ?? 0
    // An empty range cannot be held, so one that is the wrong way round comes out with no width.
    return low...max(low, object["high"]?.number ?? 1)
  }
}
