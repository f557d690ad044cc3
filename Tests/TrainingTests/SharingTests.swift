import Foundation
import Testing
import Training

struct FeatureCacheTests {
  private func temporaryFolder() -> URL {
    FileManager.default.temporaryDirectory.appending(component: "cache-\(UUID().uuidString)")
  }

  private func settings(_ more: [String: SettingValue] = [:]) throws -> TrainingSettings {
    let head: [String: SettingValue] = [
      "train_size": .number(40), "epochs": .number(2), "batch_size": .number(16),
      "body": .text("letters"), "tuning": .text("head"), "augmentation": .text("default"),
      "evaluate_every": .number(1),
    ]
    return try TrainingSettings(head.merging(more) { $1 })
  }

  /// Every number a run reports but its time and what it shared, and how many rows it shared.
  private func run(
    _ settings: TrainingSettings,
    cache: URL?
  ) throws -> (numbers: [Metric], shared: Double) {
    var metrics: [Metric] = []
    try train(settings, seed: 0, cache: cache?.path) { event in
      if case .point(_, let measured) = event { metrics += measured }
      if case .final(let measured, _) = event { metrics += measured }
    }
    let shared = metrics.first { $0.name == "shared_features" }?.value ?? 0
    return (metrics.filter { $0.name != "seconds" && $0.name != "shared_features" }, shared)
  }

  @Test func `a cache changes no bit of a result, whether it is filled or used`() throws {
    let cache = temporaryFolder()
    defer { try? FileManager.default.removeItem(at: cache) }
    let plain = try run(settings(), cache: nil)
    let filled = try run(settings(), cache: cache)
    let used = try run(settings(), cache: cache)
    #expect(filled.numbers == plain.numbers)
    #expect(used.numbers == plain.numbers)
    #expect(plain.shared == 0)
    // Forty images in each of two epochs, the same ones unchanged, and the validation set.
    #expect(used.shared == 2 * 40 + 40 + 1500)
  }

  @Test func `runs that differ only after the body share, others do not`() throws {
    let cache = temporaryFolder()
    defer { try? FileManager.default.removeItem(at: cache) }
    _ = try run(settings(), cache: cache)
    let dropout = try run(settings(["dropout": .number(0.5)]), cache: cache)
    #expect(dropout.shared > 1500)
    let other = try run(settings(["body": .text("none")]), cache: cache)
    #expect(other.shared == 0)
  }

  @Test func `a damaged file is worked out again`() throws {
    let cache = temporaryFolder()
    defer { try? FileManager.default.removeItem(at: cache) }
    let plain = try run(settings(), cache: cache)
    for name in try FileManager.default.contentsOfDirectory(atPath: cache.path) {
      let file = cache.appending(component: name)
      var bytes = try Data(contentsOf: file)
      bytes[bytes.count - 5] ^= 1
      try bytes.write(to: file)
    }
    #expect(try run(settings(), cache: cache).numbers == plain.numbers)
  }
}
