import Kernels

/// Steps along the gradient's running mean, divided by the root of its running square.
///
/// Reference: Kingma and Ba (2015), Adam, arXiv 1412.6980, algorithm 1; constants of `torch.optim.Adam`.
package struct Adam: Optimizer {
  package static let name = "adam"

  private var constants: OptimizerConstants
  private let beta2: Double
  private let ranges: [ParameterRange]
  /// Of each range the running means of gradient and square.
  private let moments: [(first: FloatBuffer, second: FloatBuffer)]
  private var steps = 0

  package init(_ parameters: [LearningParameter], _ constants: OptimizerConstants) {
    self.constants = constants
    beta2 = constants.beta2 ?? 0.999
    ranges = parameters.ranges
    moments = ranges.map { (FloatBuffer(count: $0.count), FloatBuffer(count: $0.count)) }
  }

  package var momentum: Double {
    get { constants.momentum }
    set { constants.momentum = newValue }
  }

  package mutating func step(rate: Double) {
    steps += 1
    let firstCorrection = 1 - Elementary.power(constants.momentum, steps)
    let secondCorrection = 1 - Elementary.power(beta2, steps)
    for (range, moments) in zip(ranges, moments) {
      let own = rate * range.rateMultiplier
      let (keep, pull) = constants.shrinking(range.decays, rate: own)
      var step = kernel_adam(
        beta1: Float(constants.momentum),
        beta2: Float(beta2),
        epsilon: Float(constants.epsilon),
        rate: Float(own / firstCorrection),
        correction: Float(1 / secondCorrection.squareRoot()),
        keep: keep,
        pull: pull
      )
      kernel_adam_step(
        &step,
        range.count,
        range.values,
        range.gradients,
        moments.first.start,
        moments.second.start
      )
    }
  }
}
