package import struct Foundation.Date

/// What tags and notes are of.
package enum Labelled: Sendable, Equatable {
  case sweep(SweepSummary)
  /// By its id, in this sweep.
  case run(String, SweepSummary)

  package var sweep: SweepSummary {
    switch self {
    case .sweep(let sweep), .run(_, let sweep): sweep
    }
  }
}

/// What somebody wrote down about a sweep or a run.
package struct WrittenNote: Sendable, Equatable {
  package let text: String
  package let at: Date
}

/// A word by which sweeps and runs are found again.
package enum Tag {
  package static let lengthLimit = 64

  /// Whether a word can be one: letters, digits and `._:/=+-`, so that no shell and no list takes it apart.
  package static func isName(_ text: String) -> Bool {
    (1...lengthLimit).contains(text.count) && !text.hasPrefix("-")
      && text.allSatisfy { $0.isLetter || $0.isNumber || "._:/=+-".contains($0) }
  }
}
