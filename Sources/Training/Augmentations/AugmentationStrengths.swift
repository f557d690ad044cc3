package import Notation

/// How strongly the training images are changed at random; all 0 leaves them alone.
package struct AugmentationStrengths: Sendable, Equatable {
  /// Those that are not 0, by the name of the kind.
  private var values: [String: Double] = [:]

  package init() {}

  package subscript(kind: Setting) -> Double { values[kind.name] ?? 0 }

  /// The changes that have any strength, in the order they are applied.
  package var augmentations: [any Augmentation] {
    Augmentations.all.compactMap { $0.init(self) }
  }
}

/// The same text for equal strengths, for files that are shared are named by it.
extension AugmentationStrengths: CustomStringConvertible {
  package var description: String {
    values.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
  }
}

extension AugmentationStrengths {
  private static let presets: [(name: String, values: [String: Double])] = [
    ("none", turned(0)), ("light", turned(0.5)), ("default", turned(1)), ("strong", turned(2)),
    ("mirror", [Flip.kinds[0].name: 0.5]),
  ]

  /// Rotation, zoom and shift, scaled together.
  private static func turned(_ strength: Double) -> [String: Double] {
    [
      Affine.rotation.name: 12 * strength, Affine.zoom.name: 0.1 * strength,
      Affine.shift.name: 0.12 * strength,
    ]
  }

  /// The largest scalar: the zoom of a larger one could turn a picture inside out.
  private static let largestStrength = 9.0

  /// What the setting `augmentation` can be.
  static let forms: [Setting.Form] = [
    .choice(presets.map(\.name)), .number(.between(0, largestStrength)),
    .object(Augmentations.kinds),
  ]

  /// Reads a checked value of the setting `augmentation`.
  ///
  /// A scalar is the preset `default` so many times as strong.
  init(_ value: JSON) {
    if let preset = Self.presets.first(where: { $0.name == value.string }) {
      values = preset.values
    } else if let strength = value.double {
      values = Self.turned(strength)
    } else if let object = value.object {
      for member in object.members { values[member.key] = member.value.double }
    } else {
      preconditionFailure("the forms of 'augmentation' in the table let \(value.text) through")
    }
    values = values.filter { $0.value != 0 }
  }
}
