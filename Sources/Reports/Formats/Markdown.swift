/// GitHub-flavoured Markdown that is also pleasant to read as plain text: table columns are aligned.
///
/// ```text
/// | dropout |  n | accuracy      |
/// | :------ | -: | ------------: |
/// | 0.5     |  6 | 0.949 ± 0.005 |
/// ```
package enum Markdown: ReportFormat {
  package static let name = "md"

  package static func write(_ report: some Report, to destination: Destination) throws {
    var parts = ["# " + escaped(report.title)]
    for section in report.sections {
      let blocks = section.blocks.compactMap { block($0, figures: destination.figures) }
      guard let blocks = joined(blocks) else { continue }
      parts += ["## " + escaped(section.heading), blocks]
    }
    if let arguments = arguments(of: report, destination) { parts.append(arguments.comment) }
    // Many read it in a terminal: whatever a program or a name holds, nothing in it is obeyed there.
    let lines = TerminalText.visibleLines(parts.joined(separator: "\n\n"))
    try destination.write(lines.joined(separator: "\n") + "\n")
  }

  /// - Returns: nil for what shows only in formats with pictures.
  private static func block(_ block: Block, figures: String?) -> String? {
    switch block {
    case .paragraph(let prose): line(prose)
    case .list(let items): items.map { "- " + line($0) }.joined(separator: "\n")
    case .table(let rows): table(rows)
    case .preformatted(let text): fenced(text)
    case .figure(let figure): self.figure(figure, in: figures)
    case .disclosure(_, let blocks): joined(blocks.compactMap { self.block($0, figures: figures) })
    case .plot(let plot): fenced(plot.text)
    }
  }

  /// The picture where it was written to a file, and what stands for it in text.
  private static func figure(_ figure: Figure, in folder: String?) -> String? {
    let link = folder.map { folder in
      "![\(escaped(figure.label))](\(folder)/\(figure.fileName))\n\n*\(escaped(figure.title.text))*"
    }
    return joined(
      [link].compactMap(\.self) + figure.plain.compactMap { block($0, figures: folder) }
    )
  }

  private static func joined(_ parts: [String]) -> String? {
    parts.isEmpty ? nil : parts.joined(separator: "\n\n")
  }

  /// A line of its own: what would make it a heading or a list at its beginning is made literal.
  private static func line(_ prose: Prose) -> String {
    let text = inline(prose)
    let scalars = text.unicodeScalars
    let digits = scalars.prefix { ("0"..."9").contains($0) }
    let rest = scalars.dropFirst(digits.count)
    guard let first = rest.first else { return text }
    let isNumbered =
      [".", ")"].contains(first) && rest.dropFirst().first.map { $0 == " " } ?? true
    let opensBlock = digits.isEmpty ? ["#", "-", "+", "="].contains(first) : isNumbered
    return opensBlock ? String(digits) + "\\" + String(rest) : text
  }

  private static func inline(_ prose: Prose) -> String {
    prose.spans.map { span in
      switch span {
      case .plain(let text): escaped(text)
      case .strong(let text): "**" + escaped(text) + "**"
      case .code(let text): codeSpan(text)
      }
    }.joined()
  }

  private static func table(_ table: Table) -> String {
    let cells = ([table.columns.map(\.name)] + table.rows).map { $0.map(escaped) }
    let widths = table.columns.indices.map { column in
      max(2, cells.map { $0[column].count }.max() ?? 0)
    }
    var lines = cells.map { row in
      "| "
        + table.columns.indices.map { column in
          padded(row[column], to: widths[column], table.columns[column].alignment)
        }.joined(separator: " | ") + " |"
    }
    let rule = table.columns.indices.map { column in
      switch table.columns[column].alignment {
      case .left: ":" + String(repeating: "-", count: widths[column] - 1)
      case .right: String(repeating: "-", count: widths[column] - 1) + ":"
      }
    }
    lines.insert("| " + rule.joined(separator: " | ") + " |", at: 1)
    let text = lines.joined(separator: "\n")
    return table.note.map { text + "\n\n" + inline($0) } ?? text
  }

  private static func padded(
    _ text: String,
    to width: Int,
    _ alignment: Table.Column.Alignment
  ) -> String {
    let space = String(repeating: " ", count: max(0, width - text.count))
    switch alignment {
    case .left: return text + space
    case .right: return space + text
    }
  }

  /// The fence is one longer than the longest run of backticks inside, so that no text can end it.
  private static func fenced(_ text: String) -> String {
    let fence = String(repeating: "`", count: max(3, longestRun(of: "`", in: text) + 1))
    return fence + "text\n" + text + (text.hasSuffix("\n") ? "" : "\n") + fence
  }

  private static func codeSpan(_ text: String) -> String {
    let ends: Set<Unicode.Scalar> = ["\n", "\r"]
    let line = String(
      String.UnicodeScalarView(text.unicodeScalars.map { ends.contains($0) ? " " : $0 })
    )
    guard line.unicodeScalars.contains("`") else { return "`" + line + "`" }
    let fence = String(repeating: "`", count: longestRun(of: "`", in: line) + 1)
    return fence + " " + line + " " + fence
  }

  private static func longestRun(of scalar: Unicode.Scalar, in text: String) -> Int {
    var longest = 0
    var run = 0
    for other in text.unicodeScalars {
      run = other == scalar ? run + 1 : 0
      longest = max(longest, run)
    }
    return longest
  }

  /// Text that Markdown and the HTML inside it would take for markup is made literal; a line end is a space.
  ///
  /// An underscore inside a word is no markup in this dialect, so names such as `weight_decay` stay readable.
  /// It goes by scalars: a mark that combines with `|` or `<` hides it from a search by characters, not from Markdown.
  private static func escaped(_ text: String) -> String {
    let scalars = Array(text.unicodeScalars)
    var result = String.UnicodeScalarView()
    for (place, scalar) in scalars.enumerated() {
      let next = place + 1 < scalars.count ? scalars[place + 1] : " "
      switch scalar {
      case "\\", "`", "*", "[", "]", "|", "~": result.append(contentsOf: ["\\", scalar])
      case "_":
        let isInside = place > 0 && scalars[place - 1].isAlphanumeric && next.isAlphanumeric
        result.append(contentsOf: isInside ? ["_"] : ["\\", "_"])
      case "<":
        // Only what HTML would take for a tag; `p < 0.001` stays readable in the raw text.
        let opensTag = next.properties.isAlphabetic || ["/", "!", "?"].contains(next)
        result.append(contentsOf: opensTag ? "&lt;".unicodeScalars : "<".unicodeScalars)
      case ">": result.append(contentsOf: "&gt;".unicodeScalars)
      case "&": result.append(contentsOf: "&amp;".unicodeScalars)
      case "\n" where place > 0 && scalars[place - 1] == "\r": continue
      case "\n", "\r", "\t": result.append(" ")
      default: result.append(scalar)
      }
    }
    return String(result)
  }
}

extension Unicode.Scalar {
  /// Whether it is a letter, a number or a mark of one: a word goes on over it.
  fileprivate var isAlphanumeric: Bool {
    switch properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .decimalNumber, .letterNumber, .otherNumber, .nonspacingMark, .spacingMark:
      true
    default: false
    }
  }
}
