package import Notation
package import Statistics

/// A rectangle painted black in half of the pictures.
///
/// Its area is uniform up to the strength as a share of the picture, its sides' ratio log-uniform between
/// 3/10 and its inverse.
///
/// Reference: Zhong et al. (2020), Random erasing data augmentation, arXiv 1708.04896.
package struct Erasing: Augmentation {
  package static let kinds = [
    Setting("erasing", .number(.between(0, 1)), default: 0, "largest share painted black")
  ]

  private let largestShare: Double
  private let probability = 0.5
  private let flattest = 0.3

  package init?(_ strengths: AugmentationStrengths) {
    largestShare = strengths[Self.kinds[0]]
    if largestShare == 0 { return nil }
  }

  package func apply(to picture: inout Picture, using rng: inout SeededGenerator) {
    guard rng.uniform() < probability else { return }
    let area = rng.uniform() * largestShare * Double(picture.rows * picture.columns)
    let ratio = Elementary.power(1 / flattest, 2 * rng.uniform() - 1)
    let height = min(picture.rows, Int((area * ratio).squareRoot().rounded()))
    let width = min(picture.columns, Int((area / ratio).squareRoot().rounded()))
    let top = rng.index(below: picture.rows - height + 1)
    let left = rng.index(below: picture.columns - width + 1)
    for y in top..<top + height {
      let start = (y * picture.columns + left) * picture.channels
      for i in start..<start + width * picture.channels { picture.values[i] = 0 }
    }
  }
}
