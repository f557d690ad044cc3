/// A rule that moves parameters against their gradients; it keeps what it remembers between steps.
package protocol Optimizer: SendableMetatype {
  /// What the setting `optimizer` calls it.
  static var name: String { get }

  /// Starts with no memory.
  ///
  /// - Parameters:
  ///   - parameters: What the steps move, and nothing else; `ranges` joins them for a rule that treats each number
  ///     by itself.
  ///   - constants: What does not change from step to step.
  init(_ parameters: [LearningParameter], _ constants: OptimizerConstants)

  /// Makes one step at a learning rate.
  mutating func step(rate: Double)
}

/// The optimizers there are.
package enum Optimizers {
  package static let all: [any Optimizer.Type] = [
    AdamW.self,
    Adam.self,
    SGD.self,
    Lion.self,
    Muon.self,
  ]
}

/// What does not change from step to step.
package struct OptimizerConstants: Sendable, Equatable {
  /// Of SGD's velocity, or the first beta of Adam.
  package var momentum = 0.9
  package var weightDecay = 0.0
  package var decay = Decay.decoupled

  package init(momentum: Double = 0.9, weightDecay: Double = 0, decay: Decay = .decoupled) {
    self.momentum = momentum
    self.weightDecay = weightDecay
    self.decay = decay
  }

  /// How weight decay acts in a step: what a weight is multiplied by, and what times it joins the gradient.
  func shrinking(_ decays: Bool, rate: Double) -> (keep: Float, pull: Float) {
    guard decays else { return (1, 0) }
    return switch decay {
    case .decoupled: (Float(1 - rate * weightDecay), 0)
    case .l2: (1, Float(weightDecay))
    }
  }
}

/// How weight decay acts.
package enum Decay: String, CaseIterable, Sendable {
  /// Weights shrink by rate · decay each step, beside the gradient.
  case decoupled
  /// decay · weight joins the gradient, and an adaptive optimizer rescales it.
  case l2
}
