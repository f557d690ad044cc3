/// Running text with the little emphasis that every format can show.
///
/// A string literal makes plain text; interpolated values are plain text too, so that a name with
/// markup in it stays a name. `\(strong: x)` and `\(code: x)` mark what they say.
package struct Prose: Sendable, Equatable, ExpressibleByStringInterpolation {
  /// A stretch of text in one style.
  package enum Span: Sendable, Equatable {
    case plain(String)
    case strong(String)
    case code(String)
  }

  package let spans: [Span]

  package init(_ spans: [Span]) {
    self.spans = spans
  }

  package init(_ text: String) {
    self.init([.plain(text)])
  }

  package init(stringLiteral value: String) {
    self.init(value)
  }

  package init(stringInterpolation: Interpolation) {
    self.init(stringInterpolation.spans)
  }

  /// The text without its emphasis.
  package var text: String {
    spans.map { span in
      switch span {
      case .plain(let text), .strong(let text), .code(let text): text
      }
    }.joined()
  }

  /// Joins two stretches of prose.
  package static func + (first: Prose, second: Prose) -> Prose {
    Prose(first.spans + second.spans)
  }

  /// Collects the pieces of an interpolated literal.
  package struct Interpolation: StringInterpolationProtocol {
    fileprivate var spans: [Span] = []

    package init(literalCapacity: Int, interpolationCount: Int) {
      spans.reserveCapacity(2 * interpolationCount + 1)
    }

    package mutating func appendLiteral(_ literal: String) {
      if !literal.isEmpty { spans.append(.plain(literal)) }
    }

    package mutating func appendInterpolation(_ value: some CustomStringConvertible) {
      spans.append(.plain(value.description))
    }

    package mutating func appendInterpolation(_ prose: Prose) {
      spans += prose.spans
    }

    package mutating func appendInterpolation(strong value: some CustomStringConvertible) {
      spans.append(.strong(value.description))
    }

    package mutating func appendInterpolation(code value: some CustomStringConvertible) {
      spans.append(.code(value.description))
    }
  }
}
