/// A finite or, in what trainers print, not finite number and how it was written.
package struct JSONNumber: Sendable, Hashable {
  /// As written: `1e-3` stays `1e-3`.
  package let text: String
  package let value: Double
  /// The exact whole number where it is one that fits in 64 bits, `1e3` and `2.0` included.
  package let integer: Int?

  /// Makes a number of a whole value.
  package init(_ integer: Int) {
    self.text = String(integer)
    self.value = Double(integer)
    self.integer = integer
  }

  /// Makes a number of a value, written in the shortest way that reads back as the same.
  package init(_ value: Double) {
    self.text = JSONNumber.shortest(value)
    self.value = value
    self.integer = Int(exactly: value)
  }

  /// Reads a literal that follows JSON's grammar of numbers.
  ///
  /// - Returns: nil where the text is no number at all; a literal past the range of doubles is infinite.
  package init?(text: String) {
    guard let value = Double(text) else { return nil }
    self.text = text
    self.value = value
    self.integer = Int(text) ?? Int(exactly: value)
  }

  /// The one text of equal numbers: whole numbers in full, others as ECMAScript writes them.
  package var canonical: String {
    integer.map(String.init) ?? JSONNumber.shortest(value)
  }

  package static func == (left: JSONNumber, right: JSONNumber) -> Bool {
    if left.integer != nil || right.integer != nil { return left.integer == right.integer }
    return left.value == right.value
  }

  package func hash(into hasher: inout Hasher) {
    if let integer {
      hasher.combine(integer)
    } else {
      hasher.combine(value)
    }
  }

  /// Writes a double with the fewest digits that read back as it, in ECMAScript's layout.
  ///
  /// Reference: ECMA-262, Number::toString, which RFC 8785 section 3.2.2.3 takes over.
  package static func shortest(_ value: Double) -> String {
    guard value.isFinite else { return value.isNaN ? "NaN" : value < 0 ? "-Infinity" : "Infinity" }
    guard value != 0 else { return "0" }
    let sign = value < 0 ? "-" : ""
    let (digits, point) = decimal(value.magnitude)
    let count = digits.count
    switch point {
    case count...21:
      return sign + digits + String(repeating: "0", count: point - count)
    case 1...21:
      return sign + digits.prefix(point) + "." + digits.dropFirst(point)
    case -5...0:
      return sign + "0." + String(repeating: "0", count: -point) + digits
    default:
      let exponent = point - 1
      let fraction = count == 1 ? "" : "." + digits.dropFirst()
      return sign + digits.prefix(1) + fraction + "e" + (exponent < 0 ? "-" : "+")
        + String(exponent.magnitude)
    }
  }

  /// Splits a positive double into its shortest digits and the place of the decimal point before them.
  private static func decimal(_ value: Double) -> (digits: String, point: Int) {
    let parts = value.description.split(separator: "e")
    var exponent = 0
    if parts.count == 2 { exponent = Int(parts[1]) ?? 0 }
    let mantissa = parts[0].split(separator: ".")
    let whole = mantissa[0]
    let fraction = mantissa.count == 2 ? mantissa[1] : ""
    var digits = String(whole + fraction)
    var point = whole.count + exponent
    while digits.hasPrefix("0") {
      digits.removeFirst()
      point -= 1
    }
    while digits.hasSuffix("0") { digits.removeLast() }
    return (digits, point)
  }
}
