import Kernels

/// Steps along the gradient's running mean, divided by the root of its running square.
///
/// Reference: Kingma and Ba (2015), Adam, arXiv 1412.6980, algorithm 1; constants of `torch.optim.Adam`.
package struct Adam: Optimizer {
  package static let name = "adam"

  private let constants: OptimizerConstants
  private let beta2 = 0.999
  private let epsilon = 1e-8
  private let first: FloatBuffer
  private let second: FloatBuffer
  private var steps = 0

  package init(_ parameters: Parameters, _ constants: OptimizerConstants) {
    self.constants = constants
    first = FloatBuffer(count: parameters.count)
    second = FloatBuffer(count: parameters.count)
  }

  package mutating func step(_ parameters: Parameters, groups: [ParameterGroup], rate: Double) {
    steps += 1
    let firstCorrection = 1 - Elementary.power(constants.momentum, steps)
    let secondCorrection = 1 - Elementary.power(beta2, steps)
    for group in groups {
      let own = rate * group.rateMultiplier
      let (keep, pull) = constants.shrinking(group, rate: own)
      var step = kernel_adam(
        beta1: Float(constants.momentum),
        beta2: Float(beta2),
        epsilon: Float(epsilon),
        rate: Float(own / firstCorrection),
        correction: Float(1 / secondCorrection.squareRoot()),
        keep: keep,
        pull: pull
      )
      let start = group.range.lowerBound
      kernel_adam_step(
        &step,
        group.range.count,
        parameters.values + start,
        parameters.gradients + start,
        first.start + start,
        second.start + start
      )
    }
  }
}
