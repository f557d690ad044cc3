import Notation
import Testing
import Training

struct StepTraceTests {
  /// A network of one input, two hidden units and one output, with these numbers, about to learn from x = 2, t = 0.
  private func traced(_ numbers: [[Float]], settings: JSONObject = [:]) throws -> StepTrace {
    let settings = try TrainingSettings(
      TrainingSession.tracedSettings.merging(["width": 2]).merging(settings)
    )
    var plan = Model.Plan(rows: 1, columns: 1, channels: 1, outputs: 1)
    plan.width = 2
    plan.depth = 1
    plan.hasBatchNorm = false
    plan.activation = settings.activation
    let network = Network(Model.mlp.description(plan), capacity: 1, seed: 0)
    for (tensor, values) in zip(network.tensors, numbers) { tensor.set(values) }
    let learner = Learner(network, loss: .squaredError(range: nil), settings: settings)
    learner.begin(settings.phases[0], stepsPerEpoch: 1)
    network.input.value.start[0] = 2
    return StepTrace(learner, loss: .squaredError(range: nil), targets: [0], count: 1)
  }

  /// Rounded, because 0.1 is no single-precision number.
  private func rounded(_ matrix: StepTrace.Matrix) -> [Double] {
    matrix.numbers.map { ($0 * 10_000).rounded() / 10_000 }
  }

  // z = (0.5 · 2, −1 · 2 + 0.5) = (1, −1.5), a = (1, 0), y = 2 · 1 + 3 · 0 − 1 = 1, loss (1 − 0)² = 1.
  // ∂y = 2, ∂W₂ = 2 a = (2, 0), ∂b₂ = 2, ∂a = 2 W₂ = (4, 6), ∂z = (4, 0), ∂W₁ = 2 ∂z = (8, 0), ∂b₁ = (4, 0).
  // A tenth of each is taken away: the first unit then adds up −0.3 · 2 − 0.4 = −1 and is off, so y = −1.2.
  @Test func `a step worked out by hand is traced number by number`() throws {
    let trace = try traced([[0.5, -1], [0, 0.5], [2, 3], [-1]])
    #expect(trace.inputs.numbers == [2] && trace.targets.numbers == [0])
    #expect(trace.sums.numbers == [1, -1.5] && trace.hidden.numbers == [1, 0])
    #expect(trace.outputs.numbers == [1] && trace.loss == 1)
    #expect(trace.outputGradient.numbers == [2])
    #expect(trace.hiddenGradient.numbers == [4, 6] && trace.sumGradient.numbers == [4, 0])
    #expect(trace.weights.map(\.gradient.numbers) == [[8, 0], [4, 0], [2, 0], [2]])
    #expect(trace.weights.map(\.layer) == [1, 1, 2, 2])
    #expect(trace.weights.map(\.isBias) == [false, true, false, true])
    #expect(trace.weights.map(\.before.columns) == [1, 2, 2, 1])
    #expect(
      trace.weights.map { rounded($0.after) } == [[-0.3, -1], [-0.4, 0.5], [1.8, 3], [-1.2]]
    )
    #expect(abs(trace.lossAfter - 1.44) < 1e-6 && trace.rate == 0.1)
  }

  @Test func `a number whose move turns a unit on or off is marked`() throws {
    // The first unit adds up 0.25 · 2 − 0.5 = 0: any move of its numbers turns it on.
    let trace = try traced([[0.25, -1], [-0.5, 0.5], [2, 3], [-1]])
    #expect(
      trace.weights.map(\.hasKink) == [[true, false], [true, false], [false, false], [false]]
    )
    let line = try traced(
      [[0.25, -1], [-0.5, 0.5], [2, 3], [-1]],
      settings: ["activation": "none"]
    )
    #expect(line.hidden == line.sums)
    #expect(line.weights.allSatisfy { !$0.hasKink.contains(true) })
  }

  @Test(arguments: [0, 1, 2, 3], ["relu", "none"])
  func `slopes worked out backwards are those measured by moving each number`(
    seed: Int,
    activation: String
  ) throws {
    let settings = TrainingSession.tracedSettings.merging([
      "batch_size": 6, "width": 5, "activation": .string(activation),
    ])
    let trace = try TrainingSession(TrainingSettings(settings), seed: seed).tracedStep()
    #expect(trace.inputs.rows == 6 && trace.hidden.columns == 5)
    for weights in trace.weights {
      for (index, gradient) in weights.gradient.numbers.enumerated() where !weights.hasKink[index] {
        #expect(abs(gradient - weights.difference.numbers[index]) < 1e-4)
      }
    }
    #expect(trace.lossAfter < trace.loss)
  }

  @Test func `tracing changes nothing but what the step does`() throws {
    let settings = try TrainingSettings(TrainingSession.tracedSettings)
    let traced = try TrainingSession(settings, seed: 1)
    let trace = try traced.tracedStep()
    #expect(
      traced.network.tensors.flatMap { $0.get() }.map(Double.init)
        == trace.weights.flatMap(\.after.numbers)
    )
    for weights in trace.weights where !weights.isBias {
      for (index, after) in weights.after.numbers.enumerated() {
        let expected = weights.before.numbers[index] - 0.1 * weights.gradient.numbers[index]
        #expect(abs(after - expected) < 1e-6)
      }
    }
  }

  static let refused: [(settings: JSONObject, reason: String)] = [
    (["depth": 2], "two plain dense layers"), (["dropout": 0.5], "no 'dropout'"),
    (["dataset": "digits"], "an array here has 2352"), (["batch_size": 100], "smaller 'width'"),
  ]

  @Test(arguments: refused)
  func `what cannot be followed by hand is refused`(settings: JSONObject, reason: String) throws {
    let merged = TrainingSession.tracedSettings.merging(settings)
    let session = try TrainingSession(TrainingSettings(merged), seed: 0)
    let error = #expect(throws: TrainingError.self) { try session.tracedStep() }
    #expect(error?.description.contains(reason) == true)
  }
}
