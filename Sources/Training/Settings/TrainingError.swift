package import Notation

/// What a person can fix: each case holds the facts, the wording is in `description`.
package enum TrainingError: Error, Equatable {
  case unknownSetting(String, known: [String])
  case wrongValue(setting: String, found: JSON, expected: String)
  case contradiction(String)
  case missingFile(String)
  case unreadableFile(String, reason: String)
  case missingBody(String)
  case bodyMismatch(file: String, faults: [String])
  case tooFewImages(asked: Int, available: Int, dataset: String)
  case emptyClass(String, dataset: String)
}

extension TrainingError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .unknownSetting(let name, let known):
      "Unknown setting '\(name)'."
        + (Suggestion.nearest(to: name, among: known).map { " Did you mean '\($0)'?" }
          ?? " Known are \(known.joined(separator: ", ")).")
    case .wrongValue(let setting, let found, let expected):
      "Setting '\(setting)' is \(found.string.map { "'\($0)'" } ?? found.text); "
        + "it can be \(expected)."
    case .contradiction(let sentence): sentence
    case .missingFile(let path): "There is no file or folder '\(path)'."
    case .unreadableFile(let path, let reason): "'\(path)' cannot be read: \(reason)."
    case .missingBody(let name):
      "The body '\(name)' is not there: 'make bodies' in the program's folder makes "
        + "'bodies/\(name).safetensors', which may also lie beside the program."
    case .bodyMismatch(let file, let faults):
      "The weights in '\(file)' do not fit this network: \(faults.joined(separator: "; "))."
    case .tooFewImages(let asked, let available, let dataset):
      "Setting 'train_size' is \(asked), but '\(dataset)' has \(available) training images."
    case .emptyClass(let name, let dataset):
      "Class '\(name)' of '\(dataset)' has no training images; every class needs at least one."
    }
  }
}
