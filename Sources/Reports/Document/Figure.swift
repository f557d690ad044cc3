package import Charts
import Notation
import Sweeps

/// A picture with all that stands around it: what it shows, its numbers, and what was left out of it.
package struct Figure: Sendable {
  /// The stem of its file, unique in a report: letters, digits, `.`, `_` and `-`.
  package let name: String
  /// The finding, with its number and how many seeds it rests on.
  package let title: Prose
  /// The numbers in a sentence, for those who hear the page.
  package let label: String
  /// What is drawn, by the formats that show pictures.
  package let chart: any Chart
  /// The numbers that are drawn.
  package let data: Table
  /// What the marks mean, and what was left out of them.
  package let note: Prose
  /// What formats without pictures show in its place; nothing where the tables around it say the same.
  package let plain: [Block]
  /// Puts words and numbers around a chart.
  ///
  /// - Parameters:
  ///   - name: What it is of; other characters than those of a file's name are replaced.
  ///   - title: The finding, with its number and how many seeds it rests on.
  ///   - label: The numbers in a sentence.
  ///   - chart: What is drawn.
  ///   - data: The numbers that are drawn.
  ///   - note: What the marks mean.
  ///   - plain: What formats without pictures show in its place.
  package init(
    name: String,
    title: Prose,
    label: String,
    chart: some Chart,
    data: Table,
    note: Prose,
    plain: [Block] = []
  ) {
    self.name = Self.fileName(of: name)
    self.title = title
    self.label = label
    self.chart = chart
    self.data = data
    self.note = note
    self.plain = plain
  }

  /// A name of a file for any text: short, because file systems are.
  private static func fileName(of name: String) -> String {
    let safe = SweepFolder.name(of: name)
    return safe.utf8.count <= 60
      ? safe : safe.prefix(50) + "-" + Digest.hexadecimal(of: name).prefix(6)
  }

  /// The name of its file.
  package var fileName: String { name + ".svg" }
}

extension Report {
  /// All figures in reading order.
  package var figures: [Figure] { sections.flatMap(\.blocks).flatMap(\.figures) }
}

extension Block {
  /// What formats without pictures, in which nothing can be hidden, show of it.
  package var withoutPictures: [Block] {
    switch self {
    case .paragraph, .list, .table, .preformatted, .plot: [self]
    case .figure(let figure): figure.plain
    case .disclosure(_, let blocks): blocks.flatMap(\.withoutPictures)
    }
  }

  fileprivate var figures: [Figure] {
    switch self {
    case .paragraph, .list, .table, .preformatted, .plot: []
    case .figure(let figure): [figure]
    case .disclosure(_, let blocks): blocks.flatMap(\.figures)
    }
  }
}
