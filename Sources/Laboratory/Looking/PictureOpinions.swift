/// What the kept networks of a sweep say of pictures, cell by cell.
package struct PictureOpinions: Sendable {
  /// The name of the sweep, and of its axes in the spec's order.
  package let sweep: String
  package let axes: [String]
  /// The files that they were asked about.
  package let pictures: [String]
  /// In the order of the grid.
  package let cells: [CellOpinion]
}

/// What the networks of one cell say, one for each seed that left one.
package struct CellOpinion: Sendable {
  /// The cell's levels, an entry for each axis.
  package let levels: [String]
  package let classes: [String]
  package let seeds: [Int]
  /// (networks, pictures, classes).
  let probabilities: [[[Float]]]

  /// The answer of the mean of all networks, which is how they are asked together.
  package struct Answer: Sendable, Equatable {
    /// A place among the classes; of equals the first.
    package let place: Int
    /// The mean over networks of the probability of each class.
    package let means: [Double]
    /// The least and the largest probability that a network gives the answer.
    package let range: ClosedRange<Double>
    /// How many of the networks give the same answer by themselves.
    package let agreeing: Int

    /// The mean probability of the answer.
    package var probability: Double { means[place] }
  }

  /// What they say of one picture.
  ///
  /// - Parameter picture: Its place among those that were asked about.
  /// - Returns: What they say together, and how far they agree.
  package func answer(on picture: Int) -> Answer {
    let rows = probabilities.map { $0[picture] }
    let means = classes.indices.map { place in
      rows.reduce(0) { $0 + Double($1[place]) } / Double(rows.count)
    }
    let best = Self.largest(means)
    let own = rows.map { Double($0[best]) }
    return Answer(
      place: best,
      means: means,
      range: (own.min() ?? 0)...(own.max() ?? 0),
      agreeing: rows.count { Self.largest($0) == best }
    )
  }

  private static func largest<Number: Comparable>(_ numbers: [Number]) -> Int {
    numbers.indices.dropFirst().reduce(0) { numbers[$1] > numbers[$0] ? $1 : $0 }
  }
}
