import Reports

/// A page that says one thing: a refusal, or that this server is reached.
package struct NoticePage: Sendable {
  private let heading: String
  private let sentences: [String]
  private let back: String

  /// - Parameters:
  ///   - heading: The thing in a few words.
  ///   - sentences: What more is to be said.
  ///   - back: The path that the one link leads to.
  package init(_ heading: String, _ sentences: [String], back: String = "/") {
    self.heading = heading
    self.sentences = sentences
    self.back = back
  }

  /// The whole page.
  package var document: String {
    var page = MarkupWriter()
    page.element("h1", text: heading)
    for sentence in sentences { page.element("p", text: sentence) }
    page.element("a", [("class", "button"), ("href", back)], text: "Back")
    return Page(title: heading, place: .room, live: page.markup, isLive: false).document
  }
}
