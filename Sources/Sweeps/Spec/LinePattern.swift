import Notation

/// A regular expression that finds metrics in lines that are not JSON.
///
/// Groups called `name` and `value` catch any metric, as in `(?<name>\w+): (?<value>\S+)`; without them
/// each named group is a metric, as in `loss (?<train_loss>\S+)`. What is no number is left alone.
package struct LinePattern {
  private let regex: Regex<AnyRegexOutput>

  /// Compiles an expression.
  ///
  /// - Parameter text: In the syntax of Swift's `Regex`, which is that of PCRE.
  /// - Throws: When the text is no regular expression.
  package init(_ text: String) throws {
    regex = try Regex(text)
  }

  /// Finds all metrics of a line; lines longer than 10,000 characters have none.
  package func metrics(in line: String) -> [(name: String, value: Double)] {
    // Backtracking may take time that grows much faster than the line.
    guard line.utf8.count <= 10_000 else { return [] }
    return line.matches(of: regex).flatMap { Self.metrics(of: $0.output) }
  }

  private static func metrics(of match: AnyRegexOutput) -> [(name: String, value: Double)] {
    if let name = match["name"]?.substring, let value = match["value"]?.substring {
      return number(value).map { [(String(name), $0)] } ?? []
    }
    return match.compactMap { group in
      guard let name = group.name, let text = group.substring, let value = number(text)
      else { return nil }
      return (name, value)
    }
  }

  private static func number(_ text: Substring) -> Double? {
    let word = text.hasSuffix(",") ? text.dropLast() : text
    return Double(word) ?? NumberLiteral.notFinite(String(word))
  }
}
