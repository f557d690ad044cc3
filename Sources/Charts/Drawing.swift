/// A picture of a fixed natural size, as a list of elements in painting order.
package struct Drawing: Sendable, Equatable {
  /// The natural size, in units that are CSS pixels when nothing scales the picture.
  package let width: Double
  package let height: Double
  /// What the picture leaves out, one sentence each, to be printed under it.
  package private(set) var notes: [String] = []

  init(width: Double, height: Double) {
    self.width = width
    self.height = height
  }

  /// The picture as an element of an HTML page that holds `Palette.css`.
  ///
  /// - Parameter label: What the picture shows, with its numbers, for those who cannot see it.
  package func svg(label: String) -> String {
    "<svg class=\"chart\" role=\"img\" viewBox=\"0 0 \(width) \(height)\"></svg>"
  }

  /// The picture as a file that needs nothing else.
  ///
  /// - Parameter label: What the picture shows, with its numbers, for those who cannot see it.
  package func file(label: String) -> String {
    "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 \(width) \(height)\"></svg>\n"
  }
}
