/// What the networks of a sweep say of pictures: a table a picture, a row a cell.
package struct PictureReport: Report {
  /// What the networks of a cell say of one picture.
  package struct Row: Sendable, Equatable {
    let levels: [String]
    let answer: String
    let probability: Double
    let range: ClosedRange<Double>
    let agreeing: Int
    let count: Int

    /// - Parameters:
    ///   - levels: The cell's, an entry for each axis.
    ///   - answer: The class of the largest mean probability.
    ///   - probability: Its mean over the networks.
    ///   - range: Its least and largest value among them.
    ///   - agreeing: How many give the same answer by themselves.
    ///   - count: How many there are.
    package init(
      levels: [String],
      answer: String,
      probability: Double,
      range: ClosedRange<Double>,
      agreeing: Int,
      count: Int
    ) {
      self.levels = levels
      self.answer = answer
      self.probability = probability
      self.range = range
      self.agreeing = agreeing
      self.count = count
    }
  }

  private let sweep: String
  private let axes: [String]
  private let pictures: [(name: String, rows: [Row])]

  /// - Parameters:
  ///   - sweep: The name of the sweep.
  ///   - axes: The names of its axes.
  ///   - pictures: Each with its rows, in the order in which they are shown.
  package init(of sweep: String, axes: [String], pictures: [(name: String, rows: [Row])]) {
    self.sweep = sweep
    self.axes = axes
    self.pictures = pictures
  }

  package var title: String {
    "\(sweep) about \(Numeral.counted(pictures.count, "picture"))"
  }

  package var sections: [Section] {
    pictures.enumerated().map { place, picture in
      let note: Prose? = place == pictures.count - 1 ? Self.note : nil
      return Section(picture.name, [.table(table(picture.rows, note: note))])
    }
  }

  private static let note: Prose =
    "sure: the mean, over the kept networks of a cell, of the probability that they give the answer; from, to: the least and the largest of them; agree: how many give this answer by themselves. How sure is not how right: a network can be sure of a picture unlike all that it has seen. The report's reliability tells the two apart."

  private func table(_ rows: [Row], note: Prose?) -> Table {
    Table(
      columns: axes.map(Table.Column.words)
        + [
          .words("answer"), .numbers("sure"), .numbers("from"), .numbers("to"), .numbers("agree"),
        ],
      rows: rows.map { row in
        row.levels + [row.answer]
          + [row.probability, row.range.lowerBound, row.range.upperBound]
          .map { Numeral.fixed($0, decimals: 3) } + ["\(row.agreeing) of \(row.count)"]
      },
      note: note
    )
  }
}
