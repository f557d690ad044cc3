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
      "description": .string(Grammar.spec.summary),
      "type": "object",
      "properties": .object(JSONObject(Grammar.spec.members)),
      "patternProperties": SpecSchema.comments,
      "additionalProperties": false,
      // A program of one's own may have settings of any name; what a base brings is not seen here.
      "if": [
        "anyOf": [
          ["required": ["command"]], ["required": ["worker"]], ["required": ["extends"]],
        ]
      ],
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
      "$defs": .object(JSONObject(language + trainerDefinitions)),
    ]
  }

  static let comments: JSON = ["^\\$": true]

  /// An object with these members and comments, and no others.
  static func closed(_ members: [JSONObject.Member], required: [String] = []) -> JSON {
    var object: JSONObject = ["type": "object", "properties": .object(JSONObject(members))]
    if !required.isEmpty { object["required"] = JSON(required) }
    object["patternProperties"] = comments
    object["additionalProperties"] = false
    return .object(object)
  }

  /// The parts of the language that no trainer changes.
  private var language: [JSONObject.Member] {
    let axis: JSON = [
      "anyOf": [
        Field.Form.list(.any, of: "levels", atLeast: 1, isUnique: true).schema,
        Grammar.levels.schema, Field.Form.entry(.range).schema, Field.Form.entry(.zip).schema,
      ]
    ]
    let named: [Grammar] = [
      .range, .zip, .seedRule, .sample, .results, .limits, .executor, .slurm, .metric, .question,
      .forecast,
    ]
    return [JSONObject.Member(key: "axis", value: axis)]
      + named.map { JSONObject.Member(key: $0.name, value: $0.schema) }
  }

  // MARK: The trainer

  private var metrics: [JSONObject.Member] {
    trainer.finalMetrics.map { JSONObject.Member(key: $0, value: ["$ref": "#/$defs/metric"]) }
  }

  private var trainerDefinitions: [JSONObject.Member] {
    let settings = trainer.settings
    let values = settings.map { setting in
      JSONObject.Member(
        key: setting.name,
        value: ["$ref": .string("#/$defs/setting_\(setting.name)")]
      )
    }
    let axes = settings.map { JSONObject.Member(key: $0.name, value: SpecSchema.axis(of: $0)) }
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
      + settings.map { JSONObject.Member(key: "setting_\($0.name)", value: $0.schema) }
  }

  private static func axis(of setting: Setting) -> JSON {
    let levels: JSON = [
      "type": "array", "items": ["$ref": .string("#/$defs/setting_\(setting.name)")],
      "minItems": 1, "uniqueItems": true,
    ]
    let written = Grammar.levels.members.map { member in
      member.key == "levels" ? JSONObject.Member(key: member.key, value: levels) : member
    }
    var forms: [JSON] = [levels, closed(written, required: ["levels"])]
    if setting.takesNumbers { forms.append(["$ref": "#/$defs/range"]) }
    forms.append(["$ref": "#/$defs/zip"])
    return ["description": .string(setting.summary), "anyOf": .array(forms)]
  }
}

extension Setting {
  /// Whether a range can be its levels.
  var takesNumbers: Bool {
    forms.contains {
      switch $0 {
      case .number, .integer: true
      case .choice, .boolean, .path, .text, .object, .variant: false
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

extension Setting.Form {
  fileprivate var schema: JSON {
    switch self {
    case .choice(let words): return ["enum": JSON(words)]
    case .number(let bounds): return bounds.schema(of: "number")
    case .integer(let bounds): return bounds.schema(of: "integer")
    case .boolean: return ["type": "boolean"]
    case .path(let suffix):
      guard !suffix.isEmpty else { return ["type": "string", "minLength": 1] }
      return ["type": "string", "pattern": .string("." + suffix.replacing(".", with: "\\.") + "$")]
    case .text: return ["type": "string", "minLength": 1]
    case .object(let members): return SpecSchema.closed(members.schemas)
    case .variant(let members):
      return [
        "oneOf": .array(
          members.schemas.map { SpecSchema.closed([$0], required: [$0.key]) }
        )
      ]
    }
  }
}

extension [Setting] {
  fileprivate var schemas: [JSONObject.Member] {
    map { JSONObject.Member(key: $0.name, value: $0.schema) }
  }
}

extension Bounds {
  func schema(of type: String) -> JSON {
    var object: JSONObject = ["type": .string(type)]
    if let lower {
      object[lowerIsExclusive ? "exclusiveMinimum" : "minimum"] = JSON(lower)
    }
    if let upper {
      object[upperIsExclusive ? "exclusiveMaximum" : "maximum"] = JSON(upper)
    }
    return .object(object)
  }
}
