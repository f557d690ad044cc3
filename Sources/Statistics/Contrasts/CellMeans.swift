/// The mean and spread of a metric in each cell of the grid, over all seeds that the cell has.
package struct CellMeans: Sendable, Equatable {
  /// One cell: a level of each factor.
  package struct Cell: Sendable, Equatable {
    package let levels: [String]

    /// How many seeds have a finite value.
    package let count: Int
    package let mean: Double?

    /// The standard deviation over seeds; nil below two of them.
    package let spread: Double?
  }

  /// Grids with more cells than this list only the cells that have runs.
  package static let largestFullGrid = 100_000

  package let cells: [Cell]

  /// The pooled within-cell spread: how much two runs differ by luck; nil where no cell has two
  /// seeds.
  package let runSpread: Double?

  /// Summarizes the cells of each metric of the design, in grid order.
  static func all(_ runs: PairedRuns) -> [CellMeans] {
    let factors = runs.design.factors
    let isFull = runs.design.cellCount(of: factors) <= largestFullGrid
    var grid = isFull ? product(factors.map(\.levels.count)) : runs.cellsWithResults
    if grid.isEmpty && factors.isEmpty { grid = [[]] }
    let indexes = Dictionary(uniqueKeysWithValues: runs.cells.enumerated().map { ($1, $0) })
    let ranges = grid.map { indexes[$0].map { runs.runsOfCell[$0] } ?? 0..<0 }
    let names = grid.map { zip(factors, $0).map { $0.levels[$1] } }
    return runs.columns.map { column in
      CellMeans(
        cells: zip(names, ranges).map { levels, range in
          let values = column[range].filter { !$0.isNaN }
          return Cell(
            levels: levels,
            count: values.count,
            mean: values.isEmpty ? nil : Statistics.mean(values),
            spread: values.count < 2 ? nil : standardDeviation(values)
          )
        }
      )
    }
  }

  private init(cells: [Cell]) {
    self.cells = cells
    let spreads = cells.compactMap { cell in cell.spread.map { (cell.count - 1, $0) } }
    let freedom = spreads.reduce(0) { $0 + $1.0 }
    // Scaled by a power of two, as each cell's own spread is, so that squares neither overflow nor vanish.
    let largest = spreads.reduce(0) { max($0, $1.1) }
    let scale = largest > 0 ? Double(sign: .plus, exponent: largest.exponent, significand: 1) : 1
    let squares = compensatedSum(spreads.lazy.map { Double($0) * ($1 / scale) * ($1 / scale) })
    runSpread = freedom == 0 ? nil : (squares / Double(freedom)).squareRoot() * scale
  }

  /// All index vectors below the counts; the last index varies fastest.
  private static func product(_ counts: [Int]) -> [[Int]] {
    counts.reduce([[]]) { heads, count in
      heads.flatMap { head in (0..<count).map { head + [$0] } }
    }
  }
}
