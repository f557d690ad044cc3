/// A fragment of LaTeX for a paper: prose, and tables with the rules of booktabs.
///
/// ```text
/// \begin{tabular}{lr}
/// \toprule
/// dropout & n \\
/// \midrule
/// 0.5 & 6 \\
/// \bottomrule
/// \end{tabular}
/// ```
///
/// Reference: Fear, Publication quality tables in LaTeX (the package booktabs), section 2.
package enum LaTeX: ReportFormat {
  package static let name = "latex"

  package static func write(_ report: some Report, to destination: Destination) throws {
    var parts = [
      "% \\usepackage{booktabs} is needed; input this file where the report shall stand.",
      "\\section{\(escaped(report.title))}",
    ]
    for section in report.sections {
      let blocks = section.blocks.flatMap(\.withoutPictures).compactMap(block)
      guard !blocks.isEmpty else { continue }
      parts.append("\\subsection{\(escaped(section.heading))}")
      parts += blocks
    }
    if let arguments = arguments(of: report, destination) { parts.append("% " + arguments.line) }
    try destination.write(parts.joined(separator: "\n\n") + "\n")
  }

  /// - Returns: nil for what is drawn with characters or pictures.
  private static func block(_ block: Block) -> String? {
    switch block {
    case .paragraph(let prose): inline(prose)
    case .list(let items):
      "\\begin{itemize}\n" + items.map { "\\item " + inline($0) + "\n" }.joined()
        + "\\end{itemize}"
    case .table(let table): tabular(table)
    case .preformatted(let text):
      text.split(separator: "\n").map { "\\texttt{\(escaped(String($0)))}" }
        .joined(separator: "\\\\\n")
    case .figure, .disclosure, .plot: nil
    }
  }

  private static func tabular(_ table: Table) -> String {
    let columns = table.columns.map { column in
      switch column.alignment {
      case .left: "l"
      case .right: "r"
      }
    }
    func row(_ cells: [String]) -> String {
      cells.map(escaped).joined(separator: " & ") + " \\\\\n"
    }
    let text =
      "\\begin{tabular}{\(columns.joined())}\n\\toprule\n" + row(table.columns.map(\.name))
      + "\\midrule\n" + table.rows.map(row).joined() + "\\bottomrule\n\\end{tabular}"
    return table.note.map { text + "\n\n" + inline($0) } ?? text
  }

  private static func inline(_ prose: Prose) -> String {
    prose.spans.map { span in
      switch span {
      case .plain(let text): escaped(text)
      case .strong(let text): "\\textbf{\(escaped(text))}"
      case .code(let text): "\\texttt{\(escaped(text))}"
      }
    }.joined()
  }

  /// What LaTeX takes for a command is made literal, and signs that its text fonts lack are set as mathematics.
  private static func escaped(_ text: String) -> String {
    // By scalars: a sign that a mark combines with is another character, and to TeX the same sign.
    text.replacing("\r\n", with: "\n").unicodeScalars.map { signs[$0] ?? String($0) }.joined()
  }

  private static let signs: [Unicode.Scalar: String] = [
    "\\": "\\textbackslash{}", "{": "\\{", "}": "\\}", "$": "\\$", "&": "\\&", "#": "\\#",
    "_": "\\_", "%": "\\%", "~": "\\textasciitilde{}", "^": "\\textasciicircum{}",
    "<": "\\textless{}", ">": "\\textgreater{}", "\"": "\\textquotedbl{}", "\n": " ", "\r": " ",
    "−": "$-$", "±": "$\\pm$", "×": "$\\times$", "→": "$\\to$", "≤": "$\\le$", "≥": "$\\ge$",
    "≈": "$\\approx$", "δ": "$\\delta$", "α": "$\\alpha$", "·": "$\\cdot$", "†": "\\dag{}",
    "‡": "\\ddag{}", "✓": "$\\surd$", "✗": "$\\times$",
  ]
}
