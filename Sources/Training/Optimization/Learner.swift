/// A network and the rule that improves it, one batch at a time.
package final class Learner {
  package private(set) var network: Network
  private let loss: Loss
  private let settings: TrainingSettings
  private var optimizer: any Optimizer
  private var phase: TrainingPhase
  private var phaseSteps = 0
  private var stepsPerEpoch = 1
  /// What learns in this phase.
  private(set) var learning: [LearningParameter] = []

  /// Steps made in all phases.
  package private(set) var step = 0
  /// Sum over steps of the head's learning rate × weight decay: how far its weights would have shrunk by it alone.
  package private(set) var shrink = 0.0

  /// Connects a network to a loss; `begin` has to follow.
  package init(_ network: Network, loss: Loss, settings: TrainingSettings) {
    self.network = network
    self.loss = loss
    self.settings = settings
    optimizer = Self.optimizer([], settings)
    phase = settings.phases[0]
  }

  private static func optimizer(
    _ learning: [LearningParameter],
    _ settings: TrainingSettings
  ) -> any Optimizer {
    guard let kind = Optimizers.all.first(where: { $0.name == settings.optimizer }) else {
      preconditionFailure("the table of settings lets optimizer '\(settings.optimizer)' through")
    }
    return kind.init(learning, settings.constants)
  }

  /// Starts a phase: what it freezes is frozen, and the optimizer remembers nothing.
  ///
  /// - Parameters:
  ///   - phase: The phase.
  ///   - stepsPerEpoch: Batches of an epoch.
  ///   - other: The network that learns from here on, of the same parameters; `nil` for that of before.
  package func begin(_ phase: TrainingPhase, stepsPerEpoch: Int, on other: Network? = nil) {
    network = other ?? network
    self.phase = phase
    self.stepsPerEpoch = stepsPerEpoch
    phaseSteps = 0
    let stages = network.parameters.bodyStages
    network.freeze { phase.rateMultiplier($0, stages: stages) == nil }
    learning = network.parameters.learning { phase.rateMultiplier($0, stages: stages) }
    optimizer = Self.optimizer(learning, settings)
  }

  /// The learning rate of the next step.
  package var rate: Double {
    let total = phase.epochs * stepsPerEpoch
    let warmUpSteps = settings.warmUpEpochs * Double(stepsPerEpoch)
    let climbed = warmUpSteps > 0 ? min(1, Double(phaseSteps + 1) / warmUpSteps) : 1
    return phase.rate * phase.schedule.share(step: phaseSteps, of: total) * climbed
  }

  /// The momentum of the next step: lowest where the rate is highest, if it moves at all.
  private var momentum: Double {
    guard settings.momentumCycle > 0 else { return settings.constants.momentum }
    let height = phase.schedule.height(step: phaseSteps, of: phase.epochs * stepsPerEpoch)
    return settings.constants.momentum - settings.momentumCycle * height
  }

  /// Measures the loss of a batch that has passed through the network, and makes a step.
  ///
  /// - Parameters:
  ///   - pass: The forward pass.
  ///   - targets: What the outputs should be, row by row.
  ///   - rate: The learning rate.
  /// - Returns: The loss before the step.
  package func learn(_ pass: Pass, targets: [Float], rate: Double) -> Double {
    let measured = loss.measure(network.output, targets: targets, count: pass.count)
    network.backward(pass)
    if let longest = settings.gradientClip {
      GradientClip.apply(longest, to: learning)
    }
    optimizer.momentum = momentum
    optimizer.step(rate: rate)
    shrink += rate * settings.constants.weightDecay
    step += 1
    phaseSteps += 1
    return measured
  }
}
