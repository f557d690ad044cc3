import Foundation
import Notation
import Testing
import Training

/// Probes of frozen features against scikit-learn; Reference/probes.py made the numbers.
struct ProbeTests {
  private struct Reference: Decodable {
    struct Ridge: Decodable {
      let count: Int
      let penalty: Double
      let features: [Float]
      let targets: [Double]
      let weights: [Double]
      let biases: [Double]
    }

    struct Neighbours: Decodable {
      let count: Int
      let voting: Int
      let features: [Float]
      let labels: [Int]
      let asked: [Float]
      let votes: [Double]
      let means: [Double]
    }

    let classes: Int
    let ridge: [Ridge]
    let neighbours: [Neighbours]

    static func load() throws -> Reference {
      let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appending(components: "Reference", "probes.json")
      return try JSONDecoder().decode(Reference.self, from: Data(contentsOf: file))
    }
  }

  @Test func `ridge regression is scikit-learn's with more and with fewer features than examples`()
    throws
  {
    let cases = try Reference.load().ridge
    #expect(Set(cases.map { $0.features.count / $0.count > $0.count }) == [true, false])
    for expected in cases {
      let found = RidgeRegression(
        features: expected.features,
        targets: expected.targets,
        count: expected.count,
        penalty: expected.penalty
      )
      #expect(found.weights.count == expected.weights.count)
      // The reference has ten digits.
      #expect(zip(found.weights, expected.weights).allSatisfy { abs($0 - $1) < 1e-8 })
      #expect(zip(found.biases, expected.biases).allSatisfy { abs($0 - $1) < 1e-8 })
    }
  }

  @Test func `the nearest neighbours vote as scikit-learn's do`() throws {
    let reference = try Reference.load()
    let classes = reference.classes
    for expected in reference.neighbours {
      let asked = expected.means.count
      func outputs(_ targets: [Float], _ task: Task) -> [Float] {
        NearestNeighbours(
          features: expected.features,
          targets: targets,
          count: expected.count,
          voting: expected.voting
        )
        .outputs(of: expected.asked, count: asked, task: task)
      }
      let yes = expected.labels.flatMap { label in
        (0..<classes).map { $0 == label ? Float(1) : 0 }
      }
      for (found, votes) in zip(outputs(yes, .single), expected.votes) {
        #expect(abs(exp(Double(found)) - (votes + 1) / Double(expected.voting + classes)) < 1e-6)
      }
      for (found, votes) in zip(outputs(yes, .multi), expected.votes) {
        let odds = (votes + 1) / (Double(expected.voting) - votes + 1)
        #expect(abs(exp(Double(found)) / odds - 1) < 1e-6)
      }
      let numbers = outputs(expected.labels.map { 0.5 * Float($0) }, .regression)
      #expect(numbers.count == asked)
      #expect(zip(numbers, expected.means).allSatisfy { abs(Double($0) - $1) < 1e-6 })
    }
  }

  private func final(_ settings: JSONObject) throws -> (
    session: TrainingSession, metrics: [String: Double]
  ) {
    var metrics: [String: Double] = [:]
    let session = try train(TrainingSettings(settings), seed: 1) { event in
      if case .final(let found, _) = event {
        for metric in found { metrics[metric.name] = metric.value }
      }
    }
    return (session, metrics)
  }

  private let letters: JSONObject = ["body": "letters", "head": "linear", "train_size": 300]

  @Test func `a ridge head makes the squared error smallest, and nothing but the head has changed`()
    throws
  {
    let (session, metrics) = try final(letters.merging(["tuning": "ridge", "ridge_penalty": 100]))
    #expect(try #require(metrics["accuracy"]) > 0.85)
    #expect(metrics["parameters_trained"] == 10_250)
    #expect(metrics["shrink"] == 0)
    let body = try #require(try Body.load(.letters))
    let untouched = try TrainingSession(TrainingSettings(letters), seed: 1)
    #expect(session.body.entries == untouched.body.entries)
    #expect(try body.normalization(channels: 1).mean.count == 1)
    // The gradient of ‖Y − XW − b‖² + λ‖W‖² by the head, from the outputs themselves.
    let examples = session.validation
    let positions = Array(0..<50)
    let features = examples.features(at: positions, of: session.network)
    let tensors = Dictionary(
      uniqueKeysWithValues: session.network.tensors.map { ($0.name, $0.get()) }
    )
    let weights = try #require(tensors["head.output.weight"])
    let biases = try #require(tensors["head.output.bias"])
    let outputs = session.outputs(of: examples, at: positions)
    let own = positions.flatMap { row in
      (0..<10).map { output in
        (0..<1024).reduce(biases[output]) {
          $0 + features[row * 1024 + $1] * weights[output * 1024 + $1]
        }
      }
    }
    #expect(relativeError(own, outputs) < 1e-5)
  }

  @Test func `neighbours answer in place of a head, and the nearest to itself is a training image`()
    throws
  {
    let one = try final(letters.merging(["tuning": "knn", "neighbours": 1])).metrics
    #expect(one["train_accuracy"] == 1)
    #expect(one["parameters_trained"] == 0)
    #expect(try #require(one["accuracy"]) > 0.75)
    let all = try final(letters.merging(["tuning": "knn", "neighbours": 300])).metrics
    #expect(try #require(all["accuracy"]) < 0.2)
    #expect(all["running_loss"] == nil)
  }

  @Test
  func
    `a probe needs no curves, no cache and no order, and a traits' or a number's probe works too`()
    throws
  {
    for tuning in ["ridge", "knn"] {
      for task in ["multi", "regression"] {
        let settings: JSONObject = [
          "tuning": .string(tuning), "task": .string(task), "batch_size": 7, "epochs": 3,
        ]
        let (_, metrics) = try final(letters.merging(settings))
        let plain = try final(
          letters.merging(["tuning": .string(tuning), "task": .string(task)])
        )
        .metrics
        #expect(metrics["valid_loss"] == plain["valid_loss"])
        #expect(try #require(metrics["valid_loss"]) < (task == "multi" ? 0.5 : 6))
      }
    }
  }

  @Test func `more neighbours than training images are refused`() throws {
    let error = #expect(throws: TrainingError.self) {
      try final(letters.merging(["tuning": "knn", "neighbours": 301]))
    }
    #expect(
      error?.description
        == "Setting 'neighbours' is 301, but there are 300 training examples."
    )
  }
}
