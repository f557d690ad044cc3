package import Statistics

/// Images of a batch blended in pairs, and their targets with them.
///
/// Each image keeps a share λ of at least one half, λ from Beta(α, α), and takes the rest from another image of
/// the batch. It changes two examples and a label, so it is no `Augmentation` of one picture.
///
/// Reference: Zhang et al. (2018), mixup, arXiv 1710.09412; the larger share kept as in fastai's `MixUp`.
package struct Mixup: BatchBlend {
  private let distribution: SymmetricBeta
  private let seed: Int

  /// Takes α, `nil` where it is 0.
  package init?(alpha: Double, seed: Int) {
    guard alpha > 0 else { return nil }
    distribution = SymmetricBeta(alpha: alpha)
    self.seed = seed
  }

  package func blend(_ input: Activation, targets: inout [Float], indices: [Int], epoch: Int) {
    let rows = indices.indices.map { input.numbers(ofImage: $0) }
    let before = targets
    let width = targets.count / indices.count
    for (n, index) in indices.enumerated() {
      let (kept, partner) = draw(index, epoch: epoch, count: indices.count)
      let length = input.columns * input.channels
      for y in 0..<input.rows {
        let row = input.value.row(y, ofImage: n)
        for i in 0..<length {
          row[i] = kept * rows[n][y * length + i] + (1 - kept) * rows[partner][y * length + i]
        }
      }
      for c in 0..<width {
        targets[n * width + c] =
          kept * before[n * width + c] + (1 - kept) * before[partner * width + c]
      }
    }
  }

  /// The share that an image keeps in an epoch, and the row of the batch that gives it the rest.
  func draw(_ index: Int, epoch: Int, count: Int) -> (kept: Float, partner: Int) {
    var rng = SeededGenerator(purpose: "mixup", seed: seed, place: [epoch, index])
    let draw = share(using: &rng)
    return (Float(max(draw, 1 - draw)), rng.index(below: count))
  }

  /// A draw from Beta(α, α).
  package func share(using rng: inout SeededGenerator) -> Double {
    distribution.draw(using: &rng)
  }
}

/// The distribution Beta(α, α) of shares from 0 to 1.
struct SymmetricBeta: Sendable {
  let alpha: Double

  /// One of two Gamma draws' share of their sum.
  func draw(using rng: inout SeededGenerator) -> Double {
    let first = gammaLogarithm(using: &rng)
    let second = gammaLogarithm(using: &rng)
    return 1 / (1 + Elementary.exponential(second - first))
  }

  /// The logarithm of a draw from Gamma(α, 1), which for a small α would itself underflow.
  ///
  /// Reference: Marsaglia and Tsang (2000), A simple method for generating gamma variables, ACM TOMS 26;
  /// for α < 1 a draw for α + 1 times a power of a uniform one, its section 6.
  private func gammaLogarithm(using rng: inout SeededGenerator) -> Double {
    let boost = alpha < 1 ? Elementary.logarithm(1 - rng.uniform()) / alpha : 0
    let d = (alpha < 1 ? alpha + 1 : alpha) - 1.0 / 3
    let c = 1 / (9 * d).squareRoot()
    while true {
      let x = rng.normal()
      let v = (1 + c * x) * (1 + c * x) * (1 + c * x)
      guard v > 0 else { continue }
      let bound = x * x / 2 + d - d * v + d * Elementary.logarithm(v)
      if Elementary.logarithm(1 - rng.uniform()) < bound {
        return Elementary.logarithm(d * v) + boost
      }
    }
  }
}
