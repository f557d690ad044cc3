import Foundation
import Notation
import Statistics
import Testing
import Training

/// Against torchvision's numbers, which Reference/techniques.py made.
struct BatchBlendTests {
  @Test func `a patch has torchvision's corners`() throws {
    for expected in try TechniqueReference.load().patches {
      let half = 0.5 * (1 - expected.kept).squareRoot()
      let rows = CutMix.range(expected.y, half: half, of: expected.rows)
      let columns = CutMix.range(expected.x, half: half, of: expected.columns)
      let box = [columns.lowerBound, rows.lowerBound, columns.upperBound, rows.upperBound]
      #expect(box == expected.box)
      let taken = Double(rows.count * columns.count) / Double(expected.rows * expected.columns)
      #expect(abs(1 - taken - expected.adjusted) < 1e-12)
    }
  }

  @Test func `what is pasted and what the target takes of it are the same share`() throws {
    let session = try TrainingSession(
      TrainingSettings(["train_size": 20, "cutmix_alpha": 1, "model": "linear"]),
      seed: 0
    )
    let cutMix = try #require(CutMix(alpha: 1, seed: 0))
    let network = session.network
    let (rows, columns) = (network.input.rows, network.input.columns)
    // Each image is even, with its own number.
    for n in 0..<10 {
      for y in 0..<rows {
        for x in 0..<columns { network.input.value.row(y, ofImage: n)[x] = Float(n + 1) }
      }
    }
    var targets = (0..<100).map { Float($0 / 10 == $0 % 10 ? 1 : 0) }
    cutMix.blend(network.input, targets: &targets, indices: Array(40..<50), epoch: 3)
    for n in 0..<10 {
      let patch = cutMix.patch(40 + n, epoch: 3, count: 10, rows: rows, columns: columns)
      var counts = [Int: Int]()
      for y in 0..<rows {
        for x in 0..<columns {
          counts[Int(network.input.value.row(y, ofImage: n)[x]), default: 0] += 1
        }
      }
      for c in 0..<10 {
        let share = Float(counts[c + 1] ?? 0) / Float(rows * columns)
        #expect(abs(targets[10 * n + c] - share) < 1e-6)
      }
      #expect(counts[patch.partner + 1, default: 0] >= patch.rows.count * patch.columns.count)
    }
  }

  @Test func `mixup and cutmix are refused together`() {
    let error = #expect(throws: TrainingError.self) {
      try TrainingSettings(["mixup_alpha": 0.4, "cutmix_alpha": 1])
    }
    #expect(error?.description.contains("set one of them to 0") == true)
  }
}

/// The numbers that Reference/techniques.py got from PyTorch and torchvision.
struct TechniqueReference: Decodable {
  struct Patch: Decodable {
    let rows: Int
    let columns: Int
    let x: Int
    let y: Int
    let kept: Double
    let box: [Int]
    let adjusted: Double
  }

  struct Resampled: Decodable {
    let border: String
    let matrix: [Float]
    let values: [Float]
  }

  struct Crop: Decodable {
    let window: [Int]
    let values: [Float]
  }

  struct Windows: Decodable {
    let smallest: Double
    let rows: Int
    let columns: Int
    let meanArea: Double
    let meanLogRatio: Double
    let meanTop: Double
    let count: Int
  }

  struct Average: Decodable {
    let decay: Double
    let steps: [[Float]]
    let averages: [[Float]]
  }

  struct Steps: Decodable {
    let optimizer: String
    let momenta: [Double]
    let rates: [Double]
    let beta2: Double?
    let epsilon: Double?
    let nesterov: Bool
    let gradients: [[Float]]
    let values: [[Float]]
  }

  let picture: [Float]
  let rows: Int
  let columns: Int
  let patches: [Patch]
  let resampled: [Resampled]
  let crops: [Crop]
  let windows: [Windows]
  let average: Average
  let steps: [Steps]

  static func load() throws -> TechniqueReference {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appending(components: "Reference", "techniques.json")
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(TechniqueReference.self, from: Data(contentsOf: file))
  }
}
