import Charts

/// One page that needs nothing else: no network, no other file, and no script to be read.
///
/// ```html
/// <section aria-labelledby="s1"><h2 id="s1">What we found</h2>
/// <p>6 cells × 3 seeds = 18 runs planned: 18 finished.</p>
/// ```
///
/// Figures stand where other formats have text, each with its numbers behind a click; folded sections show their heading.
/// On paper all of them are open.
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
    if let claims = report.claims { page.trusted(claims.comment + "\n") }
    if let arguments = arguments(of: report, destination) {
      page.trusted(arguments.comment + "\n")
    }
    try destination.write(page.markup)
  }

  /// A section as it stands on a page, for pages of another making.
  ///
  /// - Parameters:
  ///   - section: What is written.
  ///   - id: Of its heading, unique on the page.
  /// - Returns: One `section` element.
  package static func fragment(of section: Section, id: String = "s1") -> String {
    var page = MarkupWriter()
    page.section(section, id: id)
    return page.markup
  }

  /// A figure as it stands on a page; its picture alone is `chart.drawing.svg(label:)`.
  package static func fragment(of figure: Figure) -> String {
    var page = MarkupWriter()
    page.figure(figure)
    return page.markup
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
    page.element("header") { $0.element("h1", text: title) }
    page.lineEnd()
    page.element("main", [("id", "report")]) { page in
      for (number, section) in sections.enumerated() {
        page.lineEnd()
        page.section(section, id: "s\(number + 1)")
      }
      page.lineEnd()
    }
    page.lineEnd()
    page.element("script") { $0.trusted(PageStyle.script) }
    page.lineEnd()
  }
}
