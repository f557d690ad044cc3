import Foundation
import Notation
import TestSupport
import Testing
import Training

/// The sixteen cells of the class sweep against PyTorch's, under `make slow`.
///
/// The table is that of the data's notes: means and standard deviations over 8 seeds, 200 digits a seed,
/// 20 epochs, with a body of PyTorch's own. Bodies and subsets are other draws here, so no sign of any effect
/// is asserted, only that each mean lies where those of 8 more such seeds would.
struct ClassSweepTests {
  struct Cell: Decodable, CustomTestStringConvertible, Sendable {
    let settings: JSONObject
    let validLoss: Spread
    let accuracy: Spread

    struct Spread: Decodable, Sendable {
      let mean: Double
      let deviation: Double
    }

    var testDescription: String {
      settings.members.map { "\($0.key) \($0.value.text)" }.joined(separator: ", ")
    }
  }

  private static let seeds = 8
  private static let referenceSeeds = 8

  static func cells() throws -> [Cell] {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appending(components: "Reference", "class-sweep.json")
    return try JSONDecoder().decode([Cell].self, from: Data(contentsOf: file))
  }

  @Test(.enabled(if: runsLongTests), arguments: try cells())
  func `a cell of the class sweep lies where PyTorch's lies`(cell: Cell) throws {
    let common: JSONObject = [
      "train_size": 200, "body": "letters", "evaluate_every": 0,
    ]
    let settings = try TrainingSettings(common.merging(cell.settings))
    var (losses, accuracies): ([Double], [Double]) = ([], [])
    for seed in 0..<Self.seeds {
      try train(settings, seed: seed) { event in
        guard case .final(let metrics, _) = event else { return }
        losses += metrics.filter { $0.name == "valid_loss" }.map(\.value)
        accuracies += metrics.filter { $0.name == "accuracy" }.map(\.value)
      }
    }
    try check(losses, cell.validLoss, "validation loss")
    try check(accuracies, cell.accuracy, "accuracy")
  }

  /// Four standard errors of the difference of two means, with the reference's deviation for both.
  private func check(_ values: [Double], _ reference: Cell.Spread, _ name: String) throws {
    try #require(values.count == Self.seeds)
    let mean = values.reduce(0, +) / Double(values.count)
    let share = 1 / Double(Self.referenceSeeds) + 1 / Double(values.count)
    let bound = 4 * reference.deviation * share.squareRoot()
    #expect(
      abs(mean - reference.mean) <= bound,
      "\(name): mean \(mean) of \(values.count) seeds, reference \(reference.mean) ± \(bound)"
    )
  }
}
