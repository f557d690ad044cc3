import Reports

/// The frame that all pages of a lesson share.
///
/// Styles and script are files of their own, so that the server can forbid everything inline.
struct Page {
  /// Who looks at it, and so which style it has.
  enum Place: String {
    case room, screen, desk

    var style: String {
      switch self {
      case .room, .desk: "/style.css"
      case .screen: "/screen.css"
      }
    }
  }

  let title: String
  let place: Place
  /// What stands above what is swapped.
  var banner: (inout MarkupWriter) -> Void = { _ in }
  /// What is swapped.
  let live: String
  /// Whether the page follows the lesson.
  var isLive = true
  /// Whether it may come to send pictures.
  var sendsPictures = false

  var document: String {
    var page = MarkupWriter()
    page.trusted("<!DOCTYPE html>\n")
    page.element("html", [("lang", "en")]) { page in
      page.element("head") { head(&$0) }
      page.lineEnd()
      page.element("body", [("class", place.rawValue)]) { page in
        banner(&page)
        page.lineEnd()
        page.element("main", [("id", "live"), ("tabindex", "-1")]) { $0.trusted(live) }
        page.lineEnd()
        page.element("p", [("id", "note"), ("role", "status")], text: "")
        page.element("p", [("id", "heard"), ("role", "status")], text: "")
        page.lineEnd()
      }
    }
    page.lineEnd()
    return page.markup
  }

  private func head(_ page: inout MarkupWriter) {
    page.open("meta", [("charset", "utf-8")])
    page.open(
      "meta",
      [("name", "viewport"), ("content", "width=device-width, initial-scale=1")]
    )
    page.open("meta", [("name", "color-scheme"), ("content", "light dark")])
    // Forms of a page without any referrer would come from the origin 'null', which the server refuses.
    page.open("meta", [("name", "referrer"), ("content", "same-origin")])
    page.element("title") { $0.plain(title) }
    page.open("link", [("rel", "icon"), ("href", "data:,")])
    page.open("link", [("rel", "stylesheet"), ("href", place.style)])
    if isLive { page.element("script", [("src", "/live.js"), ("defer", nil)], text: "") }
    if isLive, sendsPictures {
      page.element("script", [("src", "/try.js"), ("defer", nil)], text: "")
    }
  }
}
