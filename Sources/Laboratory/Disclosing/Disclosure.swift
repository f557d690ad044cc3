import Sweeps

/// What showing the results of one sweep gave away of predictions that were open.
///
/// Only ``Laboratory`` makes one, when it has decided what may be shown and has written down what must be.
package struct Disclosure: Sendable, Equatable {
  /// What is to happen while predictions are open.
  package enum Request: Sendable, Equatable {
    /// Results are kept back.
    case respectingPredictions
    /// Results of these questions are shown, and it is written down that this command did it; nil for all
    /// questions.
    case revealing(questions: [String]?, by: String)

    /// Results of all questions are shown.
    package static func revealing(by command: String) -> Request {
      .revealing(questions: nil, by: command)
    }
  }

  package enum Act: Sendable, Equatable {
    /// There was nothing to give away: no question is open, or there is no result.
    case none
    /// Results were kept back.
    case withheld
    /// Open questions were revealed. It could not be written down where the folder is read-only.
    case revealed(isWrittenDown: Bool)
  }

  /// The name of the sweep.
  package let sweep: String
  /// The questions on which predictions were open when results were asked for, by id, in the spec's order.
  package let openQuestions: [String]
  package let act: Act
  /// Those of them whose results are kept back.
  package let sealedQuestions: [String]

  /// Whether the value that comes with this holds results of runs.
  ///
  /// A run says something about every question, so that none does before the last question is revealed.
  package var showsResults: Bool { sealedQuestions.isEmpty }
}

/// What was asked for, together with what showing it gives away.
package struct Disclosed<Value> {
  package let value: Value
  /// One for each sweep whose results were asked for.
  package let disclosures: [Disclosure]
  /// What could not be gathered, in sentences.
  package let warnings: [String]

  init(_ value: Value, _ disclosures: [Disclosure], warnings: [String] = []) {
    self.value = value
    self.disclosures = disclosures
    self.warnings = warnings
  }

  /// Whether the value holds results.
  package var showsResults: Bool { disclosures.allSatisfy(\.showsResults) }

  package func map<Other>(_ transform: (Value) throws -> Other) rethrows -> Disclosed<Other> {
    Disclosed<Other>(try transform(value), disclosures, warnings: warnings)
  }
}

extension Disclosed: Sendable where Value: Sendable {}

extension Record {
  /// The attempt without anything that it measured; a program's last words may hold that too.
  var withoutResults: Record {
    Record(
      run: run,
      attempt: attempt,
      outcome: outcome,
      measurements: Measurements(),
      lastLines: status == .ok ? [] : lastLines,
      started: started,
      duration: duration,
      site: site
    )
  }
}
