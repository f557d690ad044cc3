import Kernels
import Notation

extension BundledDataset {
  /// The embedded files of the set.
  var fileNames: [String] {
    switch self {
    case .digits, .digitTraits: files(of: "digits", parts: ["train", "valid", "test"])
    case .letters: files(of: "letters", parts: ["train", "valid"])
    case .curve: []
    }
  }

  private func files(of folder: String, parts: [String]) -> [String] {
    parts.flatMap { ["\(folder)/\($0)-images", "\(folder)/\($0)-labels"] }
  }

  private var labelling: Dataset.Labelling {
    switch self {
    case .digits: .classes((0...9).map(String.init))
    case .letters:
      .classes((UInt8(ascii: "A")...UInt8(ascii: "Z")).map { String(UnicodeScalar($0)) })
    case .digitTraits: DigitTraits.labelling
    case .curve: .numbers
    }
  }

  /// Unpacks the images that are asked for, and no others.
  func load(test: Bool, cache: SharedFolder?) throws -> Dataset {
    let names = fileNames
    let test = test && names.count > 4
    return try Dataset(
      name: rawValue,
      labelling: labelling,
      train: examples(images: names[0], labels: names[1], cache: cache),
      valid: examples(images: names[2], labels: names[3], cache: cache),
      test: test ? examples(images: names[4], labels: names[5], cache: cache) : nil
    )
  }

  private func examples(
    images: String,
    labels: String,
    cache: SharedFolder?
  ) throws -> ExampleSet {
    let inputs = {
      try ["idx"] + [images, labels].map { try Digest.hexadecimal(of: EmbeddedFile.bytes($0)) }
    }
    return try ExampleSet.shared(in: cache, madeOf: inputs) {
      try IDX.examples(
        images: EmbeddedFile.unpacked(images),
        imagesName: images,
        labels: EmbeddedFile.unpacked(labels),
        labelsName: labels
      )
    }
  }
}

/// The files that are part of the program.
package enum EmbeddedFile {
  /// The names of the files in a folder, without it, in alphabetical order.
  package static func names(in folder: String) -> [String] {
    let prefix = folder + "/"
    var names: [String] = []
    while let name = kernel_embedded_name(Int32(names.count)) {
      names.append(String(cString: name))
    }
    return names.filter { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) }.sorted()
  }

  /// The text of a file; nil where there is none of that name.
  package static func text(_ name: String) -> String? {
    (try? bytes(name)).map { String(decoding: $0, as: UTF8.self) }
  }

  static func bytes(_ name: String) throws -> UnsafeRawBufferPointer {
    let file = kernel_embedded(name)
    guard let start = file.start else { throw TrainingError.missingFile(name) }
    return UnsafeRawBufferPointer(start: start, count: file.count)
  }

  static func unpacked(_ name: String) throws -> [UInt8] {
    try bytes(name).withMemoryRebound(to: UInt8.self) { try Gzip.unpack($0, name: name) }
  }
}
