/// What a person can fix: each case holds the facts, the wording is in `description`.
package enum TrainingError: Error, Equatable {
  case unknownSetting(String, known: [String])
  case wrongValue(setting: String, found: SettingValue, expected: String)
  case contradiction(String)
  case missingFile(String)
  case unreadableFile(String, reason: String)
  case bodyMismatch(file: String, faults: [String])
  case tooFewImages(asked: Int, available: Int, dataset: String)
  case emptyClass(String, dataset: String)
}

extension TrainingError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .unknownSetting(let name, let known):
      "Unknown setting '\(name)'."
        + (name.nearest(in: known).map { " Did you mean '\($0)'?" }
          ?? " Known are \(known.joined(separator: ", ")).")
    case .wrongValue(let setting, let found, let expected):
      "Setting '\(setting)' is \(found); it can be \(expected)."
    case .contradiction(let sentence): sentence
    case .missingFile(let path): "There is no file or folder '\(path)'."
    case .unreadableFile(let path, let reason): "'\(path)' cannot be read: \(reason)."
    case .bodyMismatch(let file, let faults):
      "The weights in '\(file)' do not fit this network: \(faults.joined(separator: "; "))."
    case .tooFewImages(let asked, let available, let dataset):
      "Setting 'train_size' is \(asked), but '\(dataset)' has \(available) training images."
    case .emptyClass(let name, let dataset):
      "Class '\(name)' of '\(dataset)' has no training images; every class needs at least one."
    }
  }
}

extension String {
  /// The nearest of some names, when it is near enough to be a slip of the pen: at most a third of the letters differ.
  func nearest(in names: [String]) -> String? {
    let near = names.map { (name: $0, distance: editDistance(to: $0)) }
      .min { $0.distance < $1.distance }
    guard let near, near.distance <= max(2, count / 3) else { return nil }
    return near.name
  }

  /// The number of insertions, deletions and replacements between two texts (Levenshtein distance).
  private func editDistance(to other: String) -> Int {
    let letters = Array(self)
    let target = Array(other)
    var row = Array(0...target.count)
    for (i, letter) in letters.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, wanted) in target.enumerated() {
        let replaced = diagonal + (letter == wanted ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = Swift.min(replaced, row[j] + 1, row[j + 1] + 1)
      }
    }
    return row[target.count]
  }
}
