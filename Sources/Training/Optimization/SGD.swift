import Kernels

/// Stochastic gradient descent with a velocity, as `torch.optim.SGD` has it.
package struct SGD: Optimizer {
  package static let name = "sgd"

  private var constants: OptimizerConstants
  private let ranges: [ParameterRange]
  private let velocities: [FloatBuffer]

  package init(_ parameters: [LearningParameter], _ constants: OptimizerConstants) {
    self.constants = constants
    ranges = parameters.ranges
    velocities = ranges.map { FloatBuffer(count: $0.count) }
  }

  package var momentum: Double {
    get { constants.momentum }
    set { constants.momentum = newValue }
  }

  package mutating func step(rate: Double) {
    for (range, velocity) in zip(ranges, velocities) {
      let own = rate * range.rateMultiplier
      let (keep, pull) = constants.shrinking(range.decays, rate: own)
      var step = kernel_momentum(
        momentum: Float(constants.momentum),
        rate: Float(own),
        keep: keep,
        pull: pull,
        looks_ahead: constants.looksAhead
      )
      kernel_momentum_step(&step, range.count, range.values, range.gradients, velocity.start)
    }
  }
}
