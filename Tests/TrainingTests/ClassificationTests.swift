import Foundation
import Testing
import Training

struct ClassificationTests {
  /// Four images of two classes with top probabilities .9, .8, .6 and .9; the third and fourth are wrong.
  private let measured = Classification(
    logits: [log(0.9), log(0.1), log(0.2), log(0.8), log(0.6), log(0.4), log(0.9), log(0.1)]
      .map { Float($0) },
    labels: [0, 1, 1, 1],
    classes: 2
  )

  @Test func `the loss is the mean negative log-likelihood`() {
    let likelihoods: [Double] = [0.9, 0.8, 0.4, 0.1]
    let expected = -likelihoods.reduce(0) { $0 + log($1) } / 4
    #expect(abs(measured.loss - expected) < 1e-6)
  }

  @Test func `accuracy counts images whose most probable class is the label`() {
    #expect(measured.accuracy == 0.5)
    #expect(measured.correct == [true, true, false, false])
    #expect(measured.accuracyByClass == [1, 1.0 / 3])
  }

  @Test func `confidence is the mean top probability`() {
    #expect(abs(measured.confidence - 0.8) < 1e-6)
  }

  @Test func `calibration error weighs each bin's distance by its images`() {
    // Bins: {.9 right, .9 wrong}, {.8 right}, {.6 wrong}.
    let distances: [Double] = [1.8 - 1, 1 - 0.8, 0.6 - 0]
    let expected = distances.reduce(0, +) / 4
    #expect(abs(measured.calibrationError - expected) < 1e-6)
  }

  @Test func `bins count answers, right ones and confidence`() {
    let filled = measured.bins.enumerated().filter { $0.element.count > 0 }
    #expect(measured.bins.count == 15)
    for (place, bin) in filled {
      // Six and eight tenths lie on an edge, where rounding decides.
      #expect(abs(15 * bin.confidence / Double(bin.count) - Double(place) - 0.5) < 0.5001)
    }
    #expect(filled.map(\.element.count) == [1, 1, 2])
    #expect(filled.map(\.element.right) == [0, 1, 1])
    #expect(abs(measured.bins.reduce(0) { $0 + $1.confidence } - 3.2) < 1e-6)
  }

  @Test func `the Brier score sums squared distances over classes`() {
    let squares: [Double] = [0.01, 0.04, 0.36, 0.81]
    let expected = 2 * squares.reduce(0, +) / 4
    #expect(abs(measured.brierScore - expected) < 1e-6)
  }

  @Test func `huge logits neither overflow nor lose the loss`() {
    let extreme = Classification(logits: [1000, 0, 0, 1000], labels: [0, 0], classes: 2)
    #expect(extreme.loss == 500)
    #expect(extreme.confidence == 1)
  }

  @Test func `the running loss starts at the first batch and follows the later ones`() {
    var running = RunningLoss()
    #expect(running.value == nil)
    running.add(2)
    #expect(abs((running.value ?? 0) - 2) < 1e-12)
    for _ in 0..<1000 { running.add(1) }
    #expect(abs((running.value ?? 0) - 1) < 1e-6)
  }
}
