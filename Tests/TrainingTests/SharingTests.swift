import Foundation
import Notation
import Testing
import Training

struct SharingTests {
  private func temporaryFolder() -> URL {
    FileManager.default.temporaryDirectory.appending(component: "cache-\(UUID().uuidString)")
  }

  private func settings(_ more: JSONObject = [:]) throws -> TrainingSettings {
    let head: JSONObject = [
      "train_size": 40, "epochs": 2, "batch_size": 16,
      "body": "letters", "tuning": "head", "augmentation": "default",
      "evaluate_every": 1,
    ]
    return try TrainingSettings(head.merging(more))
  }

  /// Every number a run reports but its time and what it shared, and what it shared.
  private func run(
    _ settings: TrainingSettings,
    cache: URL?
  ) throws -> (numbers: [MetricValue], shared: Double, images: Double) {
    var metrics: [MetricValue] = []
    try train(settings, seed: 0, cache: cache?.path) { event in
      if case .point(_, let measured) = event { metrics += measured }
      if case .final(let measured, _) = event { metrics += measured }
    }
    func value(_ name: String) -> Double { metrics.first { $0.name == name }?.value ?? 0 }
    let own = ["seconds", "shared_features", "shared_images"]
    return (
      metrics.filter { !own.contains($0.name) }, value("shared_features"), value("shared_images")
    )
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
    // All training images are decoded, however few are trained on.
    #expect(filled.images == 0)
    #expect(used.images == 2500 + 1500)
  }

  @Test func `a file that lies under another's name, or is none, is worked out again`() throws {
    let cache = temporaryFolder()
    defer { try? FileManager.default.removeItem(at: cache) }
    let plain = try run(settings(), cache: cache)
    let files = try FileManager.default
      .contentsOfDirectory(at: cache, includingPropertiesForKeys: [.fileSizeKey])
      .filter { $0.lastPathComponent.hasPrefix("features") }.sorted { $0.path < $1.path }
    let bySize = Dictionary(grouping: files) { file in
      (try? file.resourceValues(forKeys: [.fileSizeKey]).fileSize) ?? 0
    }
    // Features of the same images in several epochs change places; those of the others become a pipe that nobody
    // writes to.
    let alike = try #require(bySize.values.first { $0.count > 1 })
    let other = try #require(files.first { !alike.contains($0) })
    let contents = try alike.map { try Data(contentsOf: $0) }
    for (file, content) in zip(alike, contents.dropFirst() + contents.prefix(1)) {
      try content.write(to: file)
    }
    try FileManager.default.removeItem(at: other)
    try #require(mkfifo(other.path, 0o600) == 0)
    let again = try run(settings(), cache: cache)
    #expect(again.numbers == plain.numbers)
    #expect(again.shared == 0)
  }

  @Test func `runs that differ only after the body share, others do not`() throws {
    let cache = temporaryFolder()
    defer { try? FileManager.default.removeItem(at: cache) }
    _ = try run(settings(), cache: cache)
    let dropout = try run(settings(["dropout": 0.5]), cache: cache)
    #expect(dropout.shared > 1500)
    let other = try run(settings(["body": "none"]), cache: cache)
    #expect(other.shared == 0)
  }

  @Test func `a damaged file is worked out again`() throws {
    let cache = temporaryFolder()
    defer { try? FileManager.default.removeItem(at: cache) }
    let plain = try run(settings(), cache: cache)
    try damage(cache)
    let again = try run(settings(), cache: cache)
    #expect(again.numbers == plain.numbers)
    #expect(again.images == 0)
    // And what it left holds.
    #expect(try run(settings(), cache: cache).images == 4000)
  }

  @Test func `a folder that is no folder is no fault`() throws {
    let file = temporaryFolder()
    defer { try? FileManager.default.removeItem(at: file) }
    try Data("text".utf8).write(to: file)
    #expect(try run(settings(), cache: file).numbers == run(settings(), cache: nil).numbers)
  }

  /// Changes a bit of the content of every file.
  private func damage(_ cache: URL) throws {
    for name in try FileManager.default.contentsOfDirectory(atPath: cache.path) {
      let file = cache.appending(component: name)
      var bytes = try Data(contentsOf: file)
      bytes[bytes.count - 5] ^= 1
      try bytes.write(to: file)
    }
  }

  @Test func `decoded images of a folder are shared, and changed ones are decoded anew`() throws {
    let cache = temporaryFolder()
    let data = temporaryFolder()
    defer { for url in [cache, data] { try? FileManager.default.removeItem(at: url) } }
    func write(_ name: String, _ bytes: [UInt8]) throws {
      try Data(bytes).write(to: data.appending(component: name))
    }
    try FileManager.default.createDirectory(at: data, withIntermediateDirectories: true)
    let sizes: [UInt8] = [0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 1]
    for part in ["train", "valid"] {
      try write("\(part)-images-idx3-ubyte", [0, 0, 8, 3] + sizes + [10, 20])
      try write("\(part)-labels-idx1-ubyte", [0, 0, 8, 1, 0, 0, 0, 2, 0, 1])
    }
    let settings = try TrainingSettings(["dataset": ["idx": .string(data.path)]])
    func load() throws -> Dataset {
      try Dataset.load(settings.dataset, cache: SharedFolder(path: cache.path))
    }
    let plain = try Dataset.load(settings.dataset)
    #expect(try load() == plain)
    #expect(try load() == plain)
    #expect(try FileManager.default.contentsOfDirectory(atPath: cache.path).count == 1)
    try write("train-images-idx3-ubyte", [0, 0, 8, 3] + sizes + [10, 21])
    let changed = try load()
    #expect(changed.train != plain.train)
    #expect(changed.valid == plain.valid)
  }
}
