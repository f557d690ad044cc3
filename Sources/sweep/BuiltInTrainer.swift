import Execution
import Notation
import Storage
import Sweeps
import Training

/// The built-in trainer as plain values, which is all that the module of experiments knows of it.
let builtInTrainer = Trainer(
  version: trainerVersion,
  settings: TrainingSettings.table.map(SettingRule.init),
  metrics: TrainerMetrics.all,
  dataSettings: ["dataset", "body"],
  dataDigest: { try dataDigest(of: $0.settingValues) },
  contradiction: { settings in
    do {
      _ = try TrainingSettings(settings.settingValues)
      return nil
    } catch {
      return "\(error)"
    }
  },
  sharesFeatures: { settings in
    guard let settings = try? TrainingSettings(settings.settingValues) else { return false }
    return settings.phases.contains { $0.bodyIsFrozen && $0.normsAreFrozen }
  }
)

extension SettingRule {
  fileprivate init(_ setting: Setting) {
    self.init(
      name: setting.name,
      forms: setting.forms.map(SettingForm.init),
      defaultValue: JSON(setting.defaultValue),
      summary: setting.summary
    )
  }
}

extension SettingForm {
  fileprivate init(_ form: Setting.Form) {
    switch form {
    case .choice(let words): self = .choice(words)
    case .number(let bounds):
      self = .number(
        NumberBounds(
          lower: bounds.lower,
          upper: bounds.upper,
          excludesLower: bounds.lowerIsExclusive,
          excludesUpper: bounds.upperIsExclusive
        )
      )
    case .integer(let bounds):
      self = .integer(lower: bounds.lower.map { Int($0) }, upper: bounds.upper.map { Int($0) })
    case .boolean: self = .boolean
    case .path(let suffix): self = .path(suffix: suffix.isEmpty ? nil : suffix)
    case .object(let settings): self = .object(settings.map(SettingRule.init))
    case .variant(let settings): self = .variant(settings.map(SettingRule.init))
    }
  }
}

extension JSON {
  fileprivate init(_ value: SettingValue) {
    switch value {
    case .null: self = .null
    case .boolean(let boolean): self = .boolean(boolean)
    case .number(let number): self = .number(JSONNumber(number))
    case .text(let text): self = .string(text)
    case .list(let list): self = .array(list.map(JSON.init))
    case .object(let object):
      self = .object(
        JSONObject(
          object.sorted { $0.key < $1.key }
            .map { JSONObject.Member(key: $0.key, value: JSON($0.value)) }
        )
      )
    }
  }

  fileprivate var settingValue: SettingValue {
    switch self {
    case .null: .null
    case .boolean(let boolean): .boolean(boolean)
    case .number(let number): .number(number.value)
    case .string(let text): .text(text)
    case .array(let elements): .list(elements.map(\.settingValue))
    case .object(let object): .object(object.settingValues)
    }
  }
}

extension JSONObject {
  /// The members as the trainer takes them.
  var settingValues: [String: SettingValue] {
    Dictionary(uniqueKeysWithValues: members.map { ($0.key, $0.value.settingValue) })
  }
}
