package import Notation

/// What a spec would run, before anything runs: how much, of what, and what in it is the same twice.
package struct SweepPlan: Sendable, Equatable {
  /// A cell as a person sees it: what is not at its baseline.
  package struct Cell: Sendable, Equatable {
    /// Its number among the cells, from 1.
    package let number: Int
    /// `axis=level` for each axis away from its baseline, in the order of the axes.
    package let differences: [String]
  }

  /// Cells at each end that are shown where there are too many for all.
  private static let shownAtEachEnd = 4
  /// All cells are shown up to this many.
  private static let shownInAll = 16
  /// Cells that are compared with each other; of larger grids, the first.
  private static let comparedLimit = 10_000

  /// Cells of the full product.
  package let productCells: Int
  /// Of those, cells that `exclude` and `when` leave out.
  package let excludedCells: Int
  /// Of the rest, cells that the sample does not take.
  package let unsampledCells: Int
  /// Cells that run, extra ones included.
  package let cells: Int
  package let seeds: Int
  package var runs: Int { cells * seeds }
  /// `axis=level` of the cell in which every axis is at its first level.
  package let baseline: [String]
  /// The first cells, or all of them where they are few.
  package let first: [Cell]
  /// The last cells where `first` does not hold all.
  package let last: [Cell]
  /// Cells, by number, whose settings are the same once defaults are left out; each group has two or more.
  package let duplicates: [[Int]]
  /// How many different sets of data the runs read; 0 where the spec names none.
  package let dataSets: Int
  /// How many cells train on features that `results/cache` keeps, of those that were looked at.
  package let featureSharingCells: Int
  /// What a sample of the cells can tell; nil where all of them run.
  package let part: PartOfGrid?

  /// Looks at a grid.
  ///
  /// - Parameters:
  ///   - grid: All runs of a spec.
  ///   - trainer: For its defaults; nil where a command replaces it.
  package init(of grid: Grid, trainer: Trainer?) {
    func cell(_ index: Int) -> Cell {
      let differences = zip(grid.axes, grid.cells[index])
        .filter { $1 != 0 }.map { "\($0.name)=\($0.levels[$1].text)" }
      return Cell(number: index + 1, differences: differences)
    }
    productCells = grid.cells.productCount
    excludedCells = grid.excludedCellCount
    unsampledCells = grid.cells.unsampledCount
    cells = grid.cellCount
    seeds = grid.seeds.count
    baseline = grid.axes.map { "\($0.name)=\($0.baseline.text)" }
    let showsAll = grid.cellCount <= SweepPlan.shownInAll
    let head = showsAll ? grid.cellCount : SweepPlan.shownAtEachEnd
    first = (0..<head).map(cell)
    last = showsAll ? [] : (grid.cellCount - SweepPlan.shownAtEachEnd..<grid.cellCount).map(cell)
    duplicates = SweepPlan.duplicates(in: grid, trainer)
    dataSets = grid.dataSetCount
    featureSharingCells = SweepPlan.featureSharingCells(in: grid, trainer)
    part = PartOfGrid(grid)
  }

  private static func featureSharingCells(in grid: Grid, _ trainer: Trainer?) -> Int {
    guard let trainer else { return 0 }
    return grid.cells.prefix(comparedLimit).count { trainer.sharesFeatures(grid.settings(of: $0)) }
  }

  private static func duplicates(in grid: Grid, _ trainer: Trainer?) -> [[Int]] {
    var numbers: [JSONObject: [Int]] = [:]
    for (index, cell) in grid.cells.prefix(comparedLimit).enumerated() {
      let settings = grid.settings(of: cell)
      numbers[trainer?.withoutDefaults(settings) ?? settings, default: []].append(index + 1)
    }
    return numbers.values.filter { $0.count > 1 }.sorted { $0[0] < $1[0] }
  }
}

extension Trainer {
  /// The settings that differ from their defaults; so the members of objects.
  package func withoutDefaults(_ values: JSONObject) -> JSONObject {
    Trainer.withoutDefaults(values, settings)
  }

  private static func withoutDefaults(_ values: JSONObject, _ settings: [Setting]) -> JSONObject {
    JSONObject(
      values.members.compactMap { member in
        guard let setting = settings.first(where: { $0.name == member.key }) else { return member }
        guard setting.defaultValue != member.value else { return nil }
        guard case .object(let inner) = member.value,
          case .object(let inside) = setting.objectForm(with: inner.keys)
        else { return member }
        return JSONObject.Member(
          key: member.key,
          value: .object(withoutDefaults(inner, inside))
        )
      }
    )
  }
}
