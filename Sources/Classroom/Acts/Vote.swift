package import Statistics

/// What one person answers to a question.
package struct Vote: Sendable, Hashable {
  package let direction: Direction
  /// How sure, in per cent, 34 to 100; nil where the person did not say.
  package let confidencePercent: Int?
  /// Why; empty where the person did not say.
  package let reason: String

  package init(_ direction: Direction, confidencePercent: Int? = nil, reason: String = "") {
    self.direction = direction
    self.confidencePercent = confidencePercent
    self.reason = reason
  }

  /// The most characters of a reason.
  package static let reasonLimit = 280
}
