import Foundation

extension Belief {
  /// The Brier score over the three outcomes: 0 for certain and right, 2 for certain and wrong, 2/3
  /// for knowing nothing.
  ///
  /// Reference: Brier (1950), Verification of forecasts expressed in terms of probability, Monthly
  /// Weather Review 78.
  package func brier(_ outcome: Direction) -> Double {
    compensatedSum(
      Direction.allCases.map { direction in
        let error = self[direction] - (direction == outcome ? 1 : 0)
        return error * error
      }
    )
  }

  /// The logarithmic score in nats, with probabilities below 0.01 counted as 0.01.
  ///
  /// Reference: Good (1952), Rational decisions, J. R. Statist. Soc. B 14.
  package func logScore(_ outcome: Direction) -> Double { -log(max(self[outcome], 0.01)) }

  /// The ranked probability score, from 0 to 1: calling down what goes up costs more than calling
  /// it none.
  ///
  /// Reference: Epstein (1969), A scoring system for probability forecasts of ranked categories, J.
  /// Appl. Meteorol. 8.
  package func rankedScore(_ outcome: Direction) -> Double {
    let atMostDown = down - (outcome == .down ? 1 : 0)
    let atMostNone = down + none - (outcome == .up ? 0 : 1)
    return (atMostDown * atMostDown + atMostNone * atMostNone) / 2
  }
}

/// A Brier score as points: 100 is perfect, 0 is knowing nothing, −200 is certain and wrong.
package func points(brier: Double) -> Double { 100 * (1 - 1.5 * brier) }

extension Forecast.Range {
  /// The width of the range plus a fine for missing the value, in the metric's unit; less is
  /// better.
  ///
  /// Reference: Winkler (1972), A decision-theoretic approach to interval estimation, JASA 67;
  /// Gneiting, Raftery (2007), Strictly proper scoring rules, JASA 102, eq. 43.
  package func score(_ value: Double) -> Double {
    let fine = 2 / (1 - level)
    return interval.upper - interval.lower + fine * max(0, interval.lower - value)
      + fine * max(0, value - interval.upper)
  }
}
