package import Notation
package import Statistics

/// Independent normal noise on every pixel; the strength is its deviation.
package struct Noise: Augmentation {
  package static let kinds = [
    Setting("noise", .number(.between(0, 1)), default: 0, "deviation, white = 1")
  ]

  private let deviation: Double

  package init?(_ strengths: AugmentationStrengths) {
    deviation = strengths[Self.kinds[0]]
    if deviation == 0 { return nil }
  }

  package func apply(to picture: inout Picture, using rng: inout SeededGenerator) {
    for i in picture.values.indices {
      picture.values[i] += Float(deviation * rng.normal())
    }
  }
}
