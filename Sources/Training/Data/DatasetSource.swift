import Notation

/// Where the examples of a run come from.
package enum DatasetSource: Sendable, Equatable {
  case bundled(BundledDataset)
  /// A folder of IDX files, as MNIST comes.
  case idx(folder: String)
  /// A folder of pictures, scaled and cut to squares.
  case pictures(PictureSource)

  static var bundledNames: [String] { BundledDataset.allCases.map(\.rawValue) }

  /// Reads a checked value of the setting `dataset`.
  ///
  /// - Throws: `TrainingError` for an object with a size but no folder.
  init(_ value: JSON) throws {
    if let name = value.string, let bundled = BundledDataset(rawValue: name) {
      self = .bundled(bundled)
    } else if let folder = value.object?["idx"]?.string {
      self = .idx(folder: folder)
    } else if let source = value.object.flatMap(PictureSource.init) {
      self = .pictures(source)
    } else {
      throw TrainingError.contradiction(
        "Setting 'dataset' is \(value.text), which names no folder."
      )
    }
  }

  /// What an error calls the set.
  var name: String {
    switch self {
    case .bundled(let bundled): bundled.rawValue
    case .idx(let folder): folder
    case .pictures(let source): source.folder
    }
  }
}

/// A set that is part of the program.
package enum BundledDataset: String, CaseIterable, Sendable {
  /// Ten handwritten digits.
  case digits
  /// Twenty-six capital letters of many fonts.
  case letters
  /// The handwritten digits, with yes/no traits that do not exclude each other.
  case digitTraits = "digit-traits"
  /// A noisy curve of one number.
  case curve
}
