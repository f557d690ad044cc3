import Foundation
package import Statistics

/// Independent normal noise on every pixel; the strength is its deviation.
package struct Noise: Augmentation {
  private let deviation: Double

  package init?(_ strengths: AugmentationStrengths) {
    deviation = strengths.noise
    if deviation == 0 { return nil }
  }

  /// Reference: Box and Muller (1958), A note on the generation of random normal deviates.
  package func apply(to picture: inout Picture, using rng: inout SeededGenerator) {
    for i in picture.values.indices {
      let radius = (-2 * log(1 - rng.uniform())).squareRoot()
      picture.values[i] += Float(deviation * radius * cos(2 * Double.pi * rng.uniform()))
    }
  }
}
