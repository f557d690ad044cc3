/// Main effects of a part of a grid: every seed is a block, and within it a least-squares fit of one effect per level
/// to all of its cells.
///
/// Where the grid is full the fit is the mean of the matched differences. Where it is not, most cells have no partner
/// that differs in one factor alone, and the fit takes the other factors' main effects out. It cannot take out what
/// depends on two factors: an effect of the fit is shifted by the interactions that it is aliased with.
///
/// X is cells × (1 + the sum over factors of levels − 1), 1 in the first column and then a 0/1 column for each level
/// but the baseline.
///
/// Reference: Box, Hunter, Hunter (2005), Statistics for Experimenters, chapter 6; Searle (1971), Linear Models,
/// section 5.4, for which functions a fit can estimate.
package struct LeastSquares: Sendable {
  /// An interaction that shifts an effect of the fit.
  package struct Alias: Sendable, Equatable {
    /// The two factors.
    package let first: String
    package let second: String

    /// What the effect is shifted by, in parts of the largest difference of differences of the two.
    package let share: Double
  }

  private let factors: [Factor]
  private let cells: [[Int]]
  /// The place of each factor's first column; level l ≥ 1 of factor f has column `start[f] + l − 1`.
  private let starts: [Int]
  private let width: Int
  /// XᵀX.
  private let gram: [[Double]]

  /// - Parameters:
  ///   - cells: The level index of each factor, one entry per cell.
  ///   - factors: The factors.
  package init(cells: [[Int]], factors: [Factor]) {
    self.cells = cells
    self.factors = factors
    var starts: [Int] = []
    var width = 1
    for factor in factors {
      starts.append(width)
      width += max(0, factor.levels.count - 1)
    }
    self.starts = starts
    self.width = width
    var gram = Array(repeating: [Double](repeating: 0, count: width), count: width)
    for cell in cells {
      let columns = Self.columns(of: cell, starts)
      for row in columns { for column in columns { gram[row][column] += 1 } }
    }
    self.gram = gram
  }

  /// The columns in which a cell has a 1.
  private static func columns(of cell: [Int], _ starts: [Int]) -> [Int] {
    [0] + zip(cell, starts).compactMap { level, start in level > 0 ? start + level - 1 : nil }
  }

  /// The weight of each cell in the change of a factor from its baseline to a level.
  ///
  /// - Returns: nil where the cells cannot tell the change from those of other factors.
  package func weights(of factor: Int, to level: Int) -> [Double]? {
    var wanted = [Double](repeating: 0, count: width)
    wanted[starts[factor] + level - 1] = 1
    guard let solution = solve(wanted) else { return nil }
    return cells.map { cell in
      compensatedSum(Self.columns(of: cell, starts).map { solution[$0] })
    }
  }

  /// Solves XᵀX z = c by elimination with full pivots; the rest of z is 0 where the rank is short.
  ///
  /// - Returns: nil where no z does.
  private func solve(_ wanted: [Double]) -> [Double]? {
    var matrix = gram
    var right = wanted
    var order = Array(0..<width)
    var rank = 0
    // Entries are counts of cells; a pivot that is rounding is far smaller than any of them.
    let tolerance = 1e-9 * Double(max(1, cells.count))
    while rank < width {
      var pivot = (row: rank, column: rank)
      for row in rank..<width {
        for column in rank..<width
        where abs(matrix[row][column]) > abs(matrix[pivot.row][pivot.column]) {
          pivot = (row, column)
        }
      }
      guard abs(matrix[pivot.row][pivot.column]) > tolerance else { break }
      matrix.swapAt(rank, pivot.row)
      right.swapAt(rank, pivot.row)
      for row in matrix.indices { matrix[row].swapAt(rank, pivot.column) }
      order.swapAt(rank, pivot.column)
      for row in 0..<width where row != rank && matrix[row][rank] != 0 {
        let factor = matrix[row][rank] / matrix[rank][rank]
        for column in rank..<width { matrix[row][column] -= factor * matrix[rank][column] }
        right[row] -= factor * right[rank]
      }
      rank += 1
    }
    guard right[rank...].allSatisfy({ abs($0) < 1e-7 }) else { return nil }
    var solution = [Double](repeating: 0, count: width)
    for row in 0..<rank { solution[order[row]] = right[row] / matrix[row][row] }
    return solution
  }

  /// The interactions of two factors that shift an effect of these weights, the largest first.
  package func aliases(of weights: [Double]) -> [Alias] {
    var aliases: [Alias] = []
    for first in factors.indices {
      for second in factors.indices where second > first {
        let share = largestShare(of: weights, first, second)
        if share > 1e-9 {
          aliases.append(
            Alias(first: factors[first].name, second: factors[second].name, share: share)
          )
        }
      }
    }
    return aliases.sorted { ($1.share, $0.first, $0.second) < ($0.share, $1.first, $1.second) }
  }

  /// Over all pairs of levels but the baselines: the weighted sum of the interaction's column, whose difference of
  /// differences is 1 and whose means over either factor of the full grid are 0.
  private func largestShare(of weights: [Double], _ first: Int, _ second: Int) -> Double {
    let counts = (Double(factors[first].levels.count), Double(factors[second].levels.count))
    var sums: [[CompensatedSum]] = Array(
      repeating: Array(repeating: CompensatedSum(), count: factors[second].levels.count),
      count: factors[first].levels.count
    )
    for (weight, cell) in zip(weights, cells) { sums[cell[first]][cell[second]].add(weight) }
    let table = sums.map { $0.map(\.value) }
    let rows = table.map { compensatedSum($0) }
    let columns = (0..<factors[second].levels.count).map { place in
      compensatedSum(table.map { $0[place] })
    }
    let total = compensatedSum(rows)
    var largest = 0.0
    for one in factors[first].levels.indices.dropFirst() {
      for two in factors[second].levels.indices.dropFirst() {
        let share =
          table[one][two] - rows[one] / counts.1 - columns[two] / counts.0
          + total / (counts.0 * counts.1)
        largest = max(largest, abs(share))
      }
    }
    return largest
  }

  /// The change of a factor as a contrast of all cells, with what shifts it.
  ///
  /// - Returns: nil where the cells cannot tell it.
  func change(of factor: Int, to level: Int) -> (contrast: Contrast, aliases: [Alias])? {
    guard let weights = weights(of: factor, to: level) else { return nil }
    let parts = zip(cells, weights).map { cell, weight in
      Contrast.Part(levels: zip(factors, cell).map { $0.levels[$1] }, weight: weight)
    }
    return (Contrast(cells: parts, of: factors.map(\.name)), aliases(of: weights))
  }
}
