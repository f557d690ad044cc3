/// A heading and what stands under it.
package struct Section: Sendable {
  package let heading: String
  package let blocks: [Block]
  /// Whether formats that can hide show no more than the heading until more is asked for.
  package let isFolded: Bool

  package init(_ heading: String, _ blocks: [Block], isFolded: Bool = false) {
    self.heading = heading
    self.blocks = blocks
    self.isFolded = isFolded
  }

  /// The same section, folded.
  var folded: Section { Section(heading, blocks, isFolded: true) }
}

/// A piece of a section, which every format renders.
package enum Block: Sendable {
  /// Running text.
  case paragraph(Prose)
  /// Points in no particular order.
  case list([Prose])
  /// Rows and columns.
  case table(Table)
  /// Text whose spaces and line ends matter, such as a log's last lines.
  case preformatted(String)
  /// A picture with its title, numbers and notes.
  case figure(Figure)
  /// What is hidden until it is asked for, where a format can hide: a heading, and what it opens.
  case disclosure(Prose, [Block])
  /// Intervals drawn with characters, which formats of a given width fit to it.
  case plot(ForestPlot)
}
