package import Statistics

/// The same amount added to every pixel, uniform up to the strength either way.
package struct Brightness: Augmentation {
  private let strength: Double

  package init?(_ strengths: AugmentationStrengths) {
    strength = strengths.brightness
    if strength == 0 { return nil }
  }

  package func apply(to picture: inout Picture, using rng: inout SeededGenerator) {
    let change = Float((2 * rng.uniform() - 1) * strength)
    for i in picture.values.indices { picture.values[i] += change }
  }
}
