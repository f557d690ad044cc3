import Notation
import Reports

/// What the networks of each cell say of one picture: the answer, and a bar of how sure they are.
struct OpinionBars {
  let picture: TriedPicture
  /// Whether what speaks for the answers is shown beside them.
  let showsMaps: Bool

  func write(to page: inout MarkupWriter) {
    page.element("ol", [("class", "opinions")]) { page in
      for cell in picture.cells {
        page.element("li") { row(&$0, cell) }
      }
    }
  }

  private func row(_ page: inout MarkupWriter, _ cell: TriedPicture.CellAnswer) {
    page.element("span", [("class", "cell")], text: cell.name)
    page.element("b", [("class", "says")], text: cell.answer)
    if let probability = cell.probability {
      bar(&page, probability)
      page.element("span", [("class", "count")], text: Self.percent(probability))
    } else {
      page.element("span", [("class", "agree")], text: "\(cell.agreeing) of \(cell.networks) agree")
    }
    if showsMaps, let map = cell.map {
      page.image(map, label: "What speaks for \(cell.answer), \(cell.name)", kind: "map")
    }
  }

  private func bar(_ page: inout MarkupWriter, _ probability: Double) {
    page.element(
      "svg",
      [("viewBox", "0 0 100 10"), ("preserveAspectRatio", "none"), ("aria-hidden", "true")]
    ) { page in
      let width = "\(Int((100 * probability).rounded()))"
      page.element("rect", [("width", width), ("height", "10")], text: "")
    }
  }

  /// Whole per cent; what is not quite certain is not called so.
  static func percent(_ probability: Double) -> String {
    let whole = Int((100 * probability).rounded())
    return whole == 100 && probability < 1 ? "> 99 %" : "\(whole) %"
  }

  /// How many networks are behind an answer.
  var note: String {
    let counts = Set(picture.cells.map(\.networks))
    let networks =
      counts.count == 1 && counts.first == 1
      ? "one network each"
      : "the mean over \(counts.count == 1 ? "\(counts.first ?? 0)" : "the") networks of each"
    return "How sure they are: \(networks). How sure is not how right."
  }
}
