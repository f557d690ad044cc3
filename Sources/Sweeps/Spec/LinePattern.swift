import Notation

/// A regular expression that finds metrics in lines that are not JSON.
///
/// Groups called `name` and `value` catch any metric, as in `(?<name>\w+): (?<value>\S+)`; without them
/// each named group is a metric, as in `loss (?<train_loss>\S+)`. What is no number is left alone.
package struct LinePattern {
  private let expression: RegularExpression

  /// Compiles an expression.
  ///
  /// - Parameter text: In the syntax of ``RegularExpression``, which is the common part of all others.
  /// - Throws: `RegularExpression.Fault` when the text is no such expression.
  package init(_ text: String) throws(RegularExpression.Fault) {
    expression = try RegularExpression(text)
  }

  /// Finds all metrics of a line; lines longer than 10,000 characters have none.
  package func metrics(in line: String) -> [(name: String, value: Double)] {
    guard line.utf8.count <= 10_000 else { return [] }
    return expression.matches(in: line).flatMap { Self.metrics(of: $0) }
  }

  private static func metrics(of match: RegularExpression.Match) -> [(name: String, value: Double)]
  {
    func text(_ name: String) -> String? { match.groups.first { $0.name == name }?.text }
    if let name = text("name"), let value = text("value") {
      return number(value).map { [(name, $0)] } ?? []
    }
    return match.groups.compactMap { group in number(group.text).map { (group.name, $0) } }
  }

  private static func number(_ text: String) -> Double? {
    let word = text.hasSuffix(",") ? text.dropLast() : text[...]
    return Double(word) ?? NumberLiteral.notFinite(String(word))
  }
}
