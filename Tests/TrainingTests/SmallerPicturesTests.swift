import Foundation
import Notation
import Testing
import Training

/// Pictures that are learned at a smaller size first.
struct SmallerPicturesTests {
  /// A folder of pictures that differ, and a file of a whole network for them: the normalization comes with it.
  private func withPictures(_ body: (_ folder: String, _ network: String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(component: "sizes-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let pictures = folder.appending(component: "pictures")
    for (label, name) in ["cat", "dog"].enumerated() {
      let place = pictures.appending(component: name)
      try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
      for number in 0..<10 {
        let pixels = (0..<40 * 40 * 3).map { place in
          let (slant, row) = (3 + 4 * label, place / 120)
          return UInt8((place * slant + row * (number + 1) * 5) % 251)
        }
        try Data(PortableNetworkGraphic.bytes(side: 40, pixels: pixels))
          .write(to: place.appending(component: "\(number).png"))
      }
    }
    let network = folder.appending(component: "network.safetensors")
    let dataset: JSON = ["folder": .string(pictures.path), "size": 32]
    let session = try TrainingSession(
      TrainingSettings(["dataset": dataset, "width": 4]),
      seed: 0
    )
    try Data(session.weights.bytes).write(to: network)
    try body(pictures.path, network.path)
  }

  private func settings(_ folder: String, _ network: String, size: Int) -> JSONObject {
    [
      "dataset": ["folder": .string(folder), "size": .number(JSONNumber(size))],
      "body": .string(network), "head": "file", "batch_size": 8, "evaluate_every": 0,
    ]
  }

  @Test(arguments: ["full", "head", "bitfit"])
  func `the first phase is what a data set of that size gives, and the second goes on from there`(
    tuning: String
  ) throws {
    try withPictures { folder, network in
      let both = settings(folder, network, size: 32)
        .merging(["tuning": .string(tuning), "first_size": 16, "first_share": 0.6, "epochs": 5])
      let progressive = try TrainingSession(TrainingSettings(both), seed: 2)
      let alone = settings(folder, network, size: 16)
        .merging(["tuning": .string(tuning), "epochs": 3])
      let small = try TrainingSession(TrainingSettings(alone), seed: 2)
      for epoch in 1...3 {
        #expect(progressive.trainEpoch(epoch) == nil)
        #expect(small.trainEpoch(epoch) == nil)
      }
      let reached = progressive.network.tensors.map { $0.get() }
      #expect(reached == small.network.tensors.map { $0.get() })
      let phases = try TrainingSettings(both).phases
      #expect(phases.map(\.epochs) == [3, 2])
      #expect(phases.map(\.side) == [16, nil])
      #expect(progressive.trainEpoch(4) == nil)
      #expect(progressive.network.tensors.map { $0.get() } != reached)
      // The other size alone, from the same start, leads elsewhere.
      let large = try TrainingSession(
        TrainingSettings(alone.merging(settings(folder, network, size: 32))),
        seed: 2
      )
      for epoch in 1...3 { _ = large.trainEpoch(epoch) }
      #expect(large.network.tensors.map { $0.get() } != reached)
    }
  }

  @Test func `validation pictures have the data set's own size throughout`() throws {
    try withPictures { folder, network in
      let both = settings(folder, network, size: 32)
        .merging(["first_size": 16, "epochs": 4, "evaluate_every": 1, "early_stopping": 1])
      let session = try TrainingSession(TrainingSettings(both), seed: 2)
      #expect(session.network.input.rows == 32)
      #expect(session.validation.set.rows == 32)
      var points = 0
      try session.run { event in
        if case .point(_, let metrics) = event {
          points += 1
          #expect(metrics.contains { $0.name == "curve_valid_loss" })
        }
      }
      #expect(points >= 2)
      #expect(session.network.input.rows == 32)
    }
  }

  @Test(
    arguments: [
      (
        ["first_size": 16],
        "Setting 'first_size' scales photographs; dataset 'digits' is no folder of them."
      ),
      (
        ["first_size": 64, "dataset": ["folder": "p", "size": 64]],
        "Setting 'first_size' is 64, but must be below the data set's 'size' of 64."
      ),
      (
        ["first_size": 32, "dataset": ["folder": "p", "size": 64], "model": "mlp"],
        "Setting 'first_size' needs a network that pools pictures of any size; take model 'cnn'."
      ),
      (
        ["first_size": 32, "dataset": ["folder": "p", "size": 64], "tuning": "lp_ft"],
        "Setting 'first_size' divides the epochs of tuning 'full', 'head' or 'bitfit', not of 'lp_ft'."
      ),
      (
        ["first_size": 32, "dataset": ["folder": "p", "size": 64], "epochs": 1],
        "Setting 'first_size' makes two phases, so 'epochs' must be at least 2."
      ),
      (
        ["first_size": 32, "dataset": ["folder": "p", "size": 64], "ema": 0.9],
        "Setting 'ema' averages weights of one network; with 'first_size' set it to 0."
      ),
    ] as [(JSONObject, String)]
  )
  func `what two sizes cannot go with is refused`(values: JSONObject, sentence: String) {
    let error = #expect(throws: TrainingError.self) { try TrainingSettings(values) }
    #expect(error?.description == sentence)
  }
}

/// A square picture in colour as a PNG file, stored and not compressed.
///
/// Reference: W3C, Portable Network Graphics Specification (Third Edition), sections 5 and 11 and annex D; RFC 1950.
private enum PortableNetworkGraphic {
  static func bytes(side: Int, pixels: [UInt8]) -> [UInt8] {
    let width = 3 * side
    let rows: [UInt8] = (0..<side).flatMap { [0] + pixels[$0 * width..<($0 + 1) * width] }
    var sums = (low: 1, high: 0)
    for byte in rows {
      sums.low = (sums.low + Int(byte)) % 65_521
      sums.high = (sums.high + sums.low) % 65_521
    }
    let length = [UInt8(rows.count & 0xFF), UInt8(rows.count >> 8)]
    var stored: [UInt8] = [0x78, 0x01, 1]
    stored += length
    stored += length.map { ~$0 }
    stored += rows
    stored += word(sums.high << 16 | sums.low)
    var file: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    file += chunk("IHDR", word(side) + word(side) + [8, 2, 0, 0, 0])
    file += chunk("IDAT", stored)
    file += chunk("IEND", [])
    return file
  }

  private static func chunk(_ name: String, _ content: [UInt8]) -> [UInt8] {
    let checked = Array(name.utf8) + content
    var check = UInt32.max
    for byte in checked {
      check ^= UInt32(byte)
      for _ in 0..<8 { check = check & 1 == 1 ? 0xEDB8_8320 ^ check >> 1 : check >> 1 }
    }
    return word(content.count) + checked + word(Int(~check))
  }

  /// Four bytes, the highest first.
  private static func word(_ number: Int) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
  }
}
