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

  /// Of SGD's velocity, or the first beta of Adam: what a schedule may move from step to step.
  var momentum: Double { get set }

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

/// What does not change from step to step, but for the momentum.
package struct OptimizerConstants: Sendable, Equatable {
  /// Of SGD's velocity, or the first beta of Adam.
  package var momentum = 0.9
  package var weightDecay = 0.0
  package var decay = Decay.decoupled
  /// The share of the past in the running square of Adam or in the running mean of Lion, `nil` for the rule's own.
  package var beta2: Double?
  /// What Adam adds to the root of the running square.
  package var epsilon = Self.usualEpsilon
  /// Whether SGD steps from where its velocity leads, as Nesterov has it.
  package var looksAhead = false

  static let usualEpsilon = 1e-8

  package init(momentum: Double = 0.9, weightDecay: Double = 0, decay: Decay = .decoupled) {
    self.momentum = momentum
    self.weightDecay = weightDecay
    self.decay = decay
  }

  /// How weight decay acts in a step: what a weight is multiplied by, and what times it joins the gradient.
  func shrinking(_ decays: Bool, rate: Double) -> (keep: Float, pull: Float) {
    guard decays else { return (1, 0) }
    return switch decay {
    case .automatic: preconditionFailure("the optimizer decides before the first step")
    case .decoupled: (Float(1 - rate * weightDecay), 0)
    case .l2: (1, Float(weightDecay))
    }
  }
}

/// How weight decay acts.
package enum Decay: String, CaseIterable, Sendable {
  /// As people expect of the optimizer: its own decoupled decay, or L2 for `sgd` and `adam`.
  case automatic = "auto"
  /// Weights shrink by rate · decay each step, beside the gradient.
  case decoupled
  /// decay · weight joins the gradient, and an adaptive optimizer rescales it.
  case l2

  /// What it is for an optimizer.
  package func resolved(for optimizer: String) -> Decay {
    guard self == .automatic else { return self }
    return [SGD.name, Adam.name].contains(optimizer) ? .l2 : .decoupled
  }
}
