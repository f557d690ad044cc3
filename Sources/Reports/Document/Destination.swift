/// Where a report goes: how text gets there, how wide it is, and whether it shows colours.
package struct Destination {
  /// Columns of a terminal; formats for files have no width.
  package let width: Int
  package let showsColor: Bool
  package let write: (String) throws -> Void

  package init(
    width: Int = 80,
    showsColor: Bool = false,
    write: @escaping (String) throws -> Void
  ) {
    self.width = width
    self.showsColor = showsColor
    self.write = write
  }
}
