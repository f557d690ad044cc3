import Statistics

/// Sets each number to zero with a probability while training, and scales the others to keep the mean.
///
/// Reference: Srivastava et al. (2014), Dropout, JMLR 15; scaled while training ("inverted"), as in PyTorch.
package final class Dropout: Layer {
  private let input: Activation
  package let output: Activation
  private let probability: Double
  private let seed: Int
  private let key: Int
  private let factors: FloatBuffer

  /// Connects a dropout to its input.
  ///
  /// - Parameters:
  ///   - input: Numbers without a border.
  ///   - probability: From 0 to below 1.
  ///   - seed: The seed of the run.
  ///   - key: Tells this dropout from others of the network; its draws are keyed by this and the step.
  package init(input: Activation, probability: Double, seed: Int, key: Int) {
    self.input = input
    self.probability = probability
    self.seed = seed
    self.key = key
    output = Activation(
      images: input.capacity,
      rows: input.rows,
      columns: input.columns,
      channels: input.realChannels,
      packed: input.channels == input.realChannels,
      source: input
    )
    factors = FloatBuffer(count: input.capacity * input.size)
  }

  package func forward(_ pass: Pass) {
    let count = pass.count * input.size
    let source = input.value.start
    let target = output.value.start
    switch pass.mode {
    case .training(let step) where probability > 0:
      drawFactors(count: count, step: step)
      let factors = factors.start
      for i in 0..<count { target[i] = source[i] * factors[i] }
    case .training, .evaluation:
      target.update(from: source, count: count)
    }
  }

  package func backward(_ pass: Pass) {
    guard input.wantsGradient else { return }
    let count = pass.count * input.size
    let source = output.gradient.start
    let target = input.gradient.start
    if probability > 0, pass.mode != .evaluation {
      let factors = factors.start
      for i in 0..<count { target[i] = source[i] * factors[i] }
    } else {
      target.update(from: source, count: count)
    }
  }

  /// Two draws of 32 bits from each word of the stream.
  private func drawFactors(count: Int, step: Int) {
    var rng = SeededGenerator(purpose: "dropout", seed: seed, place: [key, step])
    let factors = factors.start
    let threshold = UInt64(probability * 0x1p32)
    let kept = Float(1 / (1 - probability))
    var i = 0
    while i < count {
      let word = rng.next()
      factors[i] = word & 0xFFFF_FFFF < threshold ? 0 : kept
      if i + 1 < count { factors[i + 1] = word >> 32 < threshold ? 0 : kept }
      i += 2
    }
  }
}
