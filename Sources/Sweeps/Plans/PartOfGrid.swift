package import Statistics

/// What a part of a grid can tell of the whole: which changes a least-squares fit to its cells can estimate, and
/// which interactions would shift them.
package struct PartOfGrid: Sendable, Equatable {
  /// The changes of one axis.
  package struct Effect: Sendable, Equatable {
    package let axis: String
    /// The levels whose change from the baseline can be estimated, and those whose cannot.
    package let told: [String]
    package let untold: [String]
    /// What shifts the changes, the largest first.
    package let aliases: [LeastSquares.Alias]
  }

  /// One for each axis of two levels or more.
  package let effects: [Effect]
  package let cellCount: Int

  /// Larger parts are not fitted beforehand.
  private static let cellLimit = 5_000

  /// - Returns: nil for a whole grid, and for a part that is too large to look at.
  package init?(_ grid: Grid) {
    guard grid.cells.unsampledCount > 0, grid.cellCount <= Self.cellLimit else { return nil }
    let factors = grid.axes.map { Factor(name: $0.name, levels: $0.levels.map(\.text)) }
    let fit = LeastSquares(cells: Array(grid.cells), factors: factors)
    cellCount = grid.cellCount
    effects = factors.indices.filter { factors[$0].levels.count > 1 }.map { place in
      let factor = factors[place]
      var told: [String] = []
      var untold: [String] = []
      var largest: [String: LeastSquares.Alias] = [:]
      for level in factor.levels.indices.dropFirst() {
        guard let weights = fit.weights(of: place, to: level) else {
          untold.append(factor.levels[level])
          continue
        }
        told.append(factor.levels[level])
        for alias in fit.aliases(of: weights) {
          let key = alias.first + "\n" + alias.second
          if alias.share > (largest[key]?.share ?? 0) { largest[key] = alias }
        }
      }
      return Effect(
        axis: factor.name,
        told: told,
        untold: untold,
        aliases: largest.values.sorted {
          ($1.share, $0.first, $0.second) < ($0.share, $1.first, $1.second)
        }
      )
    }
  }

  /// Whether no change of any axis can be estimated.
  package var tellsNothing: Bool { effects.allSatisfy(\.told.isEmpty) }
}
