package import Notation

/// All runs of a spec, lazily: every cell with every seed; the last axis varies fastest and the seed slowest.
package struct Grid: RandomAccessCollection, Sendable {
  package let axes: [Axis]
  package private(set) var seeds: [Int]
  package private(set) var cells: Cells
  private let identity: RunIdentity
  private let fixed: [JSONObject.Member]
  /// By axis and level, the settings that the level stands for.
  private let levelMembers: [[[JSONObject.Member]]]

  /// Finds the runs of a spec; none of them is made before it is asked for.
  ///
  /// - Parameters:
  ///   - spec: What the runs are of.
  ///   - trainer: The built-in trainer, for defaults, version and data digests.
  ///   - files: Where the inputs of a command lie.
  /// - Throws: `SpecError` where the cells cannot be counted, or what the data digest throws.
  package init(_ spec: Spec, trainer: Trainer, files: any SpecFiles) throws {
    axes = spec.axes
    cells = try Cells(spec)
    seeds = spec.seeds
    identity = try RunIdentity(spec, trainer: trainer, files: files)
    fixed = spec.settings.members
    levelMembers = spec.axes.map { $0.levels.map(\.values.members) }
    guard !cells.count.multipliedReportingOverflow(by: seeds.count).overflow else {
      throw SpecError.tooManyCells
    }
  }

  /// The runs that a filter wants, without another look at the data.
  ///
  /// - Parameters:
  ///   - filter: Which runs are wanted; nil for all.
  ///   - spec: The spec of this grid, or one that differs from it in nothing but its sample.
  /// - Returns: A part of the grid, in its order.
  /// - Throws: `SpecError` where the cells cannot be counted.
  package func selecting(_ filter: RunFilter?, of spec: Spec) throws -> Grid {
    var part = self
    part.cells = try Cells(spec, filter: filter?.pattern)
    part.seeds = seeds.filter { filter?.seeds?.contains($0) ?? true }
    return part
  }

  /// The digest of each thing that the runs read, in hexadecimal, by its name in the spec.
  ///
  /// For a command these are its `inputs`; for the built-in trainer each combination of the settings that say
  /// which data is read, as compact JSON. Empty for a command without inputs.
  package var fingerprints: [String: String] { identity.fingerprints }

  /// Cells that run, with each seed once.
  package var cellCount: Int { cells.count }
  /// Cells of the product that `exclude` and `when` leave out.
  package var excludedCellCount: Int { cells.excludedCount }

  /// How many different sets of data the runs read; 0 where none is digested.
  package var dataSetCount: Int { identity.dataSetCount }

  package var startIndex: Int { 0 }
  package var endIndex: Int { cells.count * seeds.count }

  /// The run at an index.
  ///
  /// - Complexity: One binary search per axis, and a digest of the settings.
  package subscript(index: Int) -> Run {
    let (seedIndex, cellIndex) = index.quotientAndRemainder(dividingBy: cells.count)
    return run(of: cells[cellIndex], seed: seeds[seedIndex])
  }

  /// The run of a cell, the index of a level for each axis, with a seed.
  package func run(of cell: [Int], seed: Int) -> Run {
    var levels: [String] = []
    levels.reserveCapacity(cell.count)
    for (axis, level) in zip(axes, cell) { levels.append(axis.levels[level].text) }
    return Run(
      id: identity.id(of: cell, seed: seed),
      seed: seed,
      levels: levels,
      settings: settings(of: cell)
    )
  }

  /// The id of the run at an index, without the run.
  package func id(at index: Int) -> String {
    let (seedIndex, cellIndex) = index.quotientAndRemainder(dividingBy: cells.count)
    return identity.id(of: cells[cellIndex], seed: seeds[seedIndex])
  }

  /// The run whose levels tables show as these texts, or nil where it is not planned.
  package func run(levels: [String], seed: Int) -> Run? {
    guard levels.count == axes.count, seeds.contains(seed) else { return nil }
    let cell = zip(axes, levels).compactMap { $0.index(of: $1) }
    guard cell.count == axes.count, cells.index(of: cell) != nil else { return nil }
    return run(of: cell, seed: seed)
  }

  /// Whether a cell, the index of a level for each axis, is one of the grid's.
  package func hasCell(_ cell: [Int]) -> Bool { cells.index(of: cell) != nil }

  /// Fixed settings and those of a cell's levels, as the trainer gets them.
  package func settings(of cell: [Int]) -> JSONObject {
    var members = fixed
    members.reserveCapacity(fixed.count + cell.count)
    for (axis, level) in zip(levelMembers, cell) { members.append(contentsOf: axis[level]) }
    return JSONObject(members)
  }
}
