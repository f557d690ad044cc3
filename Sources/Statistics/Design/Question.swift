/// What is asked of the runs, and what a prediction answers: one contrast of one metric.
package struct Question: Sendable, Hashable {
  /// A change between two levels, or the trend over all levels of an ordered factor.
  package enum Kind: String, Sendable, CaseIterable { case level, trend }

  package let factor: String
  package let kind: Kind

  /// The levels compared; both empty for a trend.
  package let from: String
  package let to: String

  package let metric: String

  /// The levels at which other factors are held; those not named are averaged over.
  package let at: [String: String]

  package init(
    factor: String,
    kind: Kind = .level,
    from: String,
    to: String,
    metric: String,
    at: [String: String] = [:]
  ) {
    self.factor = factor
    self.kind = kind
    self.from = from
    self.to = to
    self.metric = metric
    self.at = at
  }
}

/// Writes the key that predictions and answers share, with what is held fixed last, if anything is.
