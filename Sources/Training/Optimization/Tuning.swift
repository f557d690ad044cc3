/// What is trained, and in which order.
package enum Tuning: String, CaseIterable, Sendable {
  /// The whole network.
  case full
  /// The head alone.
  case head
  /// The head alone for the first half of the epochs, then the whole network at a smaller rate.
  ///
  /// Reference: Kumar et al. (2022), Fine-tuning can distort pretrained features and underperform out-of-distribution,
  /// arXiv 2202.10054, section 4: a probe first, so that its errors do not distort the body, then small steps. A tenth of
  /// the first phase's rate is the default here; at the full rate the probe's gain is lost.
  case headThenFull = "lp_ft"
  /// fastai's `fine_tune`: the head for one epoch, then all with half the rate and less towards the input.
  case fineTune = "fine_tune"
  /// The head, and of the body its biases and the shifts of its norms alone.
  ///
  /// Reference: Ben Zaken, Ravfogel, Goldberg (2022), BitFit, arXiv 2106.10199; batch norm takes its statistics from the
  /// batch, as where all is trained.
  case biases = "bitfit"
  /// The head alone, by ridge regression on the features instead of steps.
  case ridge
  /// Nothing: the nearest training examples answer.
  case neighbours = "knn"
  /// Nothing: the network is measured as it comes.
  case untrained = "none"

  /// Whether the network learns step by step.
  package var makesSteps: Bool {
    switch self {
    case .full, .head, .headThenFull, .fineTune, .biases: true
    case .ridge, .neighbours, .untrained: false
    }
  }
}

/// Batch norm of the body while it is trained on.
package enum BodyNorm: String, CaseIterable, Sendable {
  /// Frozen where the body's weights are, trained where they learn.
  case byTuning = "by_tuning"
  /// Statistics, scales and shifts stay as they came.
  case frozen
  /// Statistics of the batch; scales and shifts learn even where the weights do not.
  case trained
}

/// A stretch of epochs that is trained one way, with a schedule and an optimizer of its own.
package struct TrainingPhase: Sendable, Equatable {
  package fileprivate(set) var epochs: Int
  /// The highest learning rate.
  package let rate: Double
  package let schedule: Schedule
  package let body: BodyRate
  package let normsAreFrozen: Bool
  /// Whether the body learns by its biases and the shifts of its norms alone.
  package fileprivate(set) var trainsBiasesAlone = false
  /// Whether the head is left as it is, too.
  package fileprivate(set) var headIsFrozen = false
  /// Pixels a side of the pictures that are learned from, `nil` for those of the data set.
  package fileprivate(set) var side: Int?

  /// How fast the body learns, as a share of the head's rate.
  package enum BodyRate: Sendable, Equatable {
    case frozen
    /// This share, times the decay for each stage from the head down to the parameter's; the last stage has it once.
    ///
    /// Reference: Howard, Ruder (2018), ULMFiT, arXiv 1801.06146, section 3.2; Bao et al. (2022), BEiT, arXiv 2106.08254.
    case share(Double, decay: Double)
    /// From this share at the input to 1 at the head, each stage by the same factor more than the one before.
    case rising(from: Double)
  }

  package var bodyIsFrozen: Bool { body == .frozen }

  /// The rate of a parameter as a share of the step's, `nil` where it does not learn.
  ///
  /// - Parameters:
  ///   - parameter: A parameter of the network.
  ///   - stages: The stages of the network's body.
  /// - Returns: The share.
  package func rateMultiplier(_ parameter: Parameter, stages: Int) -> Double? {
    guard case .body(let stage) = parameter.part else { return headIsFrozen ? nil : 1 }
    let isNorm = parameter.role == .normScale || parameter.role == .normShift
    if isNorm && normsAreFrozen { return nil }
    if trainsBiasesAlone, parameter.role == .weight || parameter.role == .normScale { return nil }
    return switch body {
    case .frozen: isNorm ? 1 : nil
    case .share(let share, let decay):
      decay == 1 ? share : share * Elementary.power(decay, Double(stages - stage))
    case .rising(let first): Elementary.power(first, 1 - Double(stage) / Double(stages))
    }
  }
}

extension TrainingSettings {
  /// The phases of a run, first to last.
  package var phases: [TrainingPhase] {
    let unfrozen: TrainingPhase.BodyRate =
      bodyRateMultiplier == 0 ? .frozen : .share(bodyRateMultiplier, decay: layerDecay)
    return switch tuning {
    case .full: inTwoSizes(phase(epochs: epochs, body: unfrozen))
    case .head: inTwoSizes(phase(epochs: epochs, body: .frozen))
    case .biases:
      inTwoSizes(phase(epochs: epochs, body: unfrozen, biasesAlone: true))
    case .ridge: [phase(epochs: 0, body: .frozen)]
    case .neighbours, .untrained: [phase(epochs: 0, body: .frozen, headIsFrozen: true)]
    case .headThenFull:
      [
        phase(epochs: epochs / 2, body: .frozen),
        phase(epochs: epochs - epochs / 2, rate: learningRate * secondRate, body: unfrozen),
      ]
    case .fineTune:
      [
        phase(epochs: 1, body: .frozen, schedule: .oneCycle(warmUpShare: 0.99, startShare: 0.04)),
        phase(
          epochs: epochs - 1,
          rate: learningRate / 2,
          body: .rising(from: 0.01),
          schedule: .oneCycle(warmUpShare: 0.3, startShare: 0.2)
        ),
      ]
    }
  }

  /// A phase on smaller pictures and one on those of the data set, where the settings ask for it.
  private func inTwoSizes(_ phase: TrainingPhase) -> [TrainingPhase] {
    guard let firstSize else { return [phase] }
    let first = min(max(1, Int((firstShare * Double(phase.epochs)).rounded())), phase.epochs - 1)
    var (small, large) = (phase, phase)
    small.epochs = first
    small.side = firstSize
    large.epochs = phase.epochs - first
    return [small, large]
  }

  private func phase(
    epochs: Int,
    rate: Double? = nil,
    body: TrainingPhase.BodyRate,
    schedule: Schedule? = nil,
    biasesAlone: Bool = false,
    headIsFrozen: Bool = false
  ) -> TrainingPhase {
    let normsAreFrozen =
      switch bodyNorm {
      case .byTuning: body == .frozen
      case .frozen: true
      case .trained: false
      }
    return TrainingPhase(
      epochs: epochs,
      rate: rate ?? learningRate,
      schedule: schedule ?? self.schedule,
      body: body,
      normsAreFrozen: normsAreFrozen,
      trainsBiasesAlone: biasesAlone,
      headIsFrozen: headIsFrozen
    )
  }
}
