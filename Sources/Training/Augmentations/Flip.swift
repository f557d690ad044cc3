package import Notation
package import Statistics

/// Left and right exchanged, with a probability: in no preset but `mirror`, since letters have a direction.
package struct Flip: Augmentation {
  package static let kinds = [
    Setting("flip", .number(.between(0, 1)), default: 0, "probability of a mirror image")
  ]

  private let probability: Double

  package init?(_ strengths: AugmentationStrengths) {
    probability = strengths[Self.kinds[0]]
    if probability == 0 { return nil }
  }

  package func apply(to picture: inout Picture, using rng: inout SeededGenerator) {
    guard rng.uniform() < probability else { return }
    let source = picture.values
    for y in 0..<picture.rows {
      for x in 0..<picture.columns {
        for c in 0..<picture.channels {
          let mirrored = (y * picture.columns + picture.columns - 1 - x) * picture.channels + c
          picture.values[(y * picture.columns + x) * picture.channels + c] = source[mirrored]
        }
      }
    }
  }
}
