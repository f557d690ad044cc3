/// Small images in labelled rows and columns, enlarged without smoothing.
package struct ImageGrid: Chart, Equatable {
  /// The images of one level, from left to right.
  package struct Row: Sendable, Equatable {
    package let label: String
    package let images: [Picture]

    package init(label: String, images: [Picture]) {
      self.label = label
      self.images = images
    }
  }

  package let rows: [Row]
  package let columns: [String]
  package let imageLimit: Int

  /// - Parameters:
  ///   - rows: From top to bottom; a row without a label gets no room for one if none has a label.
  ///   - columns: The names of the columns, or empty for none.
  ///   - imageLimit: The most images drawn in the whole chart.
  package init(rows: [Row], columns: [String] = [], imageLimit: Int = 400) {
    self.rows = rows
    self.columns = columns
    self.imageLimit = imageLimit
  }

  package var drawing: Drawing { Drawing(width: 400, height: 60) }
}
