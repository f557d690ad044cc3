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

  /// The truth value or nil.
  package var boolean: Bool? {
    guard case .boolean(let truth) = self else { return nil }
    return truth
  }

  /// The elements or nil.
  package var array: [JSON]? {
    guard case .array(let elements) = self else { return nil }
    return elements
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
  package var text: String { written(.compact) }

  /// Canonical JSON: one text for equal values, with whole numbers exact whatever their size.
  ///
  /// Reference: Rundgren, Jordan, Erdtman (2020), RFC 8785, JSON Canonicalization Scheme, section 3.2.
  package var canonical: String { withSortedKeys.written(.canonical) }

  /// The value with the members of its objects in the order of their keys' UTF-16 units, at any depth.
  package var withSortedKeys: JSON {
    switch self {
    case .null, .boolean, .number, .string: self
    case .array(let elements): .array(elements.map(\.withSortedKeys))
    case .object(let object):
      .object(
        JSONObject(
          object.members.sorted { $0.key.utf16.lexicographicallyPrecedes($1.key.utf16) }
            .map { JSONObject.Member(key: $0.key, value: $0.value.withSortedKeys) }
        )
      )
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
}

extension JSON {
  /// A number, or null where there is none or JSON cannot write it.
  package init(_ number: Double?) {
    self = number.flatMap { $0.isFinite ? .number(JSONNumber($0)) : nil } ?? .null
  }

  package init(_ integer: Int?) { self = integer.map { .number(JSONNumber($0)) } ?? .null }

  package init(_ text: String?) { self = text.map(JSON.string) ?? .null }

  package init(_ texts: [String]) { self = .array(texts.map(JSON.string)) }

  /// An object of texts, in the order of their keys.
  package init(_ texts: [String: String]) {
    self = .object(
      JSONObject(
        texts.sorted { $0.key < $1.key }
          .map { JSONObject.Member(key: $0.key, value: .string($0.value)) }
      )
    )
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
