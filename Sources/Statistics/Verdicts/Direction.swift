/// What an experiment says about a change, and what a prediction says beforehand.
package enum Direction: String, Sendable, Hashable, CaseIterable {
  /// The value falls by more than the smallest change that matters.
  case down
  /// It changes by less than that, if at all.
  case none
  /// The value rises by more than that.
  case up

  /// The same statement about the change in the other direction.
  package var reversed: Direction {
    switch self {
    case .down: .up
    case .none: .none
    case .up: .down
    }
  }
}
