/// The colours of all charts, for light and for dark surroundings.
package enum Palette {
  /// The style text that inline drawings need once per page: custom properties named `--chart-…`,
  /// among them `--chart-paper` and `--chart-ink` for the page itself.
  package static let css = ""
}
