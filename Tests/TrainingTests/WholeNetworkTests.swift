import Foundation
import Notation
import TestSupport
import Testing
import Training

/// Whole networks out of the program and in again.
struct WholeNetworkTests {
  private func outputs(_ session: TrainingSession) -> [Float] {
    session.outputs(of: session.validation, at: Array(0..<100))
  }

  @Test(
    arguments: [
      ["body": "letters", "dropout": 0.3], ["body": "letters", "head": "linear"],
      ["body": "letters", "head": "fastai", "dropout": 0.5],
      ["model": "mlp", "width": 24], ["width": 8, "depth": 1, "batch_norm": false],
    ] as [JSONObject]
  )
  func `a network that was saved says the same to the bit when it comes back`(
    settings: JSONObject
  ) throws {
    try withTemporaryFolder { folder in
      let given = settings.merging(["train_size": 60, "epochs": 2, "evaluate_every": 0])
      let first = try train(TrainingSettings(given), seed: 3) { _ in }
      let path = folder.appending(component: "saved.safetensors").path
      try Data(first.weights.bytes).write(to: URL(fileURLWithPath: path))
      let file: JSONObject = ["body": .string(path), "head": "file", "train_size": 60]
      let second = try train(
        TrainingSettings(file.merging(["tuning": "none"])),
        seed: 3
      ) { event in
        if case .final(let metrics, _) = event {
          #expect(metrics.first { $0.name == "parameters_trained" }?.value == 0)
        }
      }
      #expect(outputs(first) == outputs(second))
      #expect(first.weights == second.weights)
      let third = try train(TrainingSettings(file.merging(["epochs": 1])), seed: 3) { _ in }
      #expect(outputs(first) != outputs(third))
    }
  }

  @Test func `a head that does not fit the data, or is not there, is refused`() throws {
    try withTemporaryFolder { folder in
      let path = folder.appending(component: "saved.safetensors").path
      let session = try TrainingSession(TrainingSettings(["train_size": 60]), seed: 0)
      try Data(session.weights.bytes).write(to: URL(fileURLWithPath: path))
      func fault(_ settings: JSONObject) -> String? {
        let file: JSONObject = ["body": .string(path), "head": "file"]
        let error = #expect(throws: TrainingError.self) {
          try TrainingSession(TrainingSettings(file.merging(settings)), seed: 0)
        }
        return error?.description
      }
      #expect(
        fault(["dataset": "digit-traits"])
          == "The weights in '\(path)' do not fit this network: its head has 10 outputs, and these data ask for 5."
      )
      #expect(
        fault(["dropout": 0.5]) == "Head 'file' brings its own dropout; leave 'dropout' out."
      )
      #expect(
        fault(["body": "letters"])
          == "Head 'file' comes with a body from a file; set 'body' to a file of a whole network."
      )
      try Data(session.body.bytes).write(to: URL(fileURLWithPath: path))
      #expect(
        fault([:])
          == "'\(path)' cannot be read: it describes no head, which would be 'layers' whose names begin with 'head.'."
      )
    }
  }
}
