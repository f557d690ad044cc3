import Kernels
package import Notation
package import Statistics

/// Rotation, zoom, shift and shear in one bilinear resampling; what comes in from outside is the picture's border.
///
/// One resampling for all four: each further one would blur the picture once more.
package struct Affine: Augmentation {
  static let rotation = Setting(
    "rotation",
    .number(.between(0, 180)),
    default: 0,
    "degrees either way"
  )
  static let zoom = Setting(
    "zoom",
    .number(.from(0, below: 1)),
    default: 0,
    "share of size either way"
  )
  static let shift = Setting(
    "shift",
    .number(.between(0, 2)),
    default: 0,
    "share of half the width either way"
  )
  private static let shear = Setting(
    "shear",
    .number(.from(0, below: 90)),
    default: 0,
    "degrees either way"
  )
  package static let kinds = [rotation, zoom, shift, shear]

  /// Largest rotation either way, in degrees.
  private let rotation: Double
  /// Largest relative change of size either way.
  private let zoom: Double
  /// Largest shift either way along each axis, as a share of half the width or height.
  private let shift: Double
  /// Largest shear either way, in degrees.
  private let shear: Double

  package init?(_ strengths: AugmentationStrengths) {
    rotation = strengths[Self.rotation]
    zoom = strengths[Self.zoom]
    shift = strengths[Self.shift]
    shear = strengths[Self.shear]
    if rotation == 0, zoom == 0, shift == 0, shear == 0 { return nil }
  }

  package func apply(to picture: inout Picture, using rng: inout SeededGenerator) {
    let angle = (2 * rng.uniform() - 1) * rotation * Double.pi / 180
    let scale = 1 + (2 * rng.uniform() - 1) * zoom
    let right = (2 * rng.uniform() - 1) * shift * Double(picture.columns) / 2
    let down = (2 * rng.uniform() - 1) * shift * Double(picture.rows) / 2
    let shearing = Elementary.sineAndCosine((2 * rng.uniform() - 1) * shear * Double.pi / 180)
    let slant = shearing.sine / shearing.cosine
    let turn = Elementary.sineAndCosine(angle)
    let (sine, cosine) = (turn.sine / scale, turn.cosine / scale)
    let matrix = [
      cosine, slant * cosine - sine, right, sine, slant * sine + cosine, down,
    ]
    Self.resample(&picture, matrix: matrix.map { Float($0) })
  }

  /// Replaces a picture by its samples at matrix · (x, y, 1), all counted from the middle.
  package static func resample(_ picture: inout Picture, matrix: [Float]) {
    let source = picture.values
    kernel_resample(
      source,
      Int32(picture.rows),
      Int32(picture.columns),
      Int32(picture.channels),
      matrix,
      picture.border.kernel,
      &picture.values
    )
  }
}

extension PictureBorder {
  fileprivate var kernel: kernel_border {
    switch self {
    case .black: KERNEL_BLACK
    case .edge: KERNEL_EDGE
    case .mirror: KERNEL_MIRROR
    }
  }
}
