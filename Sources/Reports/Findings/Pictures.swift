package import Charts

/// What only the trainer can show: its images, its weights, its fits, all of which follow from the spec.
package struct Pictures: Sendable {
  /// The same training images as each level of augmentation changes them.
  package struct Sheet: Sendable {
    package let level: String
    package let images: [Picture]

    package init(level: String, images: [Picture]) {
      self.level = level
      self.images = images
    }
  }

  /// The weights of a first layer, each filter as an image.
  package struct Filters: Sendable {
    package let network: String
    package let images: [Picture]

    package init(network: String, images: [Picture]) {
      self.network = network
      self.images = images
    }
  }

  /// What networks make of data of one number.
  package struct Fits: Sendable {
    package let data: [Point]
    package let truth: [Point]
    /// The name of each cell and the curve of its first seed.
    package let cells: [(name: String, curve: [Point])]

    package init(data: [Point], truth: [Point], cells: [(name: String, curve: [Point])]) {
      self.data = data
      self.truth = truth
      self.cells = cells
    }
  }

  package let sheets: [Sheet]
  package let filters: [Filters]
  package let fits: Fits?

  package init(sheets: [Sheet] = [], filters: [Filters] = [], fits: Fits? = nil) {
    self.sheets = sheets
    self.filters = filters
    self.fits = fits
  }
}
