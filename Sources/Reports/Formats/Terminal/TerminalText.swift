/// Text as a terminal shows it: nothing in it moves the cursor, and its width is known.
package enum TerminalText {
  /// The text with everything that a terminal would obey made visible: `\u{1B}` for an escape.
  ///
  /// Line ends and tabs become blanks. Marks that reverse the direction of writing are shown too, because a name
  /// could use them to put the numbers beside it in another order.
  package static func visible(_ text: String) -> String {
    var result = ""
    var last: Unicode.Scalar = " "
    for scalar in text.unicodeScalars {
      defer { last = scalar }
      switch scalar {
      case "\n": if last != "\r" { result += " " }
      case "\r", "\t": result += " "
      default: append(scalar, to: &result)
      }
    }
    return result
  }

  /// The lines of a text whose blanks matter, visible like any text, tabs widened to the next multiple of 8.
  package static func visibleLines(_ text: String) -> [String] {
    let lines = text.replacing("\r\n", with: "\n").split(
      separator: "\n",
      omittingEmptySubsequences: false
    )
    return (lines.last == "" ? lines.dropLast() : lines[...]).map { line in
      var result = ""
      for scalar in line.unicodeScalars {
        if scalar == "\t" {
          result += String(repeating: " ", count: 8 - columns(result) % 8)
        } else {
          append(scalar, to: &result)
        }
      }
      return result
    }
  }

  private static func append(_ scalar: Unicode.Scalar, to text: inout String) {
    if isObeyed(scalar) {
      text += "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
    } else {
      text.unicodeScalars.append(scalar)
    }
  }

  /// Whether a terminal, or the rules of bidirectional text, would act on it instead of showing it.
  private static func isObeyed(_ scalar: Unicode.Scalar) -> Bool {
    // Joiners belong to the spelling of several languages.
    if scalar.value == 0x200C || scalar.value == 0x200D { return false }
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: return true
    default: return false
    }
  }

  /// How many columns a visible text takes; where terminals differ, the larger number.
  ///
  /// Reference: Unicode Standard Annex 11, East Asian Width, whose wide characters take two columns.
  static func columns(_ text: some StringProtocol) -> Int {
    text.unicodeScalars.reduce(0) { $0 + columns($1) }
  }

  private static func columns(_ scalar: Unicode.Scalar) -> Int {
    if scalar.value < 0x300 { return 1 }
    switch scalar.properties.generalCategory {
    // A variation selector may make the sign before it an emoji of two columns.
    case .nonspacingMark, .enclosingMark: return scalar.value == 0xFE0F ? 1 : 0
    case .format: return 0
    default: break
    }
    let isWide =
      scalar.properties.isEmojiPresentation || wide.contains { $0.contains(scalar.value) }
    return isWide ? 2 : 1
  }

  private static let wide: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x4DBF, 0x4E00...0xA4CF, 0xA960...0xA97F,
    0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF00...0xFF60,
    0xFFE0...0xFFE6, 0x16FE0...0x18DFF, 0x1AFF0...0x1B2FF, 0x1F200...0x1F2FF, 0x1F300...0x1F64F,
    0x1F680...0x1F6FF, 0x1F900...0x1FAFF, 0x20000...0x3FFFD,
  ]

  /// A visible text cut into pieces of at most so many columns, nowhere inside a character.
  static func pieces(_ text: some StringProtocol, width: Int) -> [String] {
    var pieces: [String] = []
    var piece = ""
    var used = 0
    for character in text {
      let needed = columns(String(character))
      if used + needed > width, !piece.isEmpty {
        pieces.append(piece)
        piece = ""
        used = 0
      }
      piece.append(character)
      used += needed
    }
    return piece.isEmpty && !pieces.isEmpty ? pieces : pieces + [piece]
  }

  /// A visible text broken at blanks into lines of at most so many columns; longer words are cut.
  static func wrapped(_ text: String, width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ", omittingEmptySubsequences: true) {
      for (place, piece) in pieces(word, width: width).enumerated() {
        let fits = columns(line) + 1 + columns(piece) <= width
        if line.isEmpty {
          line = piece
        } else if place == 0, fits {
          line += " " + piece
        } else {
          lines.append(line)
          line = piece
        }
      }
    }
    return lines + [line]
  }
}
