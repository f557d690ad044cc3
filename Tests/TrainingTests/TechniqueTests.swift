import Notation
import Statistics
import Testing
import Training

/// Techniques against PyTorch's and torchvision's definitions.
struct TechniqueTests {
  private let reference: TechniqueReference

  init() throws {
    reference = try TechniqueReference.load()
  }

  private var picture: Picture {
    var picture = Picture(rows: reference.rows, columns: reference.columns, channels: 3)
    picture.values = reference.picture
    return picture
  }

  @Test func `beyond a border is what PyTorch's grid_sample takes`() throws {
    for expected in reference.resampled {
      var picture = picture
      picture.border = try #require(PictureBorder(rawValue: expected.border))
      Affine.resample(&picture, matrix: expected.matrix)
      let error = relativeError(picture.values, expected.values)
      #expect(error < 2e-5, "\(expected.border): \(error)")
    }
  }

  @Test func `a window is enlarged as torchvision resizes a crop`() {
    for expected in reference.crops {
      var picture = picture
      let window = expected.window
      picture.enlarge(.init(top: window[0], left: window[1], height: window[2], width: window[3]))
      #expect(relativeError(picture.values, expected.values) < 1e-5, "\(window)")
    }
  }

  @Test func `windows have the sizes, shapes and places that torchvision's have`() throws {
    for expected in reference.windows {
      let settings = try TrainingSettings([
        "augmentation": ["crop": .number(JSONNumber(1 - expected.smallest))]
      ])
      let crop = try #require(settings.augmentation.augmentations.first as? RandomResizedCrop)
      var rng = SeededGenerator(purpose: "windows", seed: 0)
      let windows = (0..<expected.count).map { _ in
        crop.window(rows: expected.rows, columns: expected.columns, using: &rng)
      }
      func mean(_ value: (RandomResizedCrop.Window) -> Double) -> Double {
        windows.reduce(0) { $0 + value($1) } / Double(windows.count)
      }
      let area = Double(expected.rows * expected.columns)
      // Twenty thousand of each side: means differ by less than four standard errors, at most 0.012 of their ranges.
      #expect(abs(mean { Double($0.height * $0.width) / area } - expected.meanArea) < 0.01)
      let logRatio = mean { Elementary.logarithm(Double($0.width) / Double($0.height)) }
      #expect(abs(logRatio - expected.meanLogRatio) < 0.01)
      #expect(abs(mean { Double($0.top) } - expected.meanTop) < 0.2)
      #expect(windows.allSatisfy { $0.top >= 0 && $0.top + $0.height <= expected.rows })
      #expect(windows.allSatisfy { $0.left >= 0 && $0.left + $0.width <= expected.columns })
    }
  }

  @Test func `the average of weights is PyTorch's`() throws {
    let settings: JSONObject = ["train_size": 20, "model": "linear"]
    let network = try TrainingSession(TrainingSettings(settings), seed: 0).network
    let bias = try #require(network.tensors.last)
    var average = try #require(
      WeightAverage(decay: reference.average.decay, of: network)
    )
    for (step, expected) in zip(reference.average.steps, reference.average.averages) {
      bias.set(step)
      average.add()
      let found = average.during { bias.get() }
      #expect(relativeError(found, expected) < 1e-6)
      #expect(bias.get() == step)
    }
    average.settle()
    #expect(relativeError(bias.get(), try #require(reference.average.averages.last)) < 1e-6)
  }

  @Test func `an average of no past is the network as it is`() throws {
    func loss(_ decay: Double) throws -> Double? {
      var loss: Double?
      let settings: JSONObject = [
        "train_size": 64, "epochs": 2, "model": "mlp", "ema": .number(JSONNumber(decay)),
        "evaluate_every": 1,
      ]
      try train(TrainingSettings(settings), seed: 0) { event in
        if case .final(let metrics, _) = event {
          loss = metrics.first { $0.name == "valid_loss" }?.value
        }
      }
      return loss
    }
    let plain = try #require(try loss(0))
    #expect(abs(try #require(try loss(1e-9)) / plain - 1) < 1e-4)
    #expect(abs(try #require(try loss(0.9)) / plain - 1) > 1e-3)
  }

  @Test func `Nesterov's steps, other constants and a cycled momentum are PyTorch's`() throws {
    for expected in reference.steps {
      let kind = try #require(Optimizers.all.first { $0.name == expected.optimizer })
      let parameters = Parameters()
      let weight = parameters.scope("w").reserve("weight", .weight, .init(rows: 1, columns: 16))
      weight.fill(with: 1)
      var constants = OptimizerConstants(momentum: expected.momenta[0])
      constants.beta2 = expected.beta2
      if let epsilon = expected.epsilon { constants.epsilon = epsilon }
      constants.looksAhead = expected.nesterov
      var optimizer = kind.init(parameters.learning { _ in 1 }, constants)
      for (step, values) in expected.values.enumerated() {
        for (i, number) in expected.gradients[step].enumerated() { weight.gradients[i] = number }
        optimizer.momentum = expected.momenta[step]
        optimizer.step(rate: expected.rates[step])
        let found = (0..<16).map { weight.values[$0] }
        let error = relativeError(found, values)
        #expect(error < 1e-5, "\(expected.optimizer), step \(step): \(error)")
      }
    }
  }

  @Test func `the momentum falls while the rate rises, as OneCycleLR has it`() throws {
    let expected = try #require(reference.steps.last)
    let (low, high) = (0.85, 0.95)
    for (step, momentum) in expected.momenta.enumerated() {
      let height = Schedule.oneCycle.height(step: step, of: expected.momenta.count)
      #expect(abs(high - (high - low) * height - momentum) < 1e-9, "step \(step)")
    }
  }
}
