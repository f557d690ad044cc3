import Foundation
import Notation

/// A folder of pictures by class, as people bring their own: `train/cat/1.png` and `valid/cat/2.jpg`, or `cat/1.png`.
///
/// Without a folder `valid`, every fifth picture of each class, by name, is for validation. Pictures are
/// scaled until the shorter side is 256/224 of the wanted one and cut from the middle, as the ImageNet
/// convention has it.
struct ImageFolder {
  private let folder: String
  private let side: Int
  private let cache: SharedFolder?

  /// Every so-many-th picture is for validation where no folder says which.
  private static let validationShare = 5

  init(_ folder: String, side: Int, cache: SharedFolder? = nil) {
    self.folder = folder
    self.side = side
    self.cache = cache
  }

  /// Loads the set.
  ///
  /// - Throws: `TrainingError` where a folder is missing or empty, or a picture cannot be read.
  func load(test: Bool) throws -> Dataset {
    let parts = try Self.folders(in: folder)
    guard parts.contains("train") else { return try split(classes: parts) }
    let classes = try Self.folders(in: "\(folder)/train")
    let hasTest = test && parts.contains("test")
    return try Dataset(
      name: folder,
      labelling: .classes(classes),
      train: examples(pictures(of: classes, in: "\(folder)/train")),
      valid: examples(pictures(of: classes, in: "\(folder)/valid")),
      test: hasTest ? examples(pictures(of: classes, in: "\(folder)/test")) : nil
    )
  }

  /// The files of the set with their paths in it, for its digest.
  func files() throws -> [String] {
    let names = try FileManager.default.subpathsOfDirectory(atPath: folder)
    return names.filter(Self.isPicture).sorted().map { "\(folder)/\($0)" }
  }

  private func split(classes: [String]) throws -> Dataset {
    let all = try pictures(of: classes, in: folder)
    var seen: [Int: Int] = [:]
    var (train, valid): ([Picture], [Picture]) = ([], [])
    for picture in all {
      seen[picture.label, default: 0] += 1
      if seen[picture.label, default: 0] % Self.validationShare == 0 {
        valid.append(picture)
      } else {
        train.append(picture)
      }
    }
    return try Dataset(
      name: folder,
      labelling: .classes(classes),
      train: examples(train),
      valid: examples(valid)
    )
  }

  private struct Picture {
    let path: String
    let label: Int
  }

  private func pictures(of classes: [String], in folder: String) throws -> [Picture] {
    let found = try Self.folders(in: folder)
    if let stranger = found.first(where: { !classes.contains($0) }) {
      throw TrainingError.unreadableFile(
        "\(folder)/\(stranger)",
        reason: "the training set has no such class"
      )
    }
    return try classes.enumerated().flatMap { label, name in
      guard found.contains(name) else { return [Picture]() }
      return try FileContent.names(in: "\(folder)/\(name)").filter(Self.isPicture)
        .map { Picture(path: "\(folder)/\(name)/\($0)", label: label) }
    }
  }

  private func examples(_ pictures: [Picture]) throws -> ExampleSet {
    guard !pictures.isEmpty else {
      throw TrainingError.unreadableFile(
        folder,
        reason: "it has no PNG or JPEG pictures in folders named for their classes"
      )
    }
    let labels = pictures.map(\.label)
    let inputs = {
      try ["pictures \(side) \(labels)"]
        + pictures.map { try Digest.hexadecimal(of: FileContent.read($0.path)) }
    }
    return try ExampleSet.shared(in: cache, madeOf: inputs) {
      var pixels: [UInt8] = []
      pixels.reserveCapacity(pictures.count * side * side * PictureFile.channels)
      for picture in pictures { pixels += try decode(picture.path) }
      return ExampleSet(
        rows: side,
        columns: side,
        channels: PictureFile.channels,
        pixels: Pixels(pixels),
        labels: labels
      )
    }
  }

  private func decode(_ path: String) throws -> [UInt8] {
    let picture = try PictureFile(FileContent.read(path), name: path)
    let square = picture.square(side: side, shorter: Int((Double(side) * 256 / 224).rounded()))
    guard let square else {
      throw TrainingError.unreadableFile(path, reason: "there is no memory to resize it")
    }
    return square
  }

  private static func isPicture(_ name: String) -> Bool {
    [".png", ".jpg", ".jpeg"].contains { name.lowercased().hasSuffix($0) }
  }

  /// The folders in a folder, in alphabetical order.
  private static func folders(in folder: String) throws -> [String] {
    try FileContent.names(in: folder).filter { name in
      let type = try? FileManager.default.attributesOfItem(atPath: "\(folder)/\(name)")[.type]
      return type as? FileAttributeType == .typeDirectory
    }
  }
}
