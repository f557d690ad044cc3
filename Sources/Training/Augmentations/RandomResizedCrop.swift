import Kernels
package import Notation
package import Statistics

/// A window of random size and shape, scaled to the whole: things at other sizes and off the middle.
///
/// Its share of the area is uniform from 1 − strength to 1, its ratio of sides log-uniform between 3/4 and 4/3; where ten
/// draws do not fit, it is the largest window of the middle with a ratio in those bounds. It is cut out of the picture
/// as the set has it, so that a small window is blurred: there are no more pixels.
///
/// Reference: Szegedy et al. (2015), Going deeper with convolutions, arXiv 1409.4842, section 6; torchvision's
/// `RandomResizedCrop`, scale (1 − strength, 1).
package struct RandomResizedCrop: Augmentation {
  package static let kinds = [
    Setting(
      "crop",
      .number(.from(0, below: 1)),
      default: 0,
      "largest share of the area that is cut away before the rest is scaled up"
    )
  ]

  /// Rows and columns of a window.
  package struct Window: Sendable, Equatable {
    package let top: Int
    package let left: Int
    package let height: Int
    package let width: Int

    package init(top: Int, left: Int, height: Int, width: Int) {
      (self.top, self.left, self.height, self.width) = (top, left, height, width)
    }
  }

  private let smallest: Double
  private let tries = 10
  private let widest = 4.0 / 3

  package init?(_ strengths: AugmentationStrengths) {
    let strength = strengths[Self.kinds[0]]
    if strength == 0 { return nil }
    smallest = 1 - strength
  }

  package func apply(to picture: inout Picture, using rng: inout SeededGenerator) {
    let window = window(rows: picture.rows, columns: picture.columns, using: &rng)
    picture.enlarge(window)
  }

  /// Draws a window of a picture.
  package func window(
    rows: Int,
    columns: Int,
    using rng: inout SeededGenerator
  ) -> Window {
    for _ in 0..<tries {
      let area = (smallest + (1 - smallest) * rng.uniform()) * Double(rows * columns)
      let ratio = Elementary.power(widest, 2 * rng.uniform() - 1)
      let width = Int((area * ratio).squareRoot().rounded(.toNearestOrEven))
      let height = Int((area / ratio).squareRoot().rounded(.toNearestOrEven))
      guard (1...columns).contains(width), (1...rows).contains(height) else { continue }
      let top = rng.index(below: rows - height + 1)
      return Window(
        top: top,
        left: rng.index(below: columns - width + 1),
        height: height,
        width: width
      )
    }
    let ratio = Double(columns) / Double(rows)
    let height =
      ratio < 1 / widest ? Int((Double(columns) * widest).rounded(.toNearestOrEven)) : rows
    let width = ratio > widest ? Int((Double(rows) * widest).rounded(.toNearestOrEven)) : columns
    return Window(
      top: (rows - height) / 2,
      left: (columns - width) / 2,
      height: height,
      width: width
    )
  }
}

extension Picture {
  /// Scales a window to the size of the whole, bilinearly; beyond the window its outermost pixels go on.
  package mutating func enlarge(_ window: RandomResizedCrop.Window) {
    let source = values
    kernel_enlarge(
      source,
      Int32(rows),
      Int32(columns),
      Int32(channels),
      Int32(window.top),
      Int32(window.left),
      Int32(window.height),
      Int32(window.width),
      &values
    )
  }
}
