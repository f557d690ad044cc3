/// The characters, as Unicode scalars, that one place of a text may have.
struct ScalarSet: Sendable {
  /// A kind of character that has a letter of its own.
  enum Kind: Sendable {
    case digit, word, space

    func contains(_ scalar: Unicode.Scalar) -> Bool {
      if scalar.isASCII {
        let isDigit = scalar >= "0" && scalar <= "9"
        switch self {
        case .digit: return isDigit
        case .word:
          return isDigit || scalar == "_" || ("a"..."z").contains(scalar)
            || ("A"..."Z").contains(scalar)
        case .space: return scalar == " " || ("\t"..."\r").contains(scalar)
        }
      }
      let properties = scalar.properties
      switch self {
      case .digit: return properties.generalCategory == .decimalNumber
      case .word: return properties.isAlphabetic || properties.numericType != nil
      case .space: return properties.isWhitespace
      }
    }
  }

  var ranges: [ClosedRange<Unicode.Scalar>] = []
  var kinds: [(kind: Kind, isNegated: Bool)] = []
  var isNegated = false
  var ignoresCase = false

  /// Every character but the end of a line.
  static let any = ScalarSet(ranges: ["\n"..."\n", "\r"..."\r"], isNegated: true)

  func contains(_ scalar: Unicode.Scalar) -> Bool {
    let found =
      holds(scalar)
      || (ignoresCase && Self.otherCases(of: scalar).contains { holds($0) })
    return found != isNegated
  }

  private func holds(_ scalar: Unicode.Scalar) -> Bool {
    ranges.contains { $0.contains(scalar) }
      || kinds.contains { $0.kind.contains(scalar) != $0.isNegated }
  }

  private static func otherCases(of scalar: Unicode.Scalar) -> [Unicode.Scalar] {
    [scalar.properties.lowercaseMapping, scalar.properties.uppercaseMapping].compactMap { text in
      text.unicodeScalars.count == 1 ? text.unicodeScalars.first : nil
    }
  }
}
