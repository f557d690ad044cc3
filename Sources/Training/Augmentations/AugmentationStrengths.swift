import Notation

/// How strongly the training images are changed at random; all 0 leaves them alone.
package struct AugmentationStrengths: Sendable, Equatable {
  /// Largest rotation either way, in degrees.
  package var rotation = 0.0
  /// Largest relative change of size either way.
  package var zoom = 0.0
  /// Largest shift either way along each axis, as a share of half the width or height.
  package var shift = 0.0
  /// Largest shear either way, in degrees.
  package var shear = 0.0
  /// Largest amount added to every pixel either way, white being 1.
  package var brightness = 0.0
  /// Largest relative change of contrast either way.
  package var contrast = 0.0
  /// Largest share of the picture that is painted black.
  package var erasing = 0.0
  /// Probability of a mirrored picture.
  package var flip = 0.0
  /// Deviation of the noise on each pixel, white being 1.
  package var noise = 0.0

  package init() {}
}

extension AugmentationStrengths {
  private static let presets: [(name: String, strength: Double)] = [
    ("none", 0), ("light", 0.5), ("default", 1), ("strong", 2),
  ]

  /// The largest scalar: the zoom of a larger one could turn a picture inside out.
  private static let largestStrength = 9.0

  /// What the setting `augmentation` can be.
  static let forms: [Setting.Form] = [
    .choice(presets.map(\.name)), .number(.between(0, largestStrength)), .object(kinds),
  ]

  /// The kinds an object may hold.
  private static let kinds: [Setting] = [
    Setting(
      "rotation",
      .number(.between(0, 180)),
      default: 0,
      "degrees either way"
    ),
    Setting("zoom", .number(.from(0, below: 1)), default: 0, "share of size either way"),
    Setting(
      "shift",
      .number(.between(0, 2)),
      default: 0,
      "share of half the width either way"
    ),
    Setting("shear", .number(.from(0, below: 90)), default: 0, "degrees either way"),
    Setting(
      "brightness",
      .number(.between(0, 1)),
      default: 0,
      "amount either way, white = 1"
    ),
    Setting("contrast", .number(.between(0, 1)), default: 0, "share either way"),
    Setting("erasing", .number(.between(0, 1)), default: 0, "largest share painted black"),
    Setting("flip", .number(.between(0, 1)), default: 0, "probability of a mirror image"),
    Setting("noise", .number(.between(0, 1)), default: 0, "deviation, white = 1"),
  ]

  /// Rotation, zoom and shift, scaled together; strength 1 is the preset `default`.
  init(strength: Double) {
    rotation = 12 * strength
    zoom = 0.1 * strength
    shift = 0.12 * strength
  }

  /// Reads a checked value of the setting `augmentation`.
  init(_ value: JSON) {
    let preset = Self.presets.first { $0.name == value.string }
    if let strength = value.double ?? preset?.strength {
      self.init(strength: strength)
    } else if let object = value.object {
      self.init()
      func strength(_ name: String) -> Double { object[name]?.double ?? 0 }
      rotation = strength("rotation")
      zoom = strength("zoom")
      shift = strength("shift")
      shear = strength("shear")
      brightness = strength("brightness")
      contrast = strength("contrast")
      erasing = strength("erasing")
      flip = strength("flip")
      noise = strength("noise")
    } else {
      preconditionFailure("the forms of 'augmentation' in the table let \(value.text) through")
    }
  }

  /// The changes that have any strength, in the order they are applied.
  package var augmentations: [any Augmentation] {
    Augmentations.all.compactMap { $0.init(self) }
  }
}
