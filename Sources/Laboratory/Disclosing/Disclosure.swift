import Sweeps

/// What showing the results of one sweep gave away of predictions that were open.
///
/// Only ``Laboratory`` makes one, when it has decided what may be shown and has written down what must be.
package struct Disclosure: Sendable, Equatable {
  /// What is to happen while predictions are open.
  package enum Request: Sendable, Equatable {
    /// Results are kept back.
    case respectingPredictions
    /// Results are shown, and it is written down that this command did it.
    case revealing(by: String)
  }

  package enum Act: Sendable, Equatable {
    /// There was nothing to give away: no question is open, or there is no result.
    case none
    /// Results were kept back.
    case withheld
    /// The open questions were revealed. It could not be written down where the folder is read-only.
    case revealed(isWrittenDown: Bool)
  }

  /// The name of the sweep.
  package let sweep: String
  /// The questions on which predictions were open when results were asked for, by id, in the spec's order.
  package let openQuestions: [String]
  package let act: Act

  /// Whether the value that comes with this holds results.
  package var showsResults: Bool { act != .withheld }
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
      duration: duration
    )
  }
}
