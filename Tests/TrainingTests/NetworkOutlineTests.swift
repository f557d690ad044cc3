import Notation
import Testing
import Training

struct NetworkOutlineTests {
  private func outline(_ settings: JSONObject) throws -> NetworkOutline {
    let small: JSONObject = ["train_size": 20]
    return try TrainingSession(TrainingSettings(small.merging(settings)), seed: 0).outline
  }

  private func layer(_ name: String, of outline: NetworkOutline) throws -> NetworkOutline.Layer {
    try #require(outline.parts.flatMap(\.layers).first { $0.name == name })
  }

  @Test func `each layer of the cnn says what it gives on and how many numbers it has`() throws {
    let outline = try outline(["dropout": 0.5])
    #expect(outline.input == [28, 28, 1])
    #expect(outline.parts.map(\.name) == ["body", "head"])
    let first = try layer("conv1", of: outline)
    #expect(first.work == "convolution 3 × 3" && first.shape == [28, 28, 16])
    #expect(first.parameters == 3 * 3 * 16)
    let second = try layer("conv2", of: outline)
    #expect(second.work == "convolution 3 × 3, stride 2" && second.shape == [14, 14, 32])
    #expect(try layer("sum4", of: outline).work == "adds activation2")
    #expect(try layer("pooling", of: outline).shape == [4, 4, 64])
    #expect(try layer("flatten", of: outline).shape == [1024])
    #expect(try layer("dropout2", of: outline).work == "dropout 0.5")
    let output = try layer("output", of: outline)
    #expect(output.shape == [10] && output.parameters == 128 * 10 + 10)
  }

  @Test(arguments: [
    ["model": "cnn"] as JSONObject, ["model": "mlp", "depth": 3], ["model": "linear"],
    ["model": "cnn", "batch_norm": false, "tuning": "head"],
    ["dataset": "curve", "model": "mlp", "width": 5],
  ])
  func `the layers have as many numbers as the network, and those learn that a run says`(
    settings: JSONObject
  ) throws {
    let small: JSONObject = ["train_size": 20, "epochs": 1, "evaluate_every": 0]
    let session = try TrainingSession(TrainingSettings(small.merging(settings)), seed: 0)
    var final: [String: Double] = [:]
    try session.run { event in
      guard case .final(let metrics, _) = event else { return }
      for metric in metrics { final[metric.name] = metric.value }
    }
    let outline = session.outline
    #expect(Double(outline.parameters) == final["parameters_total"])
    #expect(Double(outline.learning) == final["parameters_trained"])
    let sizes = outline.parts.flatMap(\.layers).map { $0.shape.reduce(1, *) }
    #expect(sizes.last == session.network.output.realChannels)
  }

  @Test func `what is frozen, and for how long, is said of each layer`() throws {
    let head = try outline(["tuning": "head"])
    #expect(try layer("conv1", of: head).rates == [nil])
    #expect(try layer("norm1", of: head).rates == [nil])
    #expect(try layer("hidden", of: head).rates == [1])
    #expect(head.learning < head.parameters)
    let both = try outline(["tuning": "lp_ft", "epochs": 7, "body_lr_mult": 0.1])
    #expect(both.epochs == [3, 4])
    #expect(try layer("conv1", of: both).rates == [nil, 0.1])
    #expect(try layer("activation1", of: both).rates.isEmpty)
    #expect(both.learning == both.parameters)
  }
}
