package import Notation
package import Statistics

/// Every pixel's distance from the picture's mean times 1 ± a uniform share.
package struct PixelContrast: Augmentation {
  package static let kinds = [
    Setting("contrast", .number(.between(0, 1)), default: 0, "share either way")
  ]

  private let strength: Double

  package init?(_ strengths: AugmentationStrengths) {
    strength = strengths[Self.kinds[0]]
    if strength == 0 { return nil }
  }

  package func apply(to picture: inout Picture, using rng: inout SeededGenerator) {
    let factor = Float(1 + (2 * rng.uniform() - 1) * strength)
    let mean = picture.values.reduce(0, +) / Float(picture.values.count)
    for i in picture.values.indices {
      picture.values[i] = mean + (picture.values[i] - mean) * factor
    }
  }
}
