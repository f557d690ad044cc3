import Charts
import Notation
import Notation

/// One page that needs nothing else: no network, no other file, and no script to be read.
///
/// ```html
/// <section aria-labelledby="s1"><h2 id="s1">What was run</h2>
/// <p>6 cells × 3 seeds = 18 runs planned: 18 finished.</p>
/// ```
///
/// Figures stand where other formats have text, each with its numbers behind a click. On paper all of them
/// are open.
package enum HTML: ReportFormat {
  package static let name = "html"
  package static let showsFigures = true

  package static func write(_ report: some Report, to destination: Destination) throws {
    let sections = report.sections
    var page = MarkupWriter()
    page.trusted("<!DOCTYPE html>\n")
    page.element("html", [("lang", "en")]) { page in
      page.element("head") { head(&$0, report.title) }
      page.lineEnd()
      page.element("body") { body(&$0, report.title, sections) }
      page.lineEnd()
    }
    page.lineEnd()
    if let arguments = arguments(of: report, destination) {
      page.trusted(arguments.comment + "\n")
    }
    try destination.write(page.markup)
  }

  /// Nothing may be fetched; style and script are those of this page.
  private static let policy =
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:"

  private static func head(_ page: inout MarkupWriter, _ title: String) {
    page.lineEnd()
    page.open("meta", [("charset", "utf-8")])
    page.lineEnd()
    page.open("meta", [("http-equiv", "Content-Security-Policy"), ("content", policy)])
    page.lineEnd()
    page.open(
      "meta",
      [("name", "viewport"), ("content", "width=device-width, initial-scale=1")]
    )
    page.lineEnd()
    page.element("title", text: title)
    page.lineEnd()
    page.element("style") { $0.trusted("\n" + Palette.css + "\n" + PageStyle.css + "\n") }
    page.lineEnd()
  }

  private static func body(
    _ page: inout MarkupWriter,
    _ title: String,
    _ sections: [Section]
  ) {
    page.lineEnd()
    page.element("a", [("class", "skip"), ("href", "#report")], text: "Skip to the report")
    page.lineEnd()
    page.element("header") { page in
      page.element("h1") { $0.text(title) }
      contents(&page, sections)
    }
    page.lineEnd()
    page.element("main", [("id", "report")]) { page in
      for (number, section) in sections.enumerated() {
        page.lineEnd()
        self.section(&page, section, id: id(ofSection: number))
      }
      page.lineEnd()
    }
    page.lineEnd()
    page.element("script") { $0.trusted(PageStyle.script) }
    page.lineEnd()
  }

  private static func id(ofSection number: Int) -> String { "s\(number + 1)" }

  /// Links to the sections, where there are enough of them to get lost in.
  private static func contents(_ page: inout MarkupWriter, _ sections: [Section]) {
    guard sections.count > 6 else { return }
    page.lineEnd()
    page.element("nav", [("aria-label", "Contents")]) { page in
      page.element("ul") { page in
        for (number, section) in sections.enumerated() {
          page.element("li") { page in
            page.element("a", [("href", "#" + id(ofSection: number))]) { $0.text(section.heading) }
          }
        }
      }
    }
  }

  private static func section(_ page: inout MarkupWriter, _ section: Section, id: String) {
    page.element("section", [("aria-labelledby", id)]) { page in
      page.element("h2", [("id", id)]) { $0.text(section.heading) }
      blocks(&page, section.blocks, label: section.heading)
      page.lineEnd()
    }
  }

  /// Figures so narrow that two of them fit beside each other are set so.
  private static let narrow = 450.0

  /// Writes blocks, narrow figures that follow each other side by side.
  private static func blocks(_ page: inout MarkupWriter, _ blocks: [Block], label: String) {
    var gallery: [DrawnFigure] = []
    for block in blocks {
      if case .figure(let figure) = block {
        let drawn = DrawnFigure(figure)
        if drawn.drawing.width > narrow { write(&gallery, to: &page) }
        gallery.append(drawn)
        if drawn.drawing.width > narrow { write(&gallery, to: &page) }
      } else {
        write(&gallery, to: &page)
        self.block(&page, block, label: label)
      }
    }
    write(&gallery, to: &page)
  }

  /// A figure is drawn once, for its place on the page as for itself.
  private struct DrawnFigure {
    let figure: Figure
    let drawing: Drawing

    init(_ figure: Figure) {
      self.figure = figure
      drawing = figure.chart.drawing
    }
  }

  /// Writes what was gathered, side by side where it is more than one, and empties it.
  private static func write(_ gallery: inout [DrawnFigure], to page: inout MarkupWriter) {
    func figures(_ page: inout MarkupWriter) {
      for drawn in gallery {
        page.lineEnd()
        figure(&page, drawn)
      }
    }
    if gallery.count > 1 {
      page.lineEnd()
      page.element("div", [("class", "gallery")]) { figures(&$0) }
    } else {
      figures(&page)
    }
    gallery = []
  }

  /// - Parameters:
  ///   - page: Where it is written.
  ///   - block: What is written.
  ///   - label: What a box is called that may be scrolled.
  private static func block(_ page: inout MarkupWriter, _ block: Block, label: String) {
    page.lineEnd()
    switch block {
    case .paragraph(let text): page.element("p") { prose(&$0, text) }
    case .list(let items):
      page.element("ul") { page in
        for item in items { page.element("li") { prose(&$0, item) } }
      }
    case .table(let table): self.table(&page, table, label: label)
    case .preformatted(let text): preformatted(&page, text, label: label)
    case .plot(let plot): preformatted(&page, plot.text, label: label)
    case .figure(let figure): self.figure(&page, DrawnFigure(figure))
    case .disclosure(let summary, let blocks):
      page.element("details", [("class", "reveal")]) { page in
        page.element("summary") { prose(&$0, summary) }
        self.blocks(&page, blocks, label: label)
      }
    }
  }

  private static func preformatted(_ page: inout MarkupWriter, _ text: String, label: String) {
    page.element("pre", [("tabindex", "0"), ("role", "region"), ("aria-label", label)]) {
      // A line end right after the tag would be lost.
      $0.trusted("\n")
      $0.text(text)
    }
  }

  private static func prose(_ page: inout MarkupWriter, _ prose: Prose) {
    for span in prose.spans {
      switch span {
      case .plain(let text): page.text(text)
      case .strong(let text): page.element("strong") { $0.text(text) }
      case .code(let text): page.element("code") { $0.text(text) }
      }
    }
  }

  private static func figure(_ page: inout MarkupWriter, _ drawn: DrawnFigure) {
    let figure = drawn.figure
    page.element("figure") { page in
      page.element("figcaption") { prose(&$0, figure.title) }
      page.lineEnd()
      let box: [MarkupWriter.Attribute] = [
        ("class", "drawing"), ("style", "--natural: \(Int(drawn.drawing.width.rounded(.up)))"),
        ("tabindex", "0"), ("role", "region"), ("aria-label", "Figure"),
      ]
      page.element("div", box) { $0.trusted(drawn.drawing.svg(label: figure.label)) }
      page.lineEnd()
      page.element("p", [("class", "note")]) { page in
        prose(&page, drawn.drawing.notes.reduce(figure.note) { $0 + " \($1)" })
      }
      page.lineEnd()
      page.element("details") { page in
        page.element("summary", text: "The numbers")
        table(&page, figure.data, label: "The numbers of the figure")
      }
    }
  }

  /// Rows of one table that are written; a page of ten thousand rows is no page.
  private static let rowLimit = 1000

  private static func table(_ page: inout MarkupWriter, _ table: Table, label: String) {
    let box: [MarkupWriter.Attribute] = [
      ("class", "table"), ("tabindex", "0"), ("role", "region"), ("aria-label", label),
    ]
    page.element("div", box) { page in
      page.element("table") { page in
        page.element("caption", text: label)
        page.lineEnd()
        page.element("thead") { page in
          page.element("tr") { page in
            for column in table.columns {
              page.element("th", [("scope", "col")] + style(of: column)) { $0.text(column.name) }
            }
          }
        }
        page.lineEnd()
        page.element("tbody") { page in
          for row in table.rows.prefix(rowLimit) {
            page.lineEnd()
            self.row(&page, row, table.columns)
          }
        }
      }
    }
    if let note = table.note { page.element("p", [("class", "note")]) { prose(&$0, note) } }
    if table.rows.count > rowLimit {
      page.element(
        "p",
        [("class", "note")],
        text: """
          The first \(rowLimit.grouped) of \(table.rows.count.grouped) rows; all of \
          them count, and all are in the Markdown.
          """
      )
    }
  }

  /// The first cell names the row.
  private static func row(
    _ page: inout MarkupWriter,
    _ row: [String],
    _ columns: [Table.Column]
  ) {
    page.element("tr") { page in
      for (place, (text, column)) in zip(row, columns).enumerated() {
        if place == 0 {
          page.element("th", [("scope", "row")] + style(of: column, text)) { $0.text(text) }
        } else {
          page.element("td", style(of: column, text)) { $0.text(text) }
        }
      }
    }
  }

  /// Longer texts than this may be broken into lines.
  private static let shortText = 32

  /// Numbers are what most cells hold, so that words are the ones that are marked.
  private static func style(
    of column: Table.Column,
    _ text: String = ""
  ) -> [MarkupWriter.Attribute] {
    switch column.alignment {
    case .left: [("class", text.count > shortText ? "w long" : "w")]
    case .right: []
    }
  }
}
