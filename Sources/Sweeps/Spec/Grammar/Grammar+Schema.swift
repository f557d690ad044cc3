import Notation

extension Grammar {
  var members: [JSONObject.Member] {
    fields.map { JSONObject.Member(key: $0.key, value: $0.schema) }
  }

  /// An object with these keys and comments, and no others.
  var schema: JSON {
    let closed = SpecSchema.closed(members, required: fields.filter(\.isRequired).map(\.key))
    guard !alternatives.isEmpty, var object = closed.object else {
      return closed.described(summary)
    }
    object["anyOf"] = .array(alternatives.map { ["required": JSON($0)] })
    return JSON.object(object).described(summary)
  }
}

extension Field {
  fileprivate var schema: JSON {
    guard let defaultValue, var object = form.schema.object else {
      return form.schema.described(summary)
    }
    object["default"] = defaultValue
    return JSON.object(object).described(summary)
  }
}

extension Field.Form {
  var schema: JSON {
    switch self {
    case .any: return [:]
    case .text(let length, let pattern):
      var object: JSONObject = ["type": "string"]
      if length.lowerBound > 0 { object["minLength"] = JSON(length.lowerBound) }
      if length.upperBound < .max { object["maxLength"] = JSON(length.upperBound) }
      if !pattern.isEmpty { object["pattern"] = .string(pattern) }
      return .object(object)
    case .word(let words): return ["enum": JSON(words)]
    case .number(let bounds): return bounds.schema(of: "number")
    case .integer(let range):
      var object: JSONObject = ["type": "integer"]
      if range.lowerBound > .min { object["minimum"] = JSON(range.lowerBound) }
      if range.upperBound < .max { object["maximum"] = JSON(range.upperBound) }
      return .object(object)
    case .boolean: return ["type": "boolean"]
    case .list(let form, _, let least, let isUnique):
      var object: JSONObject = ["type": "array"]
      if !form.isAny { object["items"] = form.schema }
      if least > 0 { object["minItems"] = JSON(least) }
      if isUnique { object["uniqueItems"] = true }
      return .object(object)
    case .object(let least):
      return least > 0 ? ["type": "object", "minProperties": JSON(least)] : ["type": "object"]
    case .map(let form, let least):
      var object: JSONObject = ["type": "object"]
      if least > 0 { object["minProperties"] = JSON(least) }
      object["patternProperties"] = SpecSchema.comments
      object["additionalProperties"] = form.schema
      return .object(object)
    case .entry(let grammar): return ["$ref": .string("#/$defs/\(grammar.name)")]
    case .either(let forms): return ["anyOf": .array(forms.map(\.schema))]
    }
  }
}

extension JSON {
  /// The schema with its meaning first, where there is one to tell.
  fileprivate func described(_ summary: String) -> JSON {
    guard !summary.isEmpty, let object else { return self }
    return .object(
      JSONObject([JSONObject.Member(key: "description", value: .string(summary))] + object.members)
    )
  }
}
