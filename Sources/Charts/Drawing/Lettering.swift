/// The one size of letters in all charts, and how much room texts take in it.
///
/// No font is read: a picture must be laid out before anyone knows which font it will be shown in. The
/// widths are those of DejaVu Sans, one of the widest usual fonts, so that others take less.
enum Lettering {
  static let size = 13.0
  static let lineHeight = 16.0

  /// The estimated width in drawing units.
  static func width(_ text: String, isBold: Bool = false) -> Double {
    text.unicodeScalars.reduce(0) { $0 + width($1) } * size * (isBold ? 1.15 : 1)
  }

  /// The text without line breaks, control characters, and marks that turn the direction of
  /// what comes after them; isolates stay, since they end with the text.
  static func clean(_ text: String) -> String {
    var scalars = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029: scalars.append(" ")
      case 0x00...0x1F, 0x7F...0x9F, 0x200E, 0x200F, 0x202A...0x202E, 0xFFFE, 0xFFFF: continue
      default: scalars.append(scalar)
      }
    }
    return String(scalars)
  }

  /// Breaks a text at blanks into lines that fit; what does not fit in the last one is cut with "…".
  static func broken(
    _ text: String,
    room: Double,
    lines: Int = 1,
    isBold: Bool = false
  ) -> [String] {
    guard lines > 1, width(text, isBold: isBold) > room else {
      return [cut(text, room: room, isBold: isBold)]
    }
    let words = text.split(separator: " ").map(String.init)
    var first = ""
    var taken = 0
    for word in words {
      let longer = first.isEmpty ? word : first + " " + word
      guard width(longer, isBold: isBold) <= room else { break }
      first = longer
      taken += 1
    }
    // A first word that is too long for a line is broken anywhere.
    if taken == 0 {
      first = prefix(of: text, room: room, isBold: isBold)
      let rest = String(text.dropFirst(first.count))
      return rest.isEmpty
        ? [first] : [first] + broken(rest, room: room, lines: lines - 1, isBold: isBold)
    }
    let rest = words.dropFirst(taken).joined(separator: " ")
    return rest.isEmpty
      ? [first] : [first] + broken(rest, room: room, lines: lines - 1, isBold: isBold)
  }

  /// The text, or its beginning with "…" if it is wider than the room.
  static func cut(_ text: String, room: Double, isBold: Bool = false) -> String {
    guard width(text, isBold: isBold) > room else { return text }
    let room = room - width("…", isBold: isBold)
    guard room > 0 else { return "" }
    var kept = prefix(of: text, room: room, isBold: isBold)
    while kept.last == " " { kept.removeLast() }
    return kept + "…"
  }

  private static func prefix(of text: String, room: Double, isBold: Bool) -> String {
    var kept = ""
    var taken = 0.0
    for character in text {
      taken += width(String(character), isBold: isBold)
      guard taken <= room else { break }
      kept.append(character)
    }
    return kept
  }

  /// The width of one character as a share of the letters' size.
  private static func width(_ scalar: Unicode.Scalar) -> Double {
    switch scalar.value {
    case 0x30...0x39: return 0.637
    case 0x20...0x7E: break
    case 0x2066...0x2069, 0x200B...0x200D, 0xFE00...0xFE0F: return 0
    case 0x2190...0x22FF, 0x2026, 0xB1, 0xD7: return 1
    case 0x2B0...0x2FFF: return scalar.properties.generalCategory == .nonspacingMark ? 0 : 0.8
    case 0x1100..<0xFB00, 0xFE30..<0x1_F000: return 1.1
    case 0x1_F000...: return 1.5
    default: return 0.8
    }
    switch Character(scalar) {
    case "i", "j", "l", "'", "I", "J": return 0.3
    case " ", ".", ",", ":", ";", "|", "/", "\\": return 0.34
    case "f", "t", "r", "(", ")", "[", "]", "-", "!": return 0.42
    case "m", "w", "W", "M", "%", "@": return 1
    case "+", "<", "=", ">", "~", "#", "^": return 0.84
    case "&", "A"..."Z": return 0.79
    default: return 0.64
    }
  }
}
