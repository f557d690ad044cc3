/// A rule that moves parameters against their gradients; it keeps what it remembers between steps.
package protocol Optimizer: SendableMetatype {
  /// What the setting `optimizer` calls it.
  static var name: String { get }

  /// Starts with no memory.
  init(_ parameters: Parameters, _ constants: OptimizerConstants)

  /// Makes one step.
  ///
  /// - Parameters:
  ///   - parameters: Values and gradients.
  ///   - groups: Which ranges move, how fast, and whether they decay.
  ///   - rate: The learning rate of this step.
  mutating func step(_ parameters: Parameters, groups: [ParameterGroup], rate: Double)
}

/// The optimizers there are.
package enum Optimizers {
  package static let all: [any Optimizer.Type] = [AdamW.self, Adam.self, SGD.self]
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

  /// How weight decay acts on a group in a step: what a weight is multiplied by, and what times it joins the gradient.
  func shrinking(_ group: ParameterGroup, rate: Double) -> (keep: Float, pull: Float) {
    guard group.decays else { return (1, 0) }
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

/// A run of parameters that are trained alike.
package struct ParameterGroup: Sendable, Equatable {
  /// The place in the flat buffers.
  package var range: Range<Int>
  /// Times the learning rate of the step.
  package var rateMultiplier: Double
  /// Whether weight decay applies: weight matrices decay, biases and norms do not.
  package var decays: Bool
}

extension Parameters {
  /// The segments that learn, neighbours of the same kind joined to one range.
  ///
  /// - Parameter multiplier: The rate of a segment as a share of the step's, `nil` where it is frozen.
  /// - Returns: The ranges that learn, in memory order.
  package func groups(multiplier: (Segment) -> Double?) -> [ParameterGroup] {
    var groups: [ParameterGroup] = []
    for segment in segments {
      guard let rate = multiplier(segment) else { continue }
      let range = segment.offset..<segment.offset + segment.count
      let decays = segment.role == .weight
      if let last = groups.last, last.range.upperBound == range.lowerBound,
        last.rateMultiplier == rate, last.decays == decays
      {
        groups[groups.count - 1].range = last.range.lowerBound..<range.upperBound
      } else {
        groups.append(ParameterGroup(range: range, rateMultiplier: rate, decays: decays))
      }
    }
    return groups
  }
}
