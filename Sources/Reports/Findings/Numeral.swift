import Foundation
import Notation

/// Numbers as a report prints them: as many decimals as the spread beside them carries.
///
/// Rounding happens here and nowhere before; the minus is the typographic one, so that columns line up.
package enum Numeral {
  /// The decimals that show two significant digits of a spread.
  ///
  /// - Parameter spread: A standard deviation or half-width in the metric's unit.
  /// - Returns: At least 0 and at most 8; 3 where the spread is zero or not finite.
  package static func decimals(for spread: Double) -> Int {
    guard spread.isFinite, spread > 0 else { return 3 }
    return min(8, max(0, 1 - Int(log10(spread).rounded(.down))))
  }

  /// From here on a Double has no digit after the point, and those before it are not all its own.
  private static let exactIntegers = 0x1p53

  /// A number with a fixed count of decimals: `−0.042`; by its power of ten where that is all there is to say of it.
  package static func fixed(_ number: Double, decimals: Int) -> String {
    guard abs(number) < exactIntegers else { return significant(number) }
    let text = String(format: "%.\(decimals)f", abs(number))
    let isZero = !text.contains { $0 != "0" && $0 != "." }
    return number < 0 && !isZero ? "−" + text : text
  }

  /// A number with its sign: `+0.013`, `−0.042`.
  package static func signed(_ number: Double, decimals: Int) -> String {
    let text = fixed(number, decimals: decimals)
    return number > 0 && number.isFinite ? "+" + text : text
  }

  /// A mean with its spread, `0.949 ± 0.005`, or the mean alone where there is no spread.
  package static func meanAndSpread(_ mean: Double, _ spread: Double?) -> String {
    guard let spread else { return significant(mean) }
    let decimals = decimals(for: spread)
    return fixed(mean, decimals: decimals) + " ± " + fixed(spread, decimals: decimals)
  }

  /// A number with four significant digits, for where no spread says how many count.
  package static func significant(_ number: Double) -> String {
    guard number.isFinite else { return word(number) }
    let text = String(format: "%.4g", abs(number))
    return number < 0 ? "−" + text : text
  }

  /// A number that a person declared, with no more digits than it needs: `0.02`, `1.25`.
  package static func plain(_ number: Double) -> String {
    guard number.isFinite else { return word(number) }
    let text = String(format: "%.12g", abs(number))
    return number < 0 ? "−" + text : text
  }

  /// A probability: `0.031`, or `< 0.001`.
  package static func probability(_ p: Double) -> String {
    p < 0.001 ? "< 0.001" : String(format: "%.3f", p)
  }

  /// A count with its noun: `1 run`, `78 runs`.
  package static func counted(_ number: Int, _ noun: String) -> String {
    "\(number.grouped) \(noun)\(number == 1 ? "" : "s")"
  }

  /// A length of time as people say it: `0.8 s`, `42 s`, `3 min 5 s`, `2 h 10 min`.
  package static func time(_ seconds: Double) -> String {
    guard abs(seconds) < exactIntegers else { return significant(seconds) + " s" }
    if seconds < 10 { return String(format: "%.1f s", seconds) }
    let whole = Int(seconds.rounded())
    if whole < 60 { return "\(whole) s" }
    if whole < 3600 { return "\(whole / 60) min \(whole % 60) s" }
    return "\(whole / 3600) h \(whole % 3600 / 60) min"
  }

  private static func word(_ number: Double) -> String {
    number.isNaN ? "nan" : number < 0 ? "−inf" : "inf"
  }
}
