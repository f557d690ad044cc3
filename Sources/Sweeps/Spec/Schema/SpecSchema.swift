package import Notation

/// The JSON Schema of specs, made from the rules that also read them, so that editors know what may stand where.
///
/// Reference: JSON Schema, draft 2020-12.
package struct SpecSchema: Sendable {
  private let trainer: Trainer

  package init(of trainer: Trainer) {
    self.trainer = trainer
  }

  package var json: JSON {
    [
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "title": "A sweep",
      "description":
        "What to train: fixed settings, axes that vary, seeds, and what is asked of the results.",
      "type": "object",
      "properties": .object(JSONObject(SpecSchema.topLevel)),
      "patternProperties": SpecSchema.comments,
      "additionalProperties": false,
      // A program of one's own may have settings of any name; what a base brings is not seen here.
      "if": ["anyOf": [["required": ["command"]], ["required": ["extends"]]]],
      "then": [
        "properties": [
          "settings": ["type": "object"],
          "axes": ["additionalProperties": ["$ref": "#/$defs/axis"]],
        ]
      ],
      "else": [
        "properties": [
          "settings": ["$ref": "#/$defs/settings"], "axes": ["$ref": "#/$defs/axes"],
          "metrics": ["properties": .object(JSONObject(metrics))],
        ]
      ],
      "$defs": .object(JSONObject(SpecSchema.definitions + trainerDefinitions)),
    ]
  }

  static let comments: JSON = ["^\\$": true]

  /// An object with these members and comments, and no others.
  static func closed(_ members: [JSONObject.Member], required: [String] = []) -> JSON {
    var object: JSONObject = ["type": "object", "properties": .object(JSONObject(members))]
    if !required.isEmpty { object["required"] = .array(required.map(JSON.string)) }
    object["patternProperties"] = comments
    object["additionalProperties"] = false
    return .object(object)
  }

  // MARK: The trainer

  private var metrics: [JSONObject.Member] {
    trainer.finalMetrics.map { JSONObject.Member(key: $0, value: ["$ref": "#/$defs/metric"]) }
  }

  private var trainerDefinitions: [JSONObject.Member] {
    let rules = trainer.settings
    let values = rules.map { rule in
      JSONObject.Member(key: rule.name, value: ["$ref": .string("#/$defs/setting_\(rule.name)")])
    }
    let axes = rules.map { JSONObject.Member(key: $0.name, value: SpecSchema.axis(of: $0)) }
    return [
      JSONObject.Member(key: "settings", value: SpecSchema.closed(values)),
      JSONObject.Member(
        key: "axes",
        value: [
          "type": "object", "properties": .object(JSONObject(axes)),
          "patternProperties": SpecSchema.comments,
          "additionalProperties": ["$ref": "#/$defs/zip"],
        ]
      ),
    ]
      + rules.map { JSONObject.Member(key: "setting_\($0.name)", value: $0.schema) }
  }

  private static func axis(of rule: SettingRule) -> JSON {
    let levels: JSON = [
      "type": "array", "items": ["$ref": .string("#/$defs/setting_\(rule.name)")],
      "minItems": 1, "uniqueItems": true,
    ]
    var forms: [JSON] = [
      levels,
      closed(
        [
          JSONObject.Member(key: "levels", value: levels),
          JSONObject.Member(key: "ordered", value: ["type": "boolean"]),
          JSONObject.Member(
            key: "scores",
            value: ["type": "array", "items": ["type": "number"]]
          ),
        ],
        required: ["levels"]
      ),
    ]
    if rule.takesNumbers { forms.append(["$ref": "#/$defs/range"]) }
    forms.append(["$ref": "#/$defs/zip"])
    return ["description": .string(rule.summary), "anyOf": .array(forms)]
  }
}

extension SettingRule {
  /// Whether a range can be its levels.
  var takesNumbers: Bool {
    forms.contains {
      switch $0 {
      case .number, .integer: true
      case .choice, .boolean, .null, .path, .object, .variant: false
      }
    }
  }

  /// What its value may be, what it is by default, and what it does.
  var schema: JSON {
    var object: JSONObject = ["description": .string(summary), "default": defaultValue]
    if forms.count == 1, let form = forms[0].schema.object {
      for member in form.members { object[member.key] = member.value }
    } else {
      object["anyOf"] = .array(forms.map(\.schema))
    }
    return .object(object)
  }
}

extension SettingForm {
  fileprivate var schema: JSON {
    switch self {
    case .choice(let words): return ["enum": .array(words.map(JSON.string))]
    case .number(let bounds): return bounds.schema
    case .integer(let lower, let upper):
      var object: JSONObject = ["type": "integer"]
      if let lower { object["minimum"] = .number(JSONNumber(lower)) }
      if let upper { object["maximum"] = .number(JSONNumber(upper)) }
      return .object(object)
    case .boolean: return ["type": "boolean"]
    case .null: return ["type": "null"]
    case .path(let suffix):
      guard let suffix, !suffix.isEmpty else { return ["type": "string", "minLength": 1] }
      return ["type": "string", "pattern": .string(suffix.replacing(".", with: "\\.") + "$")]
    case .object(let rules): return SpecSchema.closed(rules.schemas)
    case .variant(let rules):
      return [
        "oneOf": .array(
          rules.schemas.map { SpecSchema.closed([$0], required: [$0.key]) }
        )
      ]
    }
  }
}

extension [SettingRule] {
  fileprivate var schemas: [JSONObject.Member] {
    map { JSONObject.Member(key: $0.name, value: $0.schema) }
  }
}

extension NumberBounds {
  fileprivate var schema: JSON {
    var object: JSONObject = ["type": "number"]
    if let lower {
      object[excludesLower ? "exclusiveMinimum" : "minimum"] = .number(JSONNumber(lower))
    }
    if let upper {
      object[excludesUpper ? "exclusiveMaximum" : "maximum"] = .number(JSONNumber(upper))
    }
    return .object(object)
  }
}
