import Testing
import Training

struct OptimizerTests {
  /// A parameter vector that starts at 1, stepped along the gradient of half its squared length.
  private func descend(
    _ kind: any Optimizer.Type,
    steps: Int,
    decay: Double = 0,
    multiplier: Double? = 1
  ) -> Float {
    let parameters = Parameters()
    let weight = parameters.reserve(
      "w",
      part: .head,
      role: .weight,
      layout: .init(rows: 1, columns: 16)
    )
    parameters.fill(weight, with: 1)
    var optimizer = kind.init(parameters, OptimizerConstants(weightDecay: decay))
    for _ in 0..<steps {
      for i in 0..<16 { parameters.gradient(weight)[i] = parameters.value(weight)[i] }
      optimizer.step(parameters, groups: parameters.groups { _ in multiplier }, rate: 0.05)
    }
    return parameters.value(weight)[0]
  }

  @Test(arguments: Optimizers.all.indices) func `an optimizer shrinks a quadratic`(index: Int) {
    #expect(abs(descend(Optimizers.all[index], steps: 100)) < 0.1)
  }

  @Test(arguments: Optimizers.all.indices) func `a frozen segment does not move`(index: Int) {
    #expect(descend(Optimizers.all[index], steps: 3, decay: 1, multiplier: nil) == 1)
  }

  @Test(arguments: Optimizers.all.indices)
  func `decoupled decay shrinks weights by rate times decay and leaves biases alone`(index: Int) {
    let parameters = Parameters()
    let layout = Parameters.Layout(rows: 1, columns: 16)
    let weight = parameters.reserve("w", part: .head, role: .weight, layout: layout)
    let bias = parameters.reserve("b", part: .head, role: .bias, layout: layout)
    parameters.fill(weight, with: 1)
    parameters.fill(bias, with: 1)
    parameters.clearGradients()
    var optimizer = Optimizers.all[index].init(parameters, OptimizerConstants(weightDecay: 2))
    optimizer.step(parameters, groups: parameters.groups { _ in 1 }, rate: 0.1)
    #expect(abs(parameters.value(weight)[0] - 0.8) < 1e-6)
    #expect(parameters.value(bias)[0] == 1)
  }

  @Test func `a long gradient is shortened to its limit and a short one left alone`() {
    let parameters = Parameters()
    let weight = parameters.reserve(
      "w",
      part: .head,
      role: .weight,
      layout: .init(rows: 1, columns: 2)
    )
    parameters.gradient(weight)[0] = 3
    parameters.gradient(weight)[1] = 4
    let groups = parameters.groups { _ in 1 }
    GradientClip.apply(10, to: parameters, groups: groups)
    #expect(parameters.gradient(weight)[1] == 4)
    GradientClip.apply(1, to: parameters, groups: groups)
    #expect(abs(parameters.gradient(weight)[0] - 0.6) < 1e-6)
    #expect(abs(parameters.gradient(weight)[1] - 0.8) < 1e-6)
  }
}
