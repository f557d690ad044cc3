/// Numbers as text, without the machine's language and without a library.
package enum Number {
  /// A value with the decimals that a step needs: 0.25 by steps of 0.05 is "0.25", by 1 it is "0".
  ///
  /// Very large and very small ones are written with an exponent, "2.5e−7".
  package static func text(_ value: Double, step: Double) -> String {
    guard value.isFinite, step > 0 else { return "" }
    let stepExponent = exponent(step)
    let own = max(exponent(value), stepExponent)
    if own > 6 || stepExponent < -6 {
      guard value != 0 else { return "0" }
      let mantissa = fixed(scaled(value, by: -own), decimals: min(own - stepExponent, 6))
      return mantissa + "e" + fixed(Double(own), decimals: 0)
    }
    return fixed(value, decimals: max(0, -stepExponent))
  }

  /// A count with commas between groups of three digits: "10,000".
  static func count(_ value: Int) -> String { fixed(Double(value), decimals: 0) }

  /// A coordinate with at most one decimal, with a plain minus.
  package static func coordinate(_ value: Double) -> String {
    guard value.isFinite else { return "0" }
    let tenths = Int((min(max(value, -1e6), 1e6) * 10).rounded())
    let (whole, rest) = tenths.magnitude.quotientAndRemainder(dividingBy: 10)
    return (tenths < 0 ? "-" : "") + "\(whole)" + (rest == 0 ? "" : ".\(rest)")
  }

  /// A share between 0 and 1 with at most two decimals.
  static func share(_ value: Double) -> String {
    let hundredths = Int((min(max(value, 0), 1) * 100).rounded())
    guard hundredths < 100 else { return "1" }
    return hundredths == 0 ? "0" : "." + (hundredths < 10 ? "0" : "") + "\(hundredths)"
  }

  /// The largest e with 10ᵉ ≤ |value|; 0 for 0.
  static func exponent(_ value: Double) -> Int {
    guard value != 0, value.isFinite else { return 0 }
    let estimate = Int(logarithm(value.magnitude).rounded(.down))
    // The logarithm of a power of ten may fall short of it by its last digit.
    return value.magnitude >= power(estimate + 1) ? estimate + 1 : estimate
  }

  /// 10ᵉ, as exactly as a literal.
  static func power(_ exponent: Int) -> Double { Double("1e\(exponent)") ?? .infinity }

  /// The decimal logarithm of a positive number.
  ///
  /// With z = (m − 1) / (m + 1), ln m = 2 (z + z³/3 + z⁵/5 + …), for the significand m between
  /// 1 and 2, so that z is at most 1/3 and each term is at least nine times smaller than the last.
  static func logarithm(_ value: Double) -> Double {
    let z = (value.significand - 1) / (value.significand + 1)
    var term = z
    var sum = 0.0
    for divisor in stride(from: 1.0, through: 33, by: 2) {
      sum += term / divisor
      term *= z * z
    }
    return 0.301_029_995_663_981_195_2 * Double(value.exponent)
      + 2 * sum * 0.434_294_481_903_251_827_7
  }

  private static func scaled(_ value: Double, by exponent: Int) -> Double {
    // In two steps, because 10³⁰⁸ times ten is no number any more.
    value * power(exponent / 2) * power(exponent - exponent / 2)
  }

  private static func fixed(_ value: Double, decimals: Int) -> String {
    let unit = power(decimals)
    let rounded = (value.magnitude * unit).rounded()
    guard rounded < 9e15 else { return "\(value)" }
    let (whole, rest) = Int(rounded).quotientAndRemainder(dividingBy: Int(unit))
    let digits = "\(rest)"
    let fraction =
      decimals == 0
      ? "" : "." + String(repeating: "0", count: decimals - digits.count) + digits
    return (value < 0 && rounded > 0 ? "−" : "") + grouped(whole) + fraction
  }

  private static func grouped(_ whole: Int) -> String {
    guard whole >= 10_000 else { return "\(whole)" }
    var text = ""
    for (index, digit) in "\(whole)".reversed().enumerated() {
      if index > 0, index.isMultiple(of: 3) { text.append(",") }
      text.append(digit)
    }
    return String(text.reversed())
  }
}
