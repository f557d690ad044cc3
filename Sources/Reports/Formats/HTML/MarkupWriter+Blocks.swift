import Charts
import Notation

/// What a section is made of, as HTML that `PageStyle.css` and `Palette.css` dress.
extension MarkupWriter {
  /// Writes a section; one that is folded shows its heading alone until it is asked for.
  ///
  /// - Parameters:
  ///   - section: What is written.
  ///   - id: Of its heading, unique on the page.
  package mutating func section(_ section: Section, id: String) {
    element("section", [("aria-labelledby", id)]) { page in
      guard section.isFolded else {
        page.element("h2", [("id", id)], text: section.heading)
        return page.blocks(section.blocks, label: section.heading)
      }
      page.element("details", [("class", "folded")]) { page in
        page.element("summary") { $0.element("h2", [("id", id)], text: section.heading) }
        page.blocks(section.blocks, label: section.heading)
      }
    }
  }

  /// Writes blocks, figures of one size that follow each other side by side where there is room.
  ///
  /// - Parameters:
  ///   - blocks: What is written, in reading order.
  ///   - label: What a box is called that may be scrolled.
  package mutating func blocks(_ blocks: [Block], label: String) {
    var gallery: [DrawnFigure] = []
    for block in blocks {
      guard case .figure(let figure) = block else {
        write(&gallery)
        self.block(block, label: label)
        continue
      }
      let drawn = DrawnFigure(figure)
      if gallery.last?.isLarge == !drawn.isLarge { write(&gallery) }
      gallery.append(drawn)
    }
    write(&gallery)
    lineEnd()
  }

  /// Writes a figure: its finding, its picture, what the marks mean, and its numbers behind a click.
  package mutating func figure(_ figure: Figure) { self.figure(DrawnFigure(figure)) }

  /// A figure is drawn once, for its place on the page as for itself.
  private struct DrawnFigure {
    let figure: Figure
    let drawing: Drawing

    /// Whether two of them fit beside each other on a wide screen only.
    var isLarge: Bool { drawing.width > 450 }

    init(_ figure: Figure) {
      self.figure = figure
      drawing = figure.chart.drawing
    }
  }

  /// Writes what was gathered, side by side where it is more than one, and empties it.
  private mutating func write(_ gallery: inout [DrawnFigure]) {
    func figures(_ page: inout MarkupWriter) {
      for drawn in gallery {
        page.lineEnd()
        page.figure(drawn)
      }
    }
    if gallery.count > 1 {
      lineEnd()
      element("div", [("class", gallery[0].isLarge ? "gallery large" : "gallery")]) { figures(&$0) }
    } else {
      figures(&self)
    }
    gallery = []
  }

  private mutating func block(_ block: Block, label: String) {
    lineEnd()
    switch block {
    case .paragraph(let text): element("p") { $0.prose(text) }
    case .list(let items):
      element("ul") { page in
        for item in items { page.element("li") { $0.prose(item) } }
      }
    case .table(let table): self.table(table, label: label)
    case .preformatted(let text): preformatted(text, label: label)
    case .plot(let plot): preformatted(plot.text, label: label)
    case .figure(let figure): self.figure(figure)
    case .disclosure(let summary, let blocks):
      element("details", [("class", "reveal")]) { page in
        page.element("summary") { $0.prose(summary) }
        page.blocks(blocks, label: label)
      }
    }
  }

  private mutating func preformatted(_ text: String, label: String) {
    element("pre", [("tabindex", "0"), ("role", "region"), ("aria-label", label)]) {
      // A line end right after the tag would be lost.
      $0.trusted("\n")
      $0.text(text)
    }
  }

  /// Writes running text with its emphasis.
  package mutating func prose(_ prose: Prose) {
    for span in prose.spans {
      switch span {
      case .plain(let text): self.text(text)
      case .strong(let text): element("strong", text: text)
      case .code(let text): element("code", text: text)
      }
    }
  }

  private mutating func figure(_ drawn: DrawnFigure) {
    let figure = drawn.figure
    element("figure") { page in
      page.element("figcaption") { $0.prose(figure.title) }
      page.lineEnd()
      let box: [Attribute] = [
        ("class", "drawing"), ("style", "--natural: \(Int(drawn.drawing.width.rounded(.up)))"),
        ("tabindex", "0"), ("role", "region"), ("aria-label", "Figure"),
      ]
      page.element("div", box) { $0.trusted(drawn.drawing.svg(label: figure.label)) }
      page.lineEnd()
      page.element("p", [("class", "note")]) { page in
        page.prose(drawn.drawing.notes.reduce(figure.note) { $0 + " \($1)" })
      }
      page.lineEnd()
      page.element("details") { page in
        page.element("summary", text: "The numbers")
        page.table(figure.data, label: "The numbers of the figure")
      }
    }
  }

  /// Rows of one table that are written; a page of ten thousand rows is no page.
  private static let rowLimit = 1000

  /// Writes a table in a box that scrolls where it is too wide.
  package mutating func table(_ table: Table, label: String) {
    let box: [Attribute] = [
      ("class", "table"), ("tabindex", "0"), ("role", "region"), ("aria-label", label),
    ]
    element("div", box) { page in
      page.element("table") { page in
        page.element("caption", text: label)
        page.lineEnd()
        page.element("thead") { page in
          page.element("tr") { page in
            for column in table.columns {
              page.element("th", [("scope", "col")] + Self.style(of: column), text: column.name)
            }
          }
        }
        page.lineEnd()
        page.element("tbody") { page in
          for row in table.rows.prefix(Self.rowLimit) {
            page.lineEnd()
            page.row(row, table.columns)
          }
        }
      }
    }
    if let note = table.note { element("p", [("class", "note")]) { $0.prose(note) } }
    guard table.rows.count > Self.rowLimit else { return }
    element(
      "p",
      [("class", "note")],
      text: """
        The first \(Self.rowLimit.grouped) of \(table.rows.count.grouped) rows; all of \
        them count, and all are in the Markdown.
        """
    )
  }

  /// The first cell names the row.
  private mutating func row(_ row: [String], _ columns: [Table.Column]) {
    element("tr") { page in
      for (place, (text, column)) in zip(row, columns).enumerated() {
        if place == 0 {
          page.element("th", [("scope", "row")] + Self.style(of: column, text), text: text)
        } else {
          page.element("td", Self.style(of: column, text), text: text)
        }
      }
    }
  }

  /// Longer texts than this may be broken into lines.
  private static let shortText = 32

  /// Numbers are what most cells hold, so that words are the ones that are marked.
  private static func style(of column: Table.Column, _ text: String = "") -> [Attribute] {
    switch column.alignment {
    case .left: [("class", text.count > shortText ? "w long" : "w")]
    case .right: []
    }
  }
}
