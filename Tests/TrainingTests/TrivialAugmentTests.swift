import Foundation
import Notation
import Statistics
import Testing
import Training

/// Against Pillow's pictures, which Reference/trivial.py made.
struct TrivialAugmentTests {
  private struct Reference: Decodable {
    struct Case: Decodable {
      let operation: String
      let share: Double
      let sign: Double
      let values: [Int]
    }

    let rows: Int
    let columns: Int
    let values: [Int]
    let cases: [Case]

    var picture: Picture {
      var picture = Picture(rows: rows, columns: columns, channels: 3)
      picture.values = values.map { Float($0) / 255 }
      return picture
    }
  }

  private static func reference() throws -> Reference {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appending(components: "Reference", "trivial.json")
    return try JSONDecoder().decode(Reference.self, from: Data(contentsOf: file))
  }

  @Test func `operations on colours are Pillow's`() throws {
    let reference = try Self.reference()
    for expected in reference.cases {
      let operation = try #require(TrivialAugment.Operation(rawValue: expected.operation))
      var picture = reference.picture
      operation.apply(to: &picture, share: expected.share, sign: expected.sign)
      // Pillow rounds to bytes, and rounds the grey in between too.
      let apart = zip(picture.values, expected.values).map { abs(255 * $0 - Float($1)) }.max() ?? 0
      #expect(apart <= 2, "\(expected.operation) at \(expected.sign * expected.share): \(apart)")
    }
  }

  @Test func `geometry leaves an even picture even where it still is`() throws {
    for operation in [
      TrivialAugment.Operation.shearAcross, .shearDown, .shiftAcross, .shiftDown, .rotation,
    ] {
      var picture = Picture(rows: 40, columns: 40, channels: 1)
      picture.values = Array(repeating: 0.5, count: 1600)
      operation.apply(to: &picture, share: 1.0 / 3, sign: 1)
      #expect(picture.values.contains(0), "\(operation) moves nothing in")
      #expect(picture.values.contains { abs($0 - 0.5) < 1e-6 })
    }
  }

  @Test func `a shift reaches 32 pixels`() {
    var picture = Picture(rows: 1, columns: 40, channels: 1)
    picture.values[35] = 1
    TrivialAugment.Operation.shiftAcross.apply(to: &picture, share: 1, sign: 1)
    #expect(picture.values.firstIndex { $0 > 0.99 } == 3)
  }

  @Test(arguments: [1, 3])
  func `every operation is drawn about equally often, saturation on colours alone`(channels: Int)
    throws
  {
    let settings = try TrainingSettings(["augmentation": ["trivial": 1]])
    let trivial = try #require(settings.augmentation.augmentations.first as? TrivialAugment)
    var counts: [TrivialAugment.Operation: Int] = [:]
    var rng = SeededGenerator(purpose: "trivial", seed: 0)
    for _ in 0..<5600 {
      counts[trivial.draw(channels: channels, using: &rng).operation, default: 0] += 1
    }
    let expected = channels == 3 ? 14 : 13
    #expect(counts.count == expected)
    #expect((counts[.saturation] != nil) == (channels == 3))
    // Binomial with p about 1/14: five standard deviations are 5 √(5600 / 14).
    for (operation, count) in counts {
      #expect(abs(Double(count) - 5600 / Double(expected)) < 100, "\(operation): \(count)")
    }
  }

  @Test func `a probability of one half leaves about half of the pictures alone`() throws {
    let settings = try TrainingSettings(["augmentation": ["trivial": 0.5]])
    let trivial = try #require(settings.augmentation.augmentations.first)
    let start = try Self.reference().picture
    var unchanged = 0
    for seed in 0..<400 {
      var picture = start
      var rng = SeededGenerator(purpose: "trivial", seed: seed)
      trivial.apply(to: &picture, using: &rng)
      unchanged += picture == start ? 1 : 0
      #expect(picture.values.allSatisfy { (0...1).contains($0) })
    }
    // Half, and what of the other half draws nothing or no strength: about 1/14 + 1/31.
    #expect((160...260).contains(unchanged))
  }
}
