import Notation
import Testing
import Training

struct PicturesTests {
  private func session(_ settings: JSONObject = [:]) throws -> TrainingSession {
    let small: JSONObject = ["train_size": 30]
    return try TrainingSession(TrainingSettings(small.merging(settings)), seed: 0)
  }

  @Test func `epoch 0 shows the image as it is, and so does every epoch that changes nothing`()
    throws
  {
    let plain = try #require(try session().trainingPicture(epoch: 0))
    let strong = try session(["augmentation": "strong"])
    #expect(plain.rows == 28)
    #expect(strong.trainingPicture(epoch: 0) == plain)
    #expect(try session().trainingPicture(epoch: 3) == plain)
  }

  @Test func `every epoch draws the same image anew, and alike whenever it is asked`() throws {
    let strong = try session(["augmentation": "strong"])
    let draws = (0...8).compactMap { strong.trainingPicture(epoch: $0) }
    #expect(draws.count == 9)
    for (place, draw) in draws.enumerated() {
      #expect(!draws[..<place].contains(draw))
      #expect(strong.trainingPicture(epoch: place) == draw)
    }
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
    #expect(session.trainingPicture(epoch: 1) == nil)
  }

  @Test func `the course's own size is repeated for a picture`() throws {
    let course = try session([
      "dataset": "curve", "model": "mlp", "depth": 1, "batch_norm": false, "width": 50,
      "train_size": "all", "epochs": 30,
    ])
    #expect(course.trainingPoints.count == 4000)
    #expect(course.trainQuickly())
  }

  @Test func `a line bends where its pieces meet, and nowhere else`() {
    // Slopes 1, −2, 0.5 and, too little to see, 0.501.
    func y(_ x: Double) -> Double {
      x - 3 * max(0, x - 0.2512) + 2.5 * max(0, x - 0.6) + 0.001 * max(0, x - 0.8)
    }
    let line = (0...100).map { (x: Double($0) / 100, y: y(Double($0) / 100)) }
    let kinks = Kinks.found(in: line)
    #expect(kinks.map { ($0.x * 10_000).rounded() } == [2512, 6000])
    for kink in kinks { #expect(abs(kink.y - y(kink.x)) < 1e-9) }
    #expect(Kinks.found(in: line.map { (x: $0.x, y: 3 * $0.x) }).isEmpty)
    #expect(Kinks.found(in: []).isEmpty)
  }

  @Test func `a network of ReLUs bends where a unit turns on, and a stack without them is a line`()
    throws
  {
    let places = (0...1000).map { Double($0) / 1000 }
    func kinks(_ activation: String) throws -> (found: [Double], session: TrainingSession) {
      let session = try self.session([
        "dataset": "curve", "model": "mlp", "depth": 1, "batch_norm": false, "width": 4,
        "train_size": "all", "epochs": 8, "learning_rate": 0.03,
        "activation": .string(activation),
      ])
      #expect(session.trainQuickly())
      let curve = zip(places, session.predictions(at: places)).map { (x: $0, y: $1) }
      return (Kinks.found(in: curve).map(\.x), session)
    }
    let (found, session) = try kinks("relu")
    // w (x − mean) / deviation + b = 0, in the unit of the data.
    let inputs = session.trainingPoints.map(\.x)
    let mean = inputs.reduce(0, +) / Double(inputs.count)
    let deviation = (inputs.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(inputs.count))
      .squareRoot()
    let numbers = session.network.tensors.map { $0.get().map(Double.init) }
    let turns = zip(numbers[0], numbers[1]).map { mean - deviation * $1 / $0 }
    #expect(!found.isEmpty && found.count <= 4)
    for x in found { #expect(turns.contains { abs($0 - x) < 0.005 }, "\(x) of \(turns)") }
    #expect(try kinks("none").found.isEmpty)
  }

  @Test func `blended images are those that the network is shown`() throws {
    let session = try session([
      "mixup_alpha": 0.4, "augmentation": "default", "model": "linear", "epochs": 1,
      "evaluate_every": 0,
    ])
    let mixtures = session.mixtures(30)
    #expect(mixtures.count == 30 && session.mixtures(3) == Array(mixtures.prefix(3)))
    #expect(mixtures.allSatisfy { 0.5...1 ~= $0.share })
    #expect(session.trainEpoch(1) == nil)
    // All 30 images are one batch, which the network's input still holds, normalized.
    let input = session.network.input
    let seen = (0..<30).map { n in
      (0..<28).flatMap { y in (0..<28).map { input.value.row(y, ofImage: n)[$0] } }
    }
    let blends = mixtures.map(\.blend.values)
    let bright = try #require(blends[0].indices.max { blends[0][$0] < blends[0][$1] })
    let scale = (seen[0][bright] - seen[0][0]) / (blends[0][bright] - blends[0][0])
    for (image, blend) in zip(seen, blends) {
      for (number, pixel) in zip(image, blend) {
        #expect(abs(number - seen[0][0] - (pixel - blends[0][0]) * scale) < 1e-4)
      }
    }
    #expect(try self.session().mixtures(3).isEmpty)
  }
}
