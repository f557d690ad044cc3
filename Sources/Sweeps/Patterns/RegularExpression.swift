/// A regular expression that takes time in proportion to the text, whatever it says.
///
/// It knows what can be matched without going back in the text: characters, sets, groups, choices, repetitions greedy
/// and lazy, and `^ $ \b`. It knows no look ahead or behind and no reference to what was found before. Of several ways
/// to match, the one counts that an expression of Perl would find.
package struct RegularExpression: Sendable {
  /// Why a text is no expression.
  package enum Fault: Error, Equatable {
    case unexpected(String)
    case unclosed(String)
    case unknown(String)
    case repeatedName(String)
    case tooLarge
  }

  /// A stretch of the text that matches.
  package struct Match: Sendable {
    /// The text of each group with a name that took part, in the order of the groups.
    package let groups: [(name: String, text: String)]
  }

  /// Steps of all readers together that one text may cost: a tenth of a second.
  private static let budget = 5_000_000

  private let names: [String]
  private let program: PatternProgram

  /// - Throws: ``Fault``.
  package init(_ text: String) throws(Fault) {
    var parser = PatternParser(text)
    let node = try parser.expression()
    names = parser.names
    program = try PatternProgram(node)
  }

  /// All matches from left to right that do not overlap; those that a budget of work finds.
  package func matches(in text: String) -> [Match] {
    var search = PatternSearch(program, captures: 2 * names.count + 2, text, budget: Self.budget)
    var found: [Match] = []
    var start = 0
    while start <= search.text.count, let places = search.first(from: start) {
      found.append(
        Match(
          groups: names.indices.compactMap { number in
            let (from, to) = (places[2 * number + 2], places[2 * number + 3])
            guard from >= 0, to >= from, !names[number].isEmpty else { return nil }
            return (names[number], String(String.UnicodeScalarView(search.text[from..<to])))
          }
        )
      )
      // A match of nothing must not be found for ever.
      start = places[1] > places[0] ? places[1] : places[1] + 1
    }
    return found
  }
}

extension RegularExpression.Fault: CustomStringConvertible {
  package var description: String {
    switch self {
    case .unexpected(let what): "'\(what)' stands where it means nothing"
    case .unclosed(let what): "a '\(what)' is never closed"
    case .unknown(let what): "\(what) is not known here"
    case .repeatedName(let name): "two groups have the name '\(name)'"
    case .tooLarge: "it is too large"
    }
  }
}
