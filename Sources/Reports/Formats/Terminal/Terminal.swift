/// A report on a terminal, fitted to its width, with colours where they are wanted and never needed.
///
/// ```text
/// dose
/// ====
///
/// What we found
/// -------------
///
/// - dropout 0 → 0.5 lowered valid_loss by 0.0487 (95 % CI −0.0523 to −0.0451; 3 of 3
///   seeds, 2 of 2 settings, lower in 5 of 5 matched pairs).
/// ```
package enum Terminal: ReportFormat {
  package static let name = "terminal"

  /// Narrower than this no report can be read; then lines run over.
  private static let leastWidth = 20

  package static func write(_ report: some Report, to destination: Destination) throws {
    let style = TerminalStyle(showsColor: destination.showsColor)
    let width = max(leastWidth, destination.width)
    var parts = [heading(report.title, "=", width, style)]
    for section in report.sections {
      let blocks = section.blocks.flatMap(\.withoutPictures)
      guard !blocks.isEmpty else { continue }
      parts.append(heading(section.heading, "-", width, style))
      parts += blocks.map { block($0, width, style).joined(separator: "\n") }
    }
    if let arguments = arguments(of: report, destination, hasWidth: true) {
      parts.append(TerminalText.pieces(arguments.line, width: width).joined(separator: "\n"))
    }
    try destination.write(parts.joined(separator: "\n\n") + "\n")
  }

  /// Underlined with characters, so that it is a heading without colours too.
  private static func heading(
    _ text: String,
    _ mark: Character,
    _ width: Int,
    _ style: TerminalStyle
  ) -> String {
    let lines = TerminalText.wrapped(TerminalText.visible(text), width: width)
    let length = lines.map { TerminalText.columns($0) }.max() ?? 0
    let heads = lines.map { style.mark($0, .heading) }
    return (heads + [String(repeating: mark, count: length)]).joined(separator: "\n")
  }

  private static func block(_ block: Block, _ width: Int, _ style: TerminalStyle) -> [String] {
    switch block {
    case .paragraph(let prose): return style.lines(prose, width: width)
    case .list(let items):
      return items.flatMap { item in
        style.lines(item, width: width - 2).enumerated()
          .map { ($0 == 0 ? "- " : "  ") + $1 }
      }
    case .table(let table):
      let fitted = TerminalTable(table, width: width).lines
      let lines = fitted.lines.enumerated().map { place, line in
        place < fitted.headers ? style.mark(line, .strong) : line
      }
      return lines + (table.note.map { [""] + style.lines($0, width: width, .faint) } ?? [])
    case .preformatted(let text):
      return TerminalText.visibleLines(text)
        .flatMap { TerminalText.pieces($0, width: width - 2) }.map { "  " + $0 }
    case .plot(let plot):
      return TerminalText.visibleLines(plot.text(width: width))
        .flatMap { TerminalText.pieces($0, width: width) }
    case .figure, .disclosure:
      return block.withoutPictures.flatMap { self.block($0, width, style) }
    }
  }
}
