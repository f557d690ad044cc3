import Laboratory

extension Disclosed {
  /// Says on standard error what showing the value gives away, and what it lacks.
  ///
  /// - Parameter wasAskedFor: Whether the user said that open predictions may be revealed.
  func warn(wasAskedFor: Bool = false) {
    for warning in warnings { printError("Warning: \(warning)") }
    for disclosure in disclosures {
      guard case .revealed(let isWrittenDown) = disclosure.act else { continue }
      if !wasAskedFor {
        let sealed = disclosure.sealedQuestions
        printError(
          "Warning: this shows results of '\(disclosure.sweep)', whose predictions were open."
            + (sealed.isEmpty
              ? "" : " Still sealed: \(sealed.map { "'\($0)'" }.joined(separator: ", ")).")
        )
      }
      if !isWrittenDown {
        printError(
          "Warning: this folder is read-only, so it is not written down that results were shown."
        )
      }
    }
  }
}

extension Disclosure.Request {
  /// What `--show-results` of a command asks for.
  init(showResults: Bool, of command: String) {
    self = showResults ? .revealing(by: "\(command) --show-results") : .respectingPredictions
  }
}

/// What stands in the place of results that are kept back.
let sealedSentence =
  "Results are not shown while predictions are open; --show-results shows them, and is written down."
