package import Notation
package import Statistics

/// A random change of a training image that keeps its label.
package protocol Augmentation: Sendable {
  /// What an object of the setting `augmentation` may hold for it: numbers, of which 0 turns it off.
  static var kinds: [Setting] { get }

  /// Takes its strength from the settings, `nil` where that is 0.
  init?(_ strengths: AugmentationStrengths)

  /// Changes a picture.
  ///
  /// - Parameters:
  ///   - picture: Values from 0 to 1 as the set has them. Sums and products may leave that range: nothing brings
  ///     them back, and the network sees what they make.
  ///   - rng: The stream of this image in this epoch.
  func apply(to picture: inout Picture, using rng: inout SeededGenerator)
}

/// The augmentations there are, in the order they are applied.
package enum Augmentations {
  package static let all: [any Augmentation.Type] = [
    Flip.self, Affine.self, Brightness.self, PixelContrast.self, TrivialAugment.self, Erasing.self,
    Noise.self,
  ]

  /// Everything an object of the setting `augmentation` may hold.
  package static let kinds: [Setting] = all.flatMap { $0.kinds }
}

/// One image as floats from 0 to 1, in memory order H, W, C.
package struct Picture: Sendable, Equatable {
  package let rows: Int
  package let columns: Int
  package let channels: Int
  package var values: [Float]

  package init(rows: Int, columns: Int, channels: Int) {
    self.rows = rows
    self.columns = columns
    self.channels = channels
    values = Array(repeating: 0, count: rows * columns * channels)
  }
}
