import Notation

/// Values that were checked against a table, with the defaults filled in.
struct GivenSettings {
  private let values: [String: JSON]

  /// Checks names and values.
  ///
  /// - Parameters:
  ///   - given: What a person wrote.
  ///   - table: What may be written.
  ///   - folder: What relative paths are relative to.
  /// - Throws: `TrainingError` for an unknown name or a value that has none of the setting's forms.
  init(_ given: JSONObject, table: [Setting], folder: String) throws {
    var values: [String: JSON] = [:]
    for setting in table { values[setting.name] = setting.defaultValue }
    for member in given.members.sorted(by: { $0.key < $1.key }) {
      guard let setting = table.first(where: { $0.name == member.key }) else {
        throw TrainingError.unknownSetting(member.key, known: table.map(\.name))
      }
      guard setting.accepts(member.value) else {
        throw TrainingError.wrongValue(
          setting: member.key,
          found: member.value,
          expected: setting.expectation
        )
      }
      values[member.key] = setting.resolved(member.value, in: folder)
    }
    self.values = values
  }

  subscript(name: String) -> JSON {
    guard let value = values[name] else { preconditionFailure("no setting '\(name)' in the table") }
    return value
  }

  func number(_ name: String) -> Double {
    guard let number = self[name].double else {
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

  func boolean(_ name: String) -> Bool { self[name] == true }

  func choice<Choice: RawRepresentable<String>>(_ name: String) -> Choice {
    guard let choice = self[name].string.flatMap(Choice.init(rawValue:)) else {
      preconditionFailure("the choices of '\(name)' in the table are not those of \(Choice.self)")
    }
    return choice
  }

  /// The range of an object with `low` and `high`, nil for another value.
  func range(_ name: String) -> ClosedRange<Double>? {
    guard let object = self[name].object else { return nil }
    let low = object["low"]?.double ?? 0
    // An empty range cannot be held, so one that is the wrong way round comes out with no width.
    return low...max(low, object["high"]?.double ?? 1)
  }
}
