import Notation

/// The file format of MNIST: two zero bytes, the type of the numbers, their dimensions, then the numbers.
///
/// Reference: LeCun, Cortes, Burges, The MNIST database of handwritten digits, "File formats".
package enum IDX {
  /// Reads unsigned bytes with so many dimensions.
  ///
  /// - Parameters:
  ///   - bytes: The file, unpacked.
  ///   - dimensions: How many sizes there must be.
  ///   - name: What an error calls the file.
  /// - Returns: The sizes, and the numbers in their order.
  /// - Throws: `TrainingError.unreadableFile` for another type, another number of sizes, or a wrong length.
  package static func read(_ bytes: [UInt8], dimensions: Int, name: String) throws -> (
    sizes: [Int], numbers: ArraySlice<UInt8>
  ) {
    let header = 4 + 4 * dimensions
    guard bytes.count >= header, bytes[0] == 0, bytes[1] == 0 else {
      throw TrainingError.unreadableFile(name, reason: "it does not start as an IDX file does")
    }
    guard bytes[2] == 8 else {
      throw TrainingError.unreadableFile(
        name,
        reason: "its numbers have type \(bytes[2]), not 8 (unsigned bytes)"
      )
    }
    guard Int(bytes[3]) == dimensions else {
      throw TrainingError.unreadableFile(
        name,
        reason: "it has \(bytes[3]) dimensions, not \(dimensions)"
      )
    }
    let sizes = (0..<dimensions).map { index in
      bytes[(4 + 4 * index)..<(8 + 4 * index)].reduce(0) { $0 << 8 | Int($1) }
    }
    var expected = 1
    for size in sizes {
      let (product, overflows) = expected.multipliedReportingOverflow(by: size)
      expected = overflows ? Int.max : product
    }
    let found = bytes.count - header
    guard found == expected else {
      let shape = sizes.map(String.init).joined(separator: " × ")
      throw TrainingError.unreadableFile(
        name,
        reason: "its header promises \(shape) bytes, but \(found) follow"
      )
    }
    return (sizes, bytes[header...])
  }

  /// Joins a file of images and a file of labels.
  ///
  /// - Throws: `TrainingError.unreadableFile` where one is broken or they do not belong together.
  package static func examples(
    images: consuming [UInt8],
    imagesName: String,
    labels: [UInt8],
    labelsName: String
  ) throws -> ExampleSet {
    let sizes = try read(images, dimensions: 3, name: imagesName).sizes
    let (labelSizes, numbers) = try read(labels, dimensions: 1, name: labelsName)
    guard sizes[0] == labelSizes[0] else {
      throw TrainingError.unreadableFile(
        labelsName,
        reason: "it has \(labelSizes[0]) labels for \(sizes[0]) images"
      )
    }
    // In place: a second copy would be the largest block of memory.
    images.removeFirst(images.count - sizes.reduce(1, *))
    return ExampleSet(
      rows: sizes[1],
      columns: sizes[2],
      channels: 1,
      pixels: Pixels(images),
      labels: numbers.map(Int.init)
    )
  }
}

extension IDX {
  /// Loads the files of a folder, plain or packed: `train-images…`, `train-labels…`, and the same of `valid`.
  ///
  /// Where there is no `valid` the validation set is `t10k`, MNIST's own name for the images it keeps back;
  /// where there is, `t10k` or `test` is the test set.
  ///
  /// - Throws: `TrainingError` where a file is missing or broken, or the sizes of the images differ.
  static func load(folder: String, test: Bool, cache: SharedFolder?) throws -> Dataset {
    let names = try FileContent.names(in: folder)
    let hasValidation = part("valid", "images", in: names) != nil
    let held = part("test", "images", in: names) == nil ? "t10k" : "test"
    let train = try examples("train", folder: folder, names: names, cache: cache)
    let valid = try examples(
      hasValidation ? "valid" : "t10k",
      folder: folder,
      names: names,
      cache: cache
    )
    let kept =
      try test && hasValidation && part(held, "images", in: names) != nil
      ? examples(held, folder: folder, names: names, cache: cache) : nil
    for set in [valid, kept].compactMap({ $0 })
    where set.rows != train.rows || set.columns != train.columns {
      throw TrainingError.unreadableFile(
        folder,
        reason: "its training images are \(train.rows) × \(train.columns), but others "
          + "\(set.rows) × \(set.columns)"
      )
    }
    let classes = [train, valid, kept].compactMap { $0?.labels.max() }.max() ?? 0
    return Dataset(
      name: folder,
      labelling: .classes((0...classes).map(String.init)),
      train: train,
      valid: valid,
      test: kept
    )
  }

  private static func part(_ part: String, _ kind: String, in names: [String]) -> String? {
    names.first { $0.hasPrefix("\(part)-\(kind)-idx") }
  }

  private static func examples(
    _ part: String,
    folder: String,
    names: [String],
    cache: SharedFolder?
  ) throws -> ExampleSet {
    let paths = try ["images", "labels"].map { kind in
      guard let name = self.part(part, kind, in: names) else {
        throw TrainingError.missingFile(
          "\(folder)/\(part)-\(kind)-idx\(kind == "images" ? 3 : 1)-ubyte"
        )
      }
      return "\(folder)/\(name)"
    }
    let files = try paths.map(FileContent.read)
    let inputs = { ["idx"] + files.map { Digest.hexadecimal(of: $0) } }
    return try ExampleSet.shared(in: cache, madeOf: inputs) {
      try examples(
        images: FileContent.unpacked(files[0], name: paths[0]),
        imagesName: paths[0],
        labels: FileContent.unpacked(files[1], name: paths[1]),
        labelsName: paths[1]
      )
    }
  }
}
