package import Charts

/// What only the trainer can show: its images, its weights, its fits, all of which follow from the spec.
package struct Pictures: Sendable {
  /// One training image as a level of augmentation draws it again and again; one picture where nothing changes it.
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

  /// A training image, the one that mixup blended it with, and the blend.
  package struct Mixture: Sendable {
    package let image: Picture
    package let partner: Picture
    package let blend: Picture
    /// What is left of the image, from one half to 1.
    package let share: Double

    package init(image: Picture, partner: Picture, blend: Picture, share: Double) {
      self.image = image
      self.partner = partner
      self.blend = blend
      self.share = share
    }
  }

  /// What networks make of data of one number.
  package struct Fits: Sendable {
    /// What the first seed of a cell made of them.
    package struct Cell: Sendable {
      package let name: String
      package let curve: [Point]
      /// Where the curve bends, one straight piece ending and the next beginning.
      package let kinks: [Point]

      package init(name: String, curve: [Point], kinks: [Point] = []) {
        self.name = name
        self.curve = curve
        self.kinks = kinks
      }
    }

    package let data: [Point]
    package let truth: [Point]
    package let cells: [Cell]

    package init(data: [Point], truth: [Point], cells: [Cell]) {
      self.data = data
      self.truth = truth
      self.cells = cells
    }
  }

  /// A validation image that the baseline was sure of, and wrong.
  package struct Mistake: Sendable {
    package let image: Picture
    package let label: String
    package let answer: String
    /// From 0 to 1.
    package let confidence: Double

    package init(image: Picture, label: String, answer: String, confidence: Double) {
      self.image = image
      self.label = label
      self.answer = answer
      self.confidence = confidence
    }
  }

  package let sheets: [Sheet]
  package let filters: [Filters]
  package let fits: Fits?
  /// Images that mixup blended, where a level of the sweep does.
  package let mixtures: [Mixture]
  /// The surest first.
  package let mistakes: [Mistake]

  package init(
    sheets: [Sheet] = [],
    filters: [Filters] = [],
    fits: Fits? = nil,
    mixtures: [Mixture] = [],
    mistakes: [Mistake] = []
  ) {
    self.sheets = sheets
    self.filters = filters
    self.fits = fits
    self.mixtures = mixtures
    self.mistakes = mistakes
  }
}
