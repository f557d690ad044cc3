/// Steps by the sign of the gradient's running mean, mixed once more with the gradient: every number moves by the rate.
///
/// The setting `momentum` is β₁, the mean's share in the mixture; β₂ is its own. Rates are a third to a tenth
/// of AdamW's.
///
/// Reference: Chen et al. (2023), Symbolic discovery of optimization algorithms, arXiv 2302.06675, algorithm 2.
package struct Lion: Optimizer {
  package static let name = "lion"

  private var constants: OptimizerConstants
  private let beta2: Float
  private let ranges: [ParameterRange]
  private let means: [FloatBuffer]

  package init(_ parameters: [LearningParameter], _ constants: OptimizerConstants) {
    self.constants = constants
    beta2 = Float(constants.beta2 ?? 0.99)
    ranges = parameters.ranges
    means = ranges.map { FloatBuffer(count: $0.count) }
  }

  package var momentum: Double {
    get { constants.momentum }
    set { constants.momentum = newValue }
  }

  package mutating func step(rate: Double) {
    let beta1 = Float(constants.momentum)
    for (range, means) in zip(ranges, means) {
      let own = rate * range.rateMultiplier
      let (keep, pull) = constants.shrinking(range.decays, rate: own)
      let (values, gradients, mean) = (range.values, range.gradients, means.start)
      for i in 0..<range.count {
        let gradient = gradients[i] + pull * values[i]
        let mixed = beta1 * mean[i] + (1 - beta1) * gradient
        let sign: Float = mixed > 0 ? 1 : mixed < 0 ? -1 : 0
        values[i] = keep * values[i] - Float(own) * sign
        mean[i] = beta2 * mean[i] + (1 - beta2) * gradient
      }
    }
  }
}
