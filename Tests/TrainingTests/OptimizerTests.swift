import Testing
import Training

struct OptimizerTests {
  /// A vector of weights that starts at 1.
  private func weights(_ name: String, in parameters: Parameters) -> Parameter {
    parameters.scope(name).reserve("weight", .weight, .init(rows: 1, columns: 16))
  }

  @Test(arguments: Optimizers.all.indices) func `an optimizer shrinks a quadratic`(index: Int) {
    let parameters = Parameters()
    let weight = weights("w", in: parameters)
    weight.fill(with: 1)
    var optimizer = Optimizers.all[index].init(parameters.learning { _ in 1 }, .init())
    // The gradient of half the squared length; a step may move a number by as little as a fifth of the rate.
    for _ in 0..<200 {
      weight.gradients.update(from: weight.values, count: 16)
      optimizer.step(rate: 0.05)
    }
    #expect((0..<16).allSatisfy { abs(weight.values[$0]) < 0.1 })
  }

  @Test(arguments: Optimizers.all.indices)
  func `a step moves what learns and leaves frozen neighbours as they are`(index: Int) {
    let parameters = Parameters()
    let all = ["a", "b", "c", "d"].map { weights($0, in: parameters) }
    for parameter in all {
      parameter.fill(with: 1)
      for i in 0..<16 { parameter.gradients[i] = Float(i + 1) }
    }
    let learning = parameters.learning { ["a.weight", "c.weight"].contains($0.name) ? 1 : nil }
    var optimizer = Optimizers.all[index].init(learning, OptimizerConstants(weightDecay: 1))
    for _ in 0..<3 { optimizer.step(rate: 0.05) }
    for (parameter, learns) in zip(all, [true, false, true, false]) {
      let moved = (0..<16).count { parameter.values[$0] != 1 }
      #expect(moved == (learns ? 16 : 0), "\(parameter.name)")
    }
  }

  @Test(arguments: Optimizers.all.indices)
  func `parameters of one rate move as they do by themselves, and those of another by their own`(
    index: Int
  ) {
    func moved(_ multipliers: [Double]) -> [Float] {
      let parameters = Parameters()
      let all = multipliers.indices.map { weights("\($0)", in: parameters) }
      for parameter in all {
        for i in 0..<16 { parameter.gradients[i] = Float(i + 1) }
      }
      var rates = multipliers.makeIterator()
      var optimizer = Optimizers.all[index].init(parameters.learning { _ in rates.next() }, .init())
      for _ in 0..<3 { optimizer.step(rate: 0.05) }
      return all.flatMap { parameter in (0..<16).map { parameter.values[$0] } }
    }
    #expect(moved([1, 1, 0.5]) == moved([1]) + moved([1]) + moved([0.5]))
    #expect(moved([1]) != moved([0.5]))
  }

  @Test(arguments: Optimizers.all.indices)
  func `decoupled decay shrinks weights by rate times decay and leaves biases alone`(index: Int) {
    let parameters = Parameters()
    let weight = weights("w", in: parameters)
    let bias = parameters.scope("w").reserve("bias", .bias, .init(rows: 1, columns: 16))
    weight.fill(with: 1)
    bias.fill(with: 1)
    parameters.clearGradients()
    let constants = OptimizerConstants(weightDecay: 2)
    var optimizer = Optimizers.all[index].init(parameters.learning { _ in 1 }, constants)
    optimizer.step(rate: 0.1)
    #expect(abs(weight.values[0] - 0.8) < 1e-6)
    #expect(bias.values[0] == 1)
  }

  @Test func `neighbours that are trained alike are one range`() {
    let parameters = Parameters()
    for name in ["a", "b", "c", "d", "e"] { _ = weights(name, in: parameters) }
    let learning = parameters.learning {
      $0.name == "c.weight" ? nil : $0.name == "e.weight" ? 0.1 : 1
    }
    #expect(learning.ranges.map(\.count) == [32, 16, 16])
    #expect(learning.map(\.parameter.layout.shape) == [[16], [16], [16], [16]])
  }

  @Test func `a long gradient is shortened to its limit and a short one left alone`() {
    let parameters = Parameters()
    let weight = weights("w", in: parameters)
    weight.gradients[0] = 3
    weight.gradients[1] = 4
    let learning = parameters.learning { _ in 1 }
    GradientClip.apply(10, to: learning)
    #expect(weight.gradients[1] == 4)
    GradientClip.apply(1, to: learning)
    #expect(abs(weight.gradients[0] - 0.6) < 1e-6)
    #expect(abs(weight.gradients[1] - 0.8) < 1e-6)
  }
}
