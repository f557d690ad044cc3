/// A JSON value that keeps the order of its objects and the spelling of its numbers.
///
/// Equality is by meaning: 0.5 equals 0.50 and the order of an object's keys does not count.
package enum JSON: Sendable, Hashable {
  case null
  case boolean(Bool)
  case number(JSONNumber)
  case string(String)
  case array([JSON])
  case object(JSONObject)

  /// The whole number or nil.
  package var integer: Int? {
    guard case .number(let number) = self else { return nil }
    return number.integer
  }

  /// The number or nil.
  package var double: Double? {
    guard case .number(let number) = self else { return nil }
    return number.value
  }

  /// The string's content or nil.
  package var string: String? {
    guard case .string(let text) = self else { return nil }
    return text
  }

  /// The object or nil.
  package var object: JSONObject? {
    guard case .object(let object) = self else { return nil }
    return object
  }

  /// What tables and placeholders show: strings without quotes, numbers as written, the rest compact.
  package var levelText: String {
    if case .string(let text) = self { return text }
    return text
  }

  /// Compact JSON with numbers as written and keys in their order.
  package var text: String {
    switch self {
    case .null: "null"
    case .boolean(let truth): truth ? "true" : "false"
    case .number(let number): number.text
    case .string(let text): JSON.quoted(text)
    case .array(let elements): "[" + elements.map(\.text).joined(separator: ",") + "]"
    case .object(let object):
      "{"
        + object.members.map { JSON.quoted($0.key) + ":" + $0.value.text }
        .joined(separator: ",") + "}"
    }
  }

  /// Canonical JSON: one text for equal values, with whole numbers exact whatever their size.
  ///
  /// Reference: Rundgren, Jordan, Erdtman (2020), RFC 8785, JSON Canonicalization Scheme, section 3.2.
  package var canonical: String {
    switch self {
    case .null, .boolean: text
    case .number(let number): number.canonical
    case .string(let text): JSON.quoted(text)
    case .array(let elements): "[" + elements.map(\.canonical).joined(separator: ",") + "]"
    case .object(let object):
      "{"
        + object.members.sorted { $0.key.utf16.lexicographicallyPrecedes($1.key.utf16) }
        .map { JSON.quoted($0.key) + ":" + $0.value.canonical }.joined(separator: ",") + "}"
    }
  }

  /// The value without the members whose key begins with `$`, at any depth.
  package var withoutComments: JSON {
    switch self {
    case .null, .boolean, .number, .string: self
    case .array(let elements): .array(elements.map(\.withoutComments))
    case .object(let object):
      .object(
        JSONObject(
          object.members.filter { !$0.key.hasPrefix("$") }
            .map { JSONObject.Member(key: $0.key, value: $0.value.withoutComments) }
        )
      )
    }
  }

  /// Writes a string as a JSON literal, with the escapes of RFC 8785 section 3.2.2.2.
  package static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\u{8}": result += "\\b"
      case "\t": result += "\\t"
      case "\n": result += "\\n"
      case "\u{C}": result += "\\f"
      case "\r": result += "\\r"
      case "\0"..."\u{1F}":
        let code = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - code.count) + code
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByFloatLiteral, ExpressibleByBooleanLiteral, ExpressibleByNilLiteral,
  ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  package init(stringLiteral value: String) { self = .string(value) }
  package init(integerLiteral value: Int) { self = .number(JSONNumber(value)) }
  package init(floatLiteral value: Double) { self = .number(JSONNumber(value)) }
  package init(booleanLiteral value: Bool) { self = .boolean(value) }
  package init(nilLiteral: ()) { self = .null }
  package init(arrayLiteral elements: JSON...) { self = .array(elements) }
  package init(dictionaryLiteral members: (String, JSON)...) {
    self = .object(JSONObject(members.map { JSONObject.Member(key: $0.0, value: $0.1) }))
  }
}
