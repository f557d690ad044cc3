import Kernels

/// Stochastic gradient descent with a velocity, as `torch.optim.SGD` has it.
package struct SGD: Optimizer {
  package static let name = "sgd"

  private let constants: OptimizerConstants
  private let velocity: FloatBuffer

  package init(_ parameters: Parameters, _ constants: OptimizerConstants) {
    self.constants = constants
    velocity = FloatBuffer(count: parameters.count)
  }

  package mutating func step(_ parameters: Parameters, groups: [ParameterGroup], rate: Double) {
    for group in groups {
      let own = rate * group.rateMultiplier
      let (keep, pull) = constants.shrinking(group, rate: own)
      var step = kernel_momentum(
        momentum: Float(constants.momentum),
        rate: Float(own),
        keep: keep,
        pull: pull
      )
      let start = group.range.lowerBound
      kernel_momentum_step(
        &step,
        group.range.count,
        parameters.values + start,
        parameters.gradients + start,
        velocity.start + start
      )
    }
  }
}
