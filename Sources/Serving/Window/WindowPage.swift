import Charts
import Notation
import Reports

/// The frame of the pages of a results folder, which look like the report.
struct WindowPage {
  /// What a page is about.
  enum Subject {
    case folder
    case sweep(String)
    case run(String, of: String)

    /// The id of the run that it is about alone.
    var run: String? {
      if case .run(let id, _) = self { id } else { nil }
    }
  }

  let title: String
  let subject: Subject
  /// What is swapped when something is new: its first part, and what follows the curves of runs at work.
  let head: String
  var rest = ""
  /// Runs at work, which move faster than the rest.
  var growing = ""

  var live: String { head + growing + rest }

  /// Its style, `/window.css`.
  static let style =
    Palette.css + "\n" + PageStyle.css
      + """

      #note:empty { display: none; }
      #heard { position: absolute; clip-path: inset(50%); }
      #note { position: sticky; bottom: 0; padding: .5rem 1rem; background: var(--raised); }
      .window main > :not(section) { grid-column: 1 / -1; }
      form.filter { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: end; }
      form.filter label { display: grid; }
      form.filter select, form.filter button { font: inherit; padding: .4rem .6rem; }

      """

  var document: String {
    var page = MarkupWriter()
    page.trusted("<!DOCTYPE html>\n")
    page.element("html", [("lang", "en")]) { page in
      page.element("head") { page in
        page.open("meta", [("charset", "utf-8")])
        page.open(
          "meta",
          [("name", "viewport"), ("content", "width=device-width, initial-scale=1")]
        )
        page.element("title", text: title)
        page.open("link", [("rel", "icon"), ("href", "data:,")])
        page.open("link", [("rel", "stylesheet"), ("href", "/window.css")])
        page.element("script", [("src", "/live.js"), ("defer", nil)], text: "")
      }
      page.element("body", [("class", "window")]) { page in
        page.element("main", [("id", "live"), ("tabindex", "-1")]) { $0.trusted(live) }
        page.element("p", [("id", "note"), ("role", "status")], text: "")
        page.element("p", [("id", "heard"), ("role", "status")], text: "")
      }
    }
    page.lineEnd()
    return page.markup
  }
}

extension MarkupWriter {
  /// Writes a table whose first column leads somewhere.
  ///
  /// - Parameters:
  ///   - caption: What it lists.
  ///   - columns: The names of the columns.
  ///   - rows: Where the first cell leads, and the cells.
  mutating func links(
    _ caption: String,
    _ columns: [String],
    _ rows: [(address: String, cells: [String])]
  ) {
    let box: [Attribute] = [
      ("class", "table"), ("tabindex", "0"), ("role", "region"), ("aria-label", caption),
    ]
    element("div", box) { page in
      page.element("table") { page in
        page.element("caption", text: caption)
        page.element("thead") { page in
          page.element("tr") { page in
            for column in columns { page.element("th", [("scope", "col")], text: column) }
          }
        }
        page.element("tbody") { page in
          for row in rows {
            page.element("tr") { page in
              for (place, cell) in row.cells.enumerated() {
                if place == 0 {
                  page.element("th", [("scope", "row"), ("class", "w")]) { page in
                    page.element("a", [("href", row.address)], text: cell)
                  }
                } else {
                  page.element("td", text: cell)
                }
              }
            }
          }
        }
      }
    }
  }
}

/// Writes an address with its fields.
func address(_ path: String, _ fields: [(String, String)]) -> String {
  func encoded(_ text: String) -> String {
    text.utf8.map { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: "_"):
        String(UnicodeScalar(byte))
      default: "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
      }
    }.joined()
  }
  let query = fields.map { encoded($0) + "=" + encoded($1) }.joined(separator: "&")
  return query.isEmpty ? path : path + "?" + query
}
