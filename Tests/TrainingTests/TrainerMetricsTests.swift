import Foundation
import Notation
import Statistics
import Testing
import Training

struct TrainerMetricsTests {
  /// Runs of every task that together print everything.
  private static let runs: [JSONObject] = [
    [
      "train_size": 60, "epochs": 3, "model": "mlp",
      "width": 8, "evaluate_every": 1, "augmentation": "light",
      "tta": 1, "test": true, "early_stopping": 1,
    ],
    ["dataset": "digit-traits", "train_size": 60, "epochs": 1],
    [
      "dataset": "curve", "model": "linear", "train_size": 60,
      "epochs": 2, "evaluate_every": 1,
    ],
  ]

  /// The printed names: of the points of the curves, and of the results.
  private func printed(by settings: JSONObject) throws -> (
    curve: [String], final: [String]
  ) {
    let cache = FileManager.default.temporaryDirectory.appending(component: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: cache) }
    var names: (curve: [String], final: [String]) = ([], [])
    try train(TrainingSettings(settings), seed: 0, cache: cache.path) { event in
      switch event {
      case .point(_, let metrics): names.curve += metrics.map(\.name)
      case .final(let metrics, _): names.final += metrics.map(\.name)
      case .reliability, .answers, .diverged: break
      }
    }
    return names
  }

  @Test func `every printed metric is in the table, and all of the table are printed`() throws {
    var unseen = TrainerMetrics.all.flatMap { metric in metric.roles.map { (metric.name, $0) } }
    let pictures = try ImageFolderTests.pictures()
    defer { try? FileManager.default.removeItem(at: pictures) }
    let folder: JSON = ["folder": .string(pictures.path), "size": 8]
    let ofPictures: JSONObject = ["dataset": folder, "model": "linear", "epochs": 1]
    for settings in Self.runs + [ofPictures] {
      let names = try printed(by: settings)
      for (printed, isCurve) in names.curve.map({ ($0, true) }) + names.final.map({ ($0, false) }) {
        let rows = TrainerMetrics.all.filter { row in
          row.describes(printed)
            && (isCurve ? row.roles.contains(.curve) : !row.roles.isSubset(of: [.curve]))
        }
        #expect(rows.count == 1, "'\(printed)' has \(rows.count) rows")
        unseen.removeAll { $0.0 == rows.first?.name && ($0.1 == .curve) == isCurve }
      }
    }
    #expect(unseen.isEmpty, "never printed: \(unseen)")
  }

  @Test(arguments: TrainerMetrics.all)
  func `a row says what its metric is`(metric: MetricDescription) {
    #expect(!metric.summary.isEmpty && !metric.appears.isEmpty && !metric.roles.isEmpty)
    #expect(TrainerMetrics.all.count { $0.name == metric.name } == 1)
  }

  @Test func `a pattern stands for names with something in its gap`() throws {
    let pattern = try #require(TrainerMetrics.all.first { $0.name == "accuracy[*]" })
    #expect(pattern.describes("accuracy[7]"))
    #expect(pattern.describes("accuracy[a]b]"))
    #expect(!pattern.describes("accuracy[]"))
    #expect(!pattern.describes("accuracy"))
    #expect(!pattern.describes("brier[7]"))
  }
}
