/// Where a report goes: how text gets there, how wide it is, and whether it shows colours.
package struct Destination {
  /// Columns of a terminal; formats for files have no width.
  package let width: Int
  package let showsColor: Bool
  /// The folder of the figures' files as a link from the report's own file, without a slash at its end; nil while
  /// there are no files.
  package let figures: String?
  /// The version of the program that writes, which stands in what is written.
  package let version: String
  package let write: (String) throws -> Void

  package init(
    width: Int = 80,
    showsColor: Bool = false,
    figures: String? = nil,
    version: String = "",
    write: @escaping (String) throws -> Void
  ) {
    self.width = width
    self.showsColor = showsColor
    self.figures = figures
    self.version = version
    self.write = write
  }
}
