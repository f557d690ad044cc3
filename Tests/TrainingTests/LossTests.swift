import Statistics
import Testing
import Training

struct LossTests {
  static let all: [Loss] = [
    .softmaxCrossEntropy, .binaryCrossEntropy, .squaredError(range: nil),
    .squaredError(range: -1...2),
  ]

  @Test(arguments: all) func `a loss's gradient is the slope of the loss`(loss: Loss) {
    let classes = loss == .softmaxCrossEntropy || loss == .binaryCrossEntropy ? 4 : 1
    let output = Activation(images: 3, channels: classes)
    var rng = SeededGenerator(purpose: "outputs", seed: 0)
    for n in 0..<3 {
      for c in 0..<classes { output.value.row(0, ofImage: n)[c] = Float(4 * rng.uniform() - 2) }
    }
    let targets = (0..<3 * classes).map { _ in Float(rng.uniform()) }
    // Targets of a softmax are distributions.
    let sums = (0..<3).map { n in targets[n * classes..<(n + 1) * classes].reduce(0, +) }
    let scaled = targets.indices.map {
      loss == .softmaxCrossEntropy ? targets[$0] / sums[$0 / classes] : targets[$0]
    }
    _ = loss.measure(output, targets: scaled, count: 3)
    var (gradients, slopes): ([Float], [Float]) = ([], [])
    for n in 0..<3 {
      for c in 0..<classes { gradients.append(output.gradient.row(0, ofImage: n)[c]) }
    }
    for n in 0..<3 {
      for c in 0..<classes {
        let number = output.value.row(0, ofImage: n) + c
        let kept = number.pointee
        number.pointee = kept + 1.0 / 64
        let above = loss.measure(output, targets: scaled, count: 3)
        number.pointee = kept - 1.0 / 64
        let below = loss.measure(output, targets: scaled, count: 3)
        number.pointee = kept
        slopes.append(Float((above - below) * 32))
      }
    }
    #expect(relativeError(gradients, slopes) < 1e-3)
  }

  @Test func `smoothing leaves a distribution, and moves yes and no towards a half`() {
    var single: [Float] = [1, 0, 0, 0]
    LabelSmoothing.apply(0.2, to: &single, classes: 4, task: .single)
    #expect(relativeError(single, [0.85, 0.05, 0.05, 0.05]) < 1e-6)
    var multi: [Float] = [1, 0]
    LabelSmoothing.apply(0.2, to: &multi, classes: 2, task: .multi)
    #expect(relativeError(multi, [0.9, 0.1]) < 1e-6)
  }

  @Test func `label noise replaces its share by other classes, the same for a seed`() {
    let labels = Array(repeating: 3, count: 2000)
    let places = Array(0..<2000)
    func noisy(_ share: Double, seed: Int = 0) -> [Int] {
      LabelNoise.applied(to: labels, at: places, share: share, classes: 10, seed: seed)
    }
    #expect(noisy(0) == labels)
    #expect(noisy(0.25) == noisy(0.25))
    #expect(noisy(0.25) != noisy(0.25, seed: 1))
    #expect(noisy(1).allSatisfy { $0 != 3 && (0..<10).contains($0) })
    // Four standard deviations of a binomial share of 2000.
    let share = Double(noisy(0.25).count { $0 != 3 }) / 2000
    #expect(abs(share - 0.25) < 4 * (0.25 * 0.75 / 2000).squareRoot())
  }
}
