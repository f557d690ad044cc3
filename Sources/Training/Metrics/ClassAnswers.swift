/// What a classifier took for what, and where it was most sure of what was wrong.
package struct ClassAnswers: Sendable, Equatable {
  /// One validation image that was answered wrong.
  package struct Mistake: Sendable, Equatable {
    /// Its index in the validation set.
    package let image: Int
    /// Classes by their index.
    package let label: Int
    package let answer: Int
    /// The probability that the network gave its answer.
    package let confidence: Double
  }

  package let classes: [String]
  /// Images by their label, then by their most probable class.
  package let counts: [[Int]]
  /// The most confident ones, the surest first.
  package let mistakes: [Mistake]
}
