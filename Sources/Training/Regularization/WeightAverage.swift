/// The exponential moving average of a network's weights, with which it is measured in place of the latest ones.
///
/// After each step average ← d · average + (1 − d) · weights, and the running statistics of batch norm alike; the first
/// step sets it. It remembers about 1/(1 − d) steps.
///
/// Reference: Polyak and Juditsky (1992), Acceleration of stochastic approximation by averaging; the arithmetic of
/// PyTorch's `torch.optim.swa_utils.AveragedModel` with `get_ema_multi_avg_fn(d)` and `use_buffers`.
package struct WeightAverage {
  private let decay: Float
  private let tensors: [NetworkTensor]
  private var average: [[Float]] = []

  /// Takes d, `nil` where it is 0.
  package init?(decay: Double, of network: Network) {
    guard decay > 0 else { return nil }
    self.decay = Float(decay)
    tensors = network.tensors
  }

  /// Takes the weights of a step into the average.
  package mutating func add() {
    guard !average.isEmpty else {
      average = tensors.map { $0.get() }
      return
    }
    for (place, tensor) in tensors.enumerated() {
      for (i, number) in tensor.get().enumerated() {
        average[place][i] += (number - average[place][i]) * (1 - decay)
      }
    }
  }

  /// Gives the network the average while something is done with it, and then what it had.
  package func during<Result>(_ body: () throws -> Result) rethrows -> Result {
    guard !average.isEmpty else { return try body() }
    let latest = tensors.map { $0.get() }
    settle()
    defer { for (tensor, numbers) in zip(tensors, latest) { tensor.set(numbers) } }
    return try body()
  }

  /// Gives the network the average for good.
  package func settle() {
    for (tensor, numbers) in zip(tensors, average) { tensor.set(numbers) }
  }
}
