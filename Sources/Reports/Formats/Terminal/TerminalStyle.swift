/// How a terminal marks text; without colours the text is left as it is.
struct TerminalStyle {
  enum Mark {
    case plain, strong, code, heading, faint

    /// Reference: ECMA-48, 8.3.117, Select Graphic Rendition.
    fileprivate var parameters: String {
      switch self {
      case .plain: "0"
      case .strong: "1"
      case .code: "36"
      case .heading: "1;36"
      case .faint: "2"
      }
    }
  }

  /// A stretch of a word in one style.
  private struct Piece {
    var text: String
    let mark: Mark
  }

  let showsColor: Bool

  /// A visible text in a style.
  func mark(_ text: String, _ mark: Mark) -> String {
    guard showsColor, mark != .plain, !text.isEmpty else { return text }
    return "\u{1B}[\(mark.parameters)m\(text)\u{1B}[0m"
  }

  /// Running text broken into lines; `rest` is the style of what is not emphasized.
  func lines(_ prose: Prose, width: Int, _ rest: Mark = .plain) -> [String] {
    var lines: [[Piece]] = [[]]
    var used = 0
    for word in words(prose, rest) {
      let length = word.reduce(0) { $0 + TerminalText.columns($1.text) }
      if used > 0, used + 1 + length <= width {
        lines[lines.count - 1].append(Piece(text: " ", mark: word[0].mark))
        lines[lines.count - 1] += word
        used += 1 + length
        continue
      }
      if used > 0 { lines.append([]) }
      used = 0
      for piece in word {
        for (place, part) in TerminalText.pieces(piece.text, width: width).enumerated() {
          let columns = TerminalText.columns(part)
          if place > 0 || used + columns > width {
            lines.append([])
            used = 0
          }
          lines[lines.count - 1].append(Piece(text: part, mark: piece.mark))
          used += columns
        }
      }
    }
    return lines.map { $0.map { mark($0.text, $0.mark) }.joined() }
  }

  /// The words of some prose; a word may begin in one style and end in another.
  private func words(_ prose: Prose, _ rest: Mark) -> [[Piece]] {
    var words: [[Piece]] = []
    var isOpen = false
    for span in prose.spans {
      let (text, mark): (String, Mark) =
        switch span {
        case .plain(let text): (text, rest)
        case .strong(let text): (text, .strong)
        case .code(let text): (text, .code)
        }
      for character in TerminalText.visible(text) {
        if character == " " {
          isOpen = false
        } else if isOpen {
          let word = words.count - 1
          let last = words[word].count - 1
          if words[word][last].mark == mark {
            words[word][last].text.append(character)
          } else {
            words[word].append(Piece(text: String(character), mark: mark))
          }
        } else {
          words.append([Piece(text: String(character), mark: mark)])
          isOpen = true
        }
      }
    }
    return words
  }
}
