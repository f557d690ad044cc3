/// What somebody says about a table of runs that the table leaves open.
package struct TableReading: Sendable, Equatable {
  /// What several results of one cell and seed stand for.
  package enum Replicates: String, Sendable, CaseIterable {
    /// Their mean is the result.
    case mean
    /// The first, or the last, in the order of the rows is.
    case first, last
  }

  /// The program that exported the table; nil for a table with the names of the design.
  package var origin: TableOrigin?
  /// nil where several results of one cell and seed are a mistake.
  package var replicates: Replicates?
  /// Whether rows that cannot be understood count as runs that failed.
  package var dropsBad: Bool
  /// The column of the seeds.
  package var seedColumn: String?

  package init(
    origin: TableOrigin? = nil,
    replicates: Replicates? = nil,
    dropsBad: Bool = false,
    seedColumn: String? = nil
  ) {
    self.origin = origin
    self.replicates = replicates
    self.dropsBad = dropsBad
    self.seedColumn = seedColumn
  }
}
