/// A finished report, free of any format: what was found, in the order in which it is to be read.
package struct Report: Sendable {
  /// The name of the sweep.
  package let title: String
  /// The sections in reading order.
  package let sections: [Section]
  /// One row per run, for the formats that carry data and no prose.
  package let runs: RunsTable
  /// What it rests on, for the formats that programs read.
  package let facts: Facts

  package init(title: String, sections: [Section], runs: RunsTable, facts: Facts? = nil) {
    self.title = title
    self.sections = sections
    self.runs = runs
    self.facts = facts ?? Facts(title: title, sections: sections)
  }
}

/// A heading and what stands under it.
package struct Section: Sendable, Equatable {
  package let heading: String
  package let blocks: [Block]

  package init(_ heading: String, _ blocks: [Block]) {
    self.heading = heading
    self.blocks = blocks
  }
}

/// A piece of a section, which every format renders.
package enum Block: Sendable, Equatable {
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
