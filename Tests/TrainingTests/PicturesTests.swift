import Notation
import Testing
import Training

struct PicturesTests {
  private func session(_ settings: JSONObject = [:]) throws -> TrainingSession {
    let small: JSONObject = ["train_size": 30]
    return try TrainingSession(TrainingSettings(small.merging(settings)), seed: 0)
  }

  @Test func `epoch 0 shows the images as they are, one of each class`() throws {
    let plain = try session().trainingPictures(10, epoch: 0)
    let strong = try session(["augmentation": "strong"])
    #expect(plain.count == 10 && plain[0].rows == 28)
    #expect(strong.trainingPictures(10, epoch: 0) == plain)
    #expect(try session().trainingPictures(3, epoch: 1) == Array(plain.prefix(3)))
  }

  @Test func `an epoch shows its own draws, the same whenever it is asked`() throws {
    let strong = try session(["augmentation": "strong"])
    let first = strong.trainingPictures(10, epoch: 1)
    #expect(first != strong.trainingPictures(10, epoch: 0))
    #expect(first != strong.trainingPictures(10, epoch: 2))
    #expect(first == strong.trainingPictures(10, epoch: 1))
  }

  @Test(arguments: [("cnn", 16, 3), ("mlp", 8, 28), ("linear", 10, 28)])
  func `each filter is a picture of the first layer's weights`(
    model: String,
    count: Int,
    side: Int
  ) throws {
    let width: JSONObject = model == "mlp" ? ["width": 8] : [:]
    let session = try session(width.merging(["model": .string(model)]))
    let weights = try #require(session.network.tensors.first).get()
    let filters = session.filters(100)
    #expect(filters.count == count)
    #expect(filters.allSatisfy { $0.rows == side && $0.columns == side })
    let largest = try #require(weights.map(abs).max())
    #expect(filters.flatMap(\.values) == weights.map { ($0 / largest + 1) / 2 })
    #expect(session.filters(3).count == 3)
  }

  @Test func `a training is repeated where it is little work`() throws {
    let little = try session(["epochs": 2, "model": "linear"])
    #expect(little.trainQuickly())
    let before = try #require(try session(["model": "linear"]).network.tensors.first).get()
    #expect(try #require(little.network.tensors.first).get() != before)
    #expect(try !session(["epochs": 4000]).trainQuickly())
    #expect(try !session(["epochs": 2, "early_stopping": 1]).trainQuickly())
  }

  @Test func `a trained line predicts near what it learned from`() throws {
    let session = try session([
      "dataset": "curve", "model": "mlp", "train_size": 400,
      "epochs": 60, "learning_rate": 0.02,
    ])
    try session.run { _ in }
    let places = [0.1, 0.4, 0.9]
    let found = session.predictions(at: places)
    for (value, truth) in zip(found, CurveData.expectation(at: places)) {
      #expect(abs(value - truth) < 0.5)
    }
    #expect(session.trainingPoints.count == 400 && session.filters(10).isEmpty)
    #expect(session.trainingPictures(10, epoch: 1).isEmpty)
  }
}
