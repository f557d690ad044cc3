package import Notation
package import Statistics

/// The same amount added to every pixel, uniform up to the strength either way.
package struct Brightness: Augmentation {
  package static let kinds = [
    Setting("brightness", .number(.between(0, 1)), default: 0, "amount either way, white = 1")
  ]

  private let strength: Double

  package init?(_ strengths: AugmentationStrengths) {
    strength = strengths[Self.kinds[0]]
    if strength == 0 { return nil }
  }

  package func apply(to picture: inout Picture, using rng: inout SeededGenerator) {
    let change = Float((2 * rng.uniform() - 1) * strength)
    for i in picture.values.indices { picture.values[i] += change }
  }
}
