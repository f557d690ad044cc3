/// Amounts that people write with a unit.
package enum Quantity {
  /// `90s`, `10m`, `1h30m`, `500ms`, `2d`; nil for anything else and for nothing at all.
  package static func duration(_ text: String) -> Duration? {
    let units: [String: Double] = ["ms": 0.001, "s": 1, "m": 60, "h": 3600, "d": 86400]
    var seconds = 0.0
    var rest = Substring(text)
    while !rest.isEmpty {
      let digits = rest.prefix { $0.isASCII && $0.isNumber || $0 == "." }
      rest = rest[digits.endIndex...]
      let unit = rest.prefix { $0.isLetter }
      rest = rest[unit.endIndex...]
      guard let amount = Double(digits), let size = units[String(unit)] else { return nil }
      seconds += amount * size
    }
    // A thousand years; more would not fit into a Duration.
    guard seconds > 0, seconds < 3.2e10 else { return nil }
    return .seconds(seconds)
  }

  /// `2GiB`, `500MB`, `1000B`; nil for anything else.
  package static func bytes(_ text: String) -> Int? {
    let units: [String: Double] = [
      "B": 1, "KB": 1e3, "MB": 1e6, "GB": 1e9, "TB": 1e12,
      "KiB": 1024, "MiB": 1_048_576, "GiB": 1_073_741_824, "TiB": 1_099_511_627_776,
    ]
    let digits = text.prefix { $0.isASCII && $0.isNumber || $0 == "." }
    let unit = text[digits.endIndex...].drop { $0 == " " }
    guard let amount = Double(digits), let size = units[String(unit)] else { return nil }
    guard amount > 0, amount * size < 1e18 else { return nil }
    return Int(amount * size)
  }

  /// `300%` as 300; nil for anything else.
  package static func percent(_ text: String) -> Double? {
    guard text.hasSuffix("%"), let first = text.first, first.isNumber || first == "." else {
      return nil
    }
    return Double(text.dropLast())
  }
}
