import Foundation
import Testing
import Training

struct EvaluationTests {
  @Test func `traits are judged one by one and at several thresholds`() {
    // Probabilities .9 and .3 for the first example, .6 and .6 for the second.
    let logits = [0.9, 0.3, 0.6, 0.6].map { Float(log($0 / (1 - $0))) }
    let measured = Evaluation(logits: logits, targets: [1, 0, 1, 0], labels: ["even", "prime"])
    let metrics = Dictionary(uniqueKeysWithValues: measured.details.map { ($0.name, $0.value) })
    #expect(measured.accuracy == 0.75)
    #expect(metrics["accuracy@0.5"] == 0.75)
    #expect(metrics["accuracy@0.7"] == 0.75)
    #expect(metrics["accuracy@0.2"] == 0.5)
    #expect(metrics["accuracy[even]"] == 1)
    #expect(metrics["accuracy[prime]"] == 0.5)
    #expect(measured.correct == [true, false] && measured.exactMatch == 0.5)
    let likelihoods = [0.9, 0.7, 0.6, 0.4]
    #expect(abs(measured.loss + likelihoods.reduce(0) { $0 + log($1) } / 4) < 1e-6)
  }

  @Test func `numbers are judged by squared and absolute error`() {
    let measured = Evaluation(predictions: [1, 3], targets: [0, 5])
    #expect(measured.loss == 2.5)
    #expect(measured.details.map(\.name) == ["mse", "mae"])
    #expect(measured.details.map(\.value) == [2.5, 1.5])
    #expect(measured.accuracy == nil)
    #expect(measured.correct.isEmpty && measured.exactMatch == nil)
  }
}
