import Foundation
import Notation
import Testing
import Training

struct IDXFolderTests {
  private func write(_ files: [String: [UInt8]]) throws -> URL {
    let folder = FileManager.default.temporaryDirectory
      .appending(component: "idx-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for (name, bytes) in files { try Data(bytes).write(to: folder.appending(component: name)) }
    return folder
  }

  private func images(_ count: UInt8, side: UInt8 = 2) -> [UInt8] {
    let size = Int(count) * Int(side) * Int(side)
    return [0, 0, 8, 3, 0, 0, 0, count, 0, 0, 0, side, 0, 0, 0, side]
      + Array(repeating: 7, count: size)
  }

  private func labels(_ labels: [UInt8]) -> [UInt8] {
    [0, 0, 8, 1, 0, 0, 0, UInt8(labels.count)] + labels
  }

  private func settings(_ folder: URL) throws -> TrainingSettings {
    try TrainingSettings(["dataset": ["idx": .string(folder.path)]])
  }

  @Test func `a folder as MNIST comes is read, its t10k as validation set`() throws {
    let folder = try write([
      "train-images-idx3-ubyte": images(3), "train-labels-idx1-ubyte": labels([0, 1, 1]),
      "t10k-images-idx3-ubyte": images(1), "t10k-labels-idx1-ubyte": labels([1]),
    ])
    defer { try? FileManager.default.removeItem(at: folder) }
    let dataset = try Dataset.load(settings(folder).dataset)
    #expect(dataset.train.count == 3)
    #expect(dataset.valid.labels == [1])
    #expect(dataset.outputNames(for: .single) == ["0", "1"])
    let name: JSONObject = ["dataset": ["idx": .string(folder.lastPathComponent)]]
    let parent = folder.deletingLastPathComponent().path
    let relative = try TrainingSettings(name, in: parent)
    #expect(try Dataset.load(relative.dataset).train == dataset.train)
    let absolute: JSONObject = ["dataset": ["idx": .string(folder.path)]]
    #expect(try dataDigest(of: name, in: parent) == dataDigest(of: absolute))
  }

  @Test func `a class without training images is named`() throws {
    let folder = try write([
      "train-images-idx3-ubyte": images(2), "train-labels-idx1-ubyte": labels([0, 2]),
      "valid-images-idx3-ubyte": images(1), "valid-labels-idx1-ubyte": labels([1]),
    ])
    defer { try? FileManager.default.removeItem(at: folder) }
    let error = #expect(throws: TrainingError.self) {
      try TrainingSession(settings(folder), seed: 0)
    }
    #expect(error == .emptyClass("1", dataset: folder.path))
  }

  @Test func `a missing or broken file is named`() throws {
    let folder = try write([
      "train-images-idx3-ubyte": images(3), "train-labels-idx1-ubyte": labels([0, 1]),
    ])
    defer { try? FileManager.default.removeItem(at: folder) }
    let error = #expect(throws: TrainingError.self) { try Dataset.load(settings(folder).dataset) }
    #expect(
      error
        == .unreadableFile(
          "\(folder.path)/train-labels-idx1-ubyte",
          reason: "it has 2 labels for 3 images"
        )
    )
  }
}
