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
  ///   - picture: Values from 0 to 1 as the set has them, or as the kinds before this one left them: brightness,
  ///     contrast and noise may lead out of that range, and of the kinds after them only an operation of `trivial` leads
  ///     back into it. The network sees what they all make.
  ///   - rng: The stream of this kind for this image in this epoch, so that no kind shifts another's draws.
  func apply(to picture: inout Picture, using rng: inout SeededGenerator)
}

extension Augmentation {
  /// What its random stream is called, for a purpose.
  static func stream(_ purpose: String) -> String { "\(purpose) \(kinds[0].name)" }
}

/// What comes into a picture that is turned, made smaller or moved.
package enum PictureBorder: String, CaseIterable, Sendable {
  case black
  /// The outermost pixels go on.
  case edge
  /// The picture mirrored at the middles of its outermost pixels.
  case mirror
}

/// The augmentations there are, in the order they are applied.
package enum Augmentations {
  package static let all: [any Augmentation.Type] = [
    RandomResizedCrop.self, Flip.self, Affine.self, Brightness.self, PixelContrast.self,
    TrivialAugment.self, Erasing.self, Noise.self,
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
  /// What lies around it.
  package var border = PictureBorder.black

  package init(rows: Int, columns: Int, channels: Int) {
    self.rows = rows
    self.columns = columns
    self.channels = channels
    values = Array(repeating: 0, count: rows * columns * channels)
  }
}
