package import Notation

/// One step of a network of two dense layers with every number of it, so that it can be followed by hand.
///
/// n examples of d inputs, h hidden units, k outputs; every matrix holds its numbers row by row.
package struct StepTrace: Sendable, Equatable {
  /// Numbers in rows and columns.
  package struct Matrix: Sendable, Equatable {
    package let columns: Int
    package let numbers: [Double]

    package init(columns: Int, _ numbers: [Double]) {
      self.columns = columns
      self.numbers = numbers
    }

    package var rows: Int { numbers.count / columns }
  }

  /// A parameter on its way through the step.
  package struct Weights: Sendable, Equatable {
    /// Of the layer that reads the inputs, or of the one that gives the outputs.
    package let layer: Int
    package let isBias: Bool
    /// (outputs, inputs) of the layer, or one row of biases.
    package let before: Matrix
    /// Of the loss by each number, worked out backwards.
    package let gradient: Matrix
    /// (loss(w + ``nudge``) − loss(w − ``nudge``)) / 2 ``nudge`` for each number w, the others as they are.
    package let difference: Matrix
    /// Whether a hidden unit turns on or off between w − ``nudge`` and w + ``nudge``, where the loss has a kink and
    /// the difference says little.
    package let hasKink: [Bool]
    package let after: Matrix
  }

  /// (n, d), as the network sees them: normalized.
  package let inputs: Matrix
  /// (n, h): what each hidden unit adds up.
  package let sums: Matrix
  /// (n, h): what is left of that after the activation.
  package let hidden: Matrix
  /// (n, k).
  package let outputs: Matrix
  /// (n, k).
  package let targets: Matrix
  package let loss: Double
  /// Of the loss by each output, each hidden number and each sum.
  package let outputGradient: Matrix
  package let hiddenGradient: Matrix
  package let sumGradient: Matrix
  /// First the inner layer's weights and biases, then the outer one's.
  package let weights: [Weights]
  package let rate: Double
  /// The loss of the same examples after the step.
  package let lossAfter: Double

  /// How far a number is moved to measure a slope: a power of two, so that moving it is exact.
  package static let nudge = 1.0 / 128
}

extension StepTrace {
  /// Makes a step on a batch that lies in the network's input, and writes down what happens.
  ///
  /// - Parameters:
  ///   - learner: Its network has one hidden layer, and nothing but dense layers and an activation.
  ///   - loss: The learner's loss.
  ///   - targets: What the outputs should be, row by row.
  ///   - count: Examples in the batch.
  package init(_ learner: Learner, loss: Loss, targets: [Float], count: Int) {
    let network = learner.network
    let pass = Pass(count: count, mode: .training(step: learner.step))
    let parameters = network.parameters.all
    precondition(parameters.count == 4, "two dense layers have four arrays of numbers")
    func measured() -> Double {
      network.forward(pass)
      return loss.measure(network.output, targets: targets, count: count)
    }
    let before = parameters.map { Matrix($0.tensor) }
    inputs = Matrix(network.input.value, of: network.input, count: count)
    sums = inputs.applied(before[0], plus: before[1])
    self.loss = measured()
    hidden = Matrix(network.features.value, of: network.features, count: count)
    outputs = Matrix(network.output.value, of: network.output, count: count)
    self.targets = Matrix(columns: outputs.columns, targets.map(Double.init))
    // A layer may write the gradient of what it adds up over that of what it gives.
    outputGradient = Matrix(network.output.gradient, of: network.output, count: count)
    network.parameters.clearGradients()
    network.backwardHead(pass)
    hiddenGradient = Matrix(network.features.gradient, of: network.features, count: count)
    network.backwardBody(pass)
    sumGradient = Matrix(network.features.gradient, of: network.features, count: count)
    let gradients = parameters.map { Matrix($0.gradientTensor) }
    // Without an activation a hidden number has no side on which it is off.
    let isOn = hidden.numbers.contains { $0 < 0 } ? nil : hidden.numbers.map { $0 > 0 }
    let slopes = parameters.map { parameter in
      parameter.tensor.slopes {
        let loss = measured()
        let now = Matrix(network.features.value, of: network.features, count: count)
        return (loss, hasKink: isOn.map { $0 != now.numbers.map { $0 > 0 } } ?? false)
      }
    }
    rate = learner.rate
    network.forward(pass)
    _ = learner.learn(pass, targets: targets, rate: rate)
    weights = parameters.indices.map { index in
      Weights(
        layer: index / 2 + 1,
        isBias: index % 2 == 1,
        before: before[index],
        gradient: gradients[index],
        difference: Matrix(columns: before[index].columns, slopes[index].map(\.slope)),
        hasKink: slopes[index].map(\.hasKink),
        after: Matrix(parameters[index].tensor)
      )
    }
    lossAfter = measured()
  }
}

extension StepTrace.Matrix {
  /// The numbers of a layer, in PyTorch's shape; biases are one row.
  fileprivate init(_ tensor: NetworkTensor) {
    self.init(columns: tensor.shape.last ?? 1, tensor.get().map(Double.init))
  }

  /// The values or gradients of a batch.
  fileprivate init(_ tensor: Tensor, of activation: Activation, count: Int) {
    let channels = activation.realChannels
    let numbers = (0..<count).flatMap { n in
      (0..<activation.rows).flatMap { y in
        (0..<activation.columns * channels).map { i in
          Double(tensor.row(y, ofImage: n)[i / channels * tensor.channels + i % channels])
        }
      }
    }
    self.init(columns: activation.rows * activation.columns * channels, numbers)
  }

  /// x · Wᵀ + b, for rows x.
  fileprivate func applied(_ weights: Self, plus biases: Self) -> Self {
    Self(
      columns: weights.rows,
      (0..<rows).flatMap { row in
        (0..<weights.rows).map { unit in
          (0..<columns).reduce(biases.numbers[unit]) { sum, i in
            sum + numbers[row * columns + i] * weights.numbers[unit * columns + i]
          }
        }
      }
    )
  }
}

extension NetworkTensor {
  /// The slope of a loss by each number, from both sides, and whether a kink lies between the two.
  fileprivate func slopes(
    _ measured: () -> (loss: Double, hasKink: Bool)
  ) -> [(slope: Double, hasKink: Bool)] {
    let numbers = get()
    defer { set(numbers) }
    return numbers.indices.map { index in
      func moved(by step: Double) -> (loss: Double, hasKink: Bool) {
        var changed = numbers
        changed[index] += Float(step)
        set(changed)
        return measured()
      }
      let (above, below) = (moved(by: StepTrace.nudge), moved(by: -StepTrace.nudge))
      return (
        slope: (above.loss - below.loss) / (2 * StepTrace.nudge),
        hasKink: above.hasKink || below.hasKink
      )
    }
  }
}

extension TrainingSession {
  /// What a traced step is made with where the settings do not say: two examples of a curve, three hidden units.
  package static let tracedSettings: JSONObject = [
    "dataset": "curve", "model": "mlp", "depth": 1, "width": 3, "batch_norm": false,
    "batch_size": 2, "optimizer": "sgd", "momentum": 0, "learning_rate": 0.1,
    "schedule": "constant",
  ]

  /// What is learned.
  package var task: Task { objective.task }

  /// More numbers in one array than this nobody follows by hand.
  private static let mostTraced = 64

  /// Makes the first step of the training and writes down every number of it.
  ///
  /// - Throws: `TrainingError` where the step is more than two dense layers, or has too many numbers.
  package func tracedStep() throws -> StepTrace {
    let isPlain =
      settings.model == .mlp && settings.depth == 1 && !settings.hasBatchNorm
      && settings.dropout == 0 && mixup == nil && settings.labelSmoothing == 0
      && settings.gradientClip == nil && settings.tuning == .full && settings.bodyRateMultiplier > 0
    guard isPlain else {
      throw TrainingError.contradiction(
        "A step is traced for two plain dense layers: 'model' mlp, 'depth' 1, 'batch_norm' false, "
          + "'tuning' full, and no 'dropout', 'mixup_alpha', 'label_smoothing' or 'gradient_clip'."
      )
    }
    beginPhase(of: 1)
    let batch = batches(of: 1)[0]
    let largest = max(training.set.size, settings.width, network.output.realChannels, batch.count)
    guard largest * settings.width <= Self.mostTraced else {
      throw TrainingError.contradiction(
        "A traced step prints every number, and an array here has \(largest * settings.width); at most "
          + "\(Self.mostTraced) can be followed. Take a smaller 'width' or 'batch_size', or dataset 'curve'."
      )
    }
    training.load(batch, into: network)
    return StepTrace(
      learner,
      loss: objective.loss,
      targets: objective.targets(training, at: batch),
      count: batch.count
    )
  }
}
