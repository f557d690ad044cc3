package import Charts

/// What the networks of a sweep say of pictures: a table a picture, a row a cell.
package struct PictureReport: Report {
  /// What an answer is.
  package enum Kind: Sendable, Equatable {
    /// One class of several, with how sure the networks are of it.
    case oneClass
    /// How sure they are of each trait.
    case traits([String])
    case number
  }

  /// What the networks of a cell say of one picture.
  package struct Row: Sendable {
    let levels: [String]
    let kind: Kind
    let answer: String
    let numbers: [Double]
    let agreeing: Int
    let count: Int
    let look: Picture?
    let map: Picture?

    /// - Parameters:
    ///   - levels: The cell's, an entry for each axis.
    ///   - kind: What is answered.
    ///   - answer: The class, or the traits that are likelier there than not.
    ///   - numbers: For a class or a number the mean over the networks, the least and the largest; else one mean a trait.
    ///   - agreeing: How many of the networks say the same by themselves.
    ///   - count: How many there are.
    ///   - look: The picture as they got it.
    ///   - map: The picture with what speaks for the answer; nil where that is not known.
    package init(
      levels: [String],
      kind: Kind,
      answer: String,
      numbers: [Double],
      agreeing: Int,
      count: Int,
      look: Picture? = nil,
      map: Picture? = nil
    ) {
      self.levels = levels
      self.kind = kind
      self.answer = answer
      self.numbers = numbers
      self.agreeing = agreeing
      self.count = count
      self.look = look
      self.map = map
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
      let isLast = place == pictures.count - 1
      let kinds = picture.rows.map(\.kind).reduce(into: [Kind]()) { kinds, kind in
        if !kinds.contains(kind) { kinds.append(kind) }
      }
      let tables = kinds.map { kind in
        table(picture.rows.filter { $0.kind == kind }, kind, hasNote: isLast)
      }
      let figure = figure(picture.name, picture.rows, place: place).map { [Block.figure($0)] }
      return Section(picture.name, tables.map(Block.table) + (figure ?? []))
    }
  }

  private static let notes: (oneClass: Prose, traits: Prose, number: Prose) = (
    "sure: the mean, over the kept networks of a cell, of the probability that they give the answer; from, to: the least and the largest of them; agree: how many give this answer by themselves. How sure is not how right: a network can be sure of a picture unlike all that it has seen. The report's reliability tells the two apart.",
    "Below each trait: the mean, over the kept networks of a cell, of the probability of a yes; says: the traits above 0.5; agree: how many networks say these and no others by themselves. How sure is not how right: a network can be sure of a picture unlike all that it has seen.",
    "number: the mean over the kept networks of a cell; from, to: the least and the largest that one of them says."
  )

  private func table(_ rows: [Row], _ kind: Kind, hasNote: Bool) -> Table {
    let columns: [Table.Column]
    let note: Prose
    switch kind {
    case .oneClass:
      columns = [
        .words("answer"), .numbers("sure"), .numbers("from"), .numbers("to"), .numbers("agree"),
      ]
      note = Self.notes.oneClass
    case .traits(let traits):
      columns = [.words("says")] + traits.map(Table.Column.numbers) + [.numbers("agree")]
      note = Self.notes.traits
    case .number:
      columns = [.numbers("number"), .numbers("from"), .numbers("to"), .numbers("networks")]
      note = Self.notes.number
    }
    return Table(
      columns: axes.map(Table.Column.words) + columns,
      rows: rows.map { $0.levels + $0.cells },
      note: hasNote ? note : nil
    )
  }

  /// The picture as the networks got it, and for each cell what speaks for its answer.
  private func figure(_ name: String, _ rows: [Row], place: Int) -> Figure? {
    let drawn = rows.filter { $0.map != nil }
    guard !drawn.isEmpty else { return nil }
    let grid = ImageGrid(
      rows: drawn.map { row in
        ImageGrid.Row(label: row.caption(axes), images: [row.look, row.map].compactMap { $0 })
      }
    )
    return Figure(
      name: "places-\(place + 1)",
      title: "What in \(name) speaks for the answer of each cell",
      label: drawn.map { $0.caption(axes) }.joined(separator: "; ") + ".",
      chart: grid,
      data: Table(
        columns: axes.map(Table.Column.words) + [.words("answer"), .numbers("networks")],
        rows: drawn.map { $0.levels + [$0.answer, "\($0.count)"] }
      ),
      note: Self.mapNote
    )
  }

  private static let mapNote: Prose =
    "Orange places add to the answer before softmax or sigmoid, blue ones take from it, in the mean over the networks of a cell; the fullest colour is the largest share of any cell on this picture. With pooling to one cell and one dense layer this is the class-activation map of Zhou et al. (2016), behind more layers HiResCAM (Draelos and Carin 2020). A place is as coarse as the last features: it also answers for what is around it."
}

extension PictureReport.Row {
  /// What follows the levels in its table.
  fileprivate var cells: [String] {
    let agree = "\(agreeing) of \(count)"
    switch kind {
    case .oneClass: return [answer] + fixed + [agree]
    case .traits: return [answer] + fixed + [agree]
    case .number: return numbers.map { Numeral.significant($0) } + ["\(count)"]
    }
  }

  private var fixed: [String] { numbers.map { Numeral.fixed($0, decimals: 3) } }

  /// The cell and its answer in a few words.
  fileprivate func caption(_ axes: [String]) -> String {
    let cell = zip(axes, levels).map { "\($0) \($1)" }.joined(separator: ", ")
    let said = kind == .number ? Numeral.significant(numbers[0]) : answer
    let sure = kind == .oneClass ? " (\(Numeral.fixed(numbers[0], decimals: 2)))" : ""
    return (cell.isEmpty ? "" : cell + ": ") + said + sure
  }
}

extension PictureReport {
  /// The drawing of a picture's maps, as a file of its own.
  ///
  /// - Parameter place: Which picture.
  /// - Returns: A whole SVG document; nil where there are no maps.
  package func mapFile(_ place: Int) -> String? {
    guard place < pictures.count,
      let figure = figure(pictures[place].name, pictures[place].rows, place: place)
    else { return nil }
    return figure.chart.drawing.file(label: figure.label)
  }
}
