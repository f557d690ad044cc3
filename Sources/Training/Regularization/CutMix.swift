import Statistics

/// A rectangle of each image taken from another of its batch, and the same share of the other's target.
///
/// λ is from Beta(α, α); the rectangle's sides are √(1 − λ) of the picture's and its middle is any pixel, so that the part
/// beyond the border is lost and the share is counted anew from what is there.
///
/// Reference: Yun et al. (2019), CutMix, arXiv 1905.04899, section 3.1; the rectangle's corners are those of torchvision's
/// `CutMix`, which draws one rectangle for a batch where here each image has its own.
package struct CutMix: BatchBlend {
  /// What is taken from another image: rows and columns, and which row of the batch it is from.
  package struct Patch: Sendable, Equatable {
    package let rows: Range<Int>
    package let columns: Range<Int>
    package let partner: Int
  }

  private let distribution: SymmetricBeta
  private let seed: Int

  /// Takes α, `nil` where it is 0.
  package init?(alpha: Double, seed: Int) {
    guard alpha > 0 else { return nil }
    distribution = SymmetricBeta(alpha: alpha)
    self.seed = seed
  }

  package func blend(_ input: Activation, targets: inout [Float], indices: [Int], epoch: Int) {
    let images = indices.indices.map { input.numbers(ofImage: $0) }
    let before = targets
    let width = targets.count / indices.count
    for (n, index) in indices.enumerated() {
      let patch = patch(
        index,
        epoch: epoch,
        count: indices.count,
        rows: input.rows,
        columns: input.columns
      )
      for y in patch.rows {
        let row = input.value.row(y, ofImage: n)
        let start = y * input.columns * input.channels
        let range =
          patch.columns.lowerBound * input.channels..<patch.columns.upperBound * input.channels
        for i in range { row[i] = images[patch.partner][start + i] }
      }
      let taken =
        Float(patch.rows.count * patch.columns.count) / Float(input.rows * input.columns)
      for c in 0..<width {
        targets[n * width + c] =
          (1 - taken) * before[n * width + c] + taken * before[patch.partner * width + c]
      }
    }
  }

  /// The patch that an image gets in an epoch.
  package func patch(_ index: Int, epoch: Int, count: Int, rows: Int, columns: Int) -> Patch {
    var rng = SeededGenerator(purpose: "cutmix", seed: seed, place: [epoch, index])
    let half = 0.5 * (1 - distribution.draw(using: &rng)).squareRoot()
    let middle = (x: rng.index(below: columns), y: rng.index(below: rows))
    return Patch(
      rows: Self.range(middle.y, half: half, of: rows),
      columns: Self.range(middle.x, half: half, of: columns),
      partner: rng.index(below: count)
    )
  }

  /// The pixels of an axis within half a side of a middle, as far as they are there.
  package static func range(_ middle: Int, half share: Double, of count: Int) -> Range<Int> {
    let half = Int(share * Double(count))
    return max(middle - half, 0)..<min(middle + half, count)
  }
}
