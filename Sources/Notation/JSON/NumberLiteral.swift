/// What a word without quotes is: a number, something that looks like one, or a word.
package enum NumberLiteral {
  case number(JSONNumber)
  /// nan or an infinity, spelled out or past the range of doubles.
  case notFinite(JSONNumber)
  case malformed(JSONFault.NumberAdvice)
  /// A word, and the JSON that its writer meant where that is another language's constant.
  case word(meant: String?)

  init(_ text: String) {
    if NumberLiteral.followsGrammar(text), let number = JSONNumber(text: text) {
      self = number.value.isFinite ? .number(number) : .notFinite(number)
    } else if let number = NumberLiteral.notFiniteWords[text.lowercased()] {
      self = .notFinite(JSONNumber(number))
    } else if let meant = NumberLiteral.constants[text] {
      self = .word(meant: meant)
    } else if let first = text.utf8.first, "+-.0123456789".utf8.contains(first) {
      self = .malformed(NumberLiteral.advice(for: text))
    } else {
      self = .word(meant: nil)
    }
  }

  private static let notFiniteWords: [String: Double] = [
    "nan": .nan, "-nan": .nan, "inf": .infinity, "+inf": .infinity, "infinity": .infinity,
    "+infinity": .infinity, "-inf": -.infinity, "-infinity": -.infinity,
  ]

  private static let constants = [
    "True": "true", "TRUE": "true", "yes": "true", "False": "false", "FALSE": "false",
    "no": "false", "None": "null", "NULL": "null", "nil": "null", "undefined": "null",
  ]

  /// Whether a text is a number by the grammar of RFC 8259, section 6.
  private static func followsGrammar(_ text: String) -> Bool {
    var rest = text.utf8[...]
    func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }
    if rest.first == UInt8(ascii: "-") { rest.removeFirst() }
    let whole = rest.prefix(while: isDigit)
    guard let first = whole.first, whole.count == 1 || first != UInt8(ascii: "0") else {
      return false
    }
    rest = rest[whole.endIndex...]
    if rest.first == UInt8(ascii: ".") {
      rest.removeFirst()
      let fraction = rest.prefix(while: isDigit)
      guard !fraction.isEmpty else { return false }
      rest = rest[fraction.endIndex...]
    }
    if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
      rest.removeFirst()
      if rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-") { rest.removeFirst() }
      let exponent = rest.prefix(while: isDigit)
      guard !exponent.isEmpty else { return false }
      rest = rest[exponent.endIndex...]
    }
    return rest.isEmpty
  }

  private static func advice(for text: String) -> JSONFault.NumberAdvice {
    let digits = text.drop { $0 == "-" || $0 == "+" }
    if text.hasPrefix("+") { return .plusSign }
    if digits.lowercased().hasPrefix("0x") { return .hexadecimal }
    if text.contains("_") { return .separator }
    if digits.hasPrefix(".") { return .leadingPoint }
    if text.hasSuffix(".") || text.contains(".e") { return .trailingPoint }
    if digits.hasPrefix("0"), Double(digits) != nil { return .leadingZero }
    return .quotes
  }

  /// The value of `nan`, `inf`, `-inf` and their long spellings, in any case; nil for other words.
  package static func notFinite(_ word: String) -> Double? {
    guard word.utf8.count <= 9 else { return nil }
    switch word.lowercased() {
    case "nan": return .nan
    case "inf", "+inf", "infinity", "+infinity": return .infinity
    case "-inf", "-infinity": return -.infinity
    default: return nil
    }
  }
}
