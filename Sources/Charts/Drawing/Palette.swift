/// What an element is painted with; each has one shade for light and one for dark surroundings.
enum Paint: Hashable {
  /// The colour of the text around, for the data and for words.
  case ink
  case paper, muted, grid, band
  /// The colour of a series, counted from 0; after the last colour they start again.
  case series(Int)
  /// Full colour of the highest and the lowest cells; words in ink are readable on it.
  case high, low
  case right, wrong
}

/// The colours of all charts, for light and for dark surroundings.
///
/// Hues follow Okabe and Ito's set for all kinds of colour vision, with lightness changed so that text in
/// any series' colour has a contrast of at least 4.5 : 1 to the paper (WCAG AA), and neighbours in
/// the order differ in lightness or hue for people who see no red or no green.
///
/// Reference: Okabe and Ito (2008), Color Universal Design.
package enum Palette {
  /// The name, the light shade and the dark shade of every paint.
  static let shades: [(paint: Paint, name: String, light: String, dark: String)] = [
    (.paper, "paper", "#ffffff", "#15181c"),
    (.ink, "ink", "#1b1f24", "#e8eaed"),
    (.muted, "muted", "#59616a", "#a3abb5"),
    (.grid, "grid", "#dfe2e6", "#343a42"),
    (.band, "band", "#eaecf0", "#262b32"),
    (.series(0), "1", "#0a63ad", "#5fb0f2"),
    (.series(1), "2", "#c64e00", "#ff8748"),
    (.series(2), "3", "#0a7d5c", "#2fd6a0"),
    (.series(3), "4", "#b0268a", "#d982b8"),
    (.series(4), "5", "#5e4400", "#fae08a"),
    (.series(5), "6", "#2f2a78", "#8f7fff"),
    (.high, "high", "#8cc4ec", "#1d669b"),
    (.low, "low", "#f2b48f", "#934a20"),
    (.right, "right", "#0b7a5a", "#30d5a1"),
    (.wrong, "wrong", "#c44d02", "#fe8849"),
  ]

  static let seriesCount = shades.count { if case .series = $0.paint { true } else { false } }

  /// The style text that inline drawings need once per page.
  ///
  /// It declares custom properties named `--chart-…`, among them `--chart-paper` and `--chart-ink` for
  /// the page itself, and the class `chart`. Print is always light. On narrow screens a chart keeps
  /// its size, so that its text stays readable: its container scrolls (`overflow-x: auto`).
  package static let css = """
    :root{color-scheme:light dark;\(properties(\.light))}
    @media screen and (prefers-color-scheme:dark){:root{\(properties(\.dark))}}
    .chart{display:block;max-width:100%;height:auto;font-variant-numeric:tabular-nums}
    @media screen and (max-width:720px){.chart{max-width:none}}

    """

  /// The style text of a file that stands alone, whose elements carry the light shades themselves
  /// for programs that do not read style sheets.
  static let fileCSS: String = {
    let dark = shades.map { shade in
      let light = shade.light
      return "[fill=\"\(light)\"]{fill:\(shade.dark)}[stroke=\"\(light)\"]{stroke:\(shade.dark)}"
    }
    return """
      svg{font-variant-numeric:tabular-nums}
      @media screen and (prefers-color-scheme:dark){
      \(dark.joined(separator: "\n"))
      }
      """
  }()

  /// What a page's element is painted with.
  static func property(_ paint: Paint) -> String {
    paint == .ink ? "currentColor" : "var(--chart-\(shade(paint).name))"
  }

  /// What a file's element is painted with.
  static func light(_ paint: Paint) -> String { shade(paint).light }

  static func shade(
    _ paint: Paint
  ) -> (paint: Paint, name: String, light: String, dark: String) {
    var wanted = paint
    if case .series(let index) = paint { wanted = .series(index % seriesCount) }
    guard let shade = shades.first(where: { $0.paint == wanted }) else {
      preconditionFailure("\(paint) has no shade in the palette")
    }
    return shade
  }

  private static func properties(
    _ shade: KeyPath<(paint: Paint, name: String, light: String, dark: String), String>
  ) -> String {
    shades.map { "--chart-\($0.name):\($0[keyPath: shade])" }.joined(separator: ";")
  }
}
