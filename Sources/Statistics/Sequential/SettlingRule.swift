/// The one-sided levels below which a p value settles a question.
package struct TestLevels: Sendable, Equatable {
  /// Of a change that is called up, or down.
  package let change: Double

  /// Of a change that is called none.
  package let none: Double

  init(change: Double, none: Double) {
    self.change = change
    self.none = none
  }

  /// Those of runs that are looked at once.
  ///
  /// - Parameter alpha: Two-sided level.
  init(alpha: Double) {
    self.init(change: alpha / 2, none: alpha)
  }
}

/// How the interval of a contrast is made, and with it the outcome.
package enum SettlingRule: Sendable, Equatable {
  /// All seeds were decided beforehand, and are looked at once.
  case once(alpha: Double)

  /// One of several looks that were decided beforehand.
  case look(TestLevels)

  /// Somebody looked before the last seeds were decided.
  case anytime(alpha: Double)
}

extension SettlingRule {
  /// The test of per-seed differences under the rule; nil where the seeds are too few for one.
  func test(estimate: Double, spread: Double, count: Int, delta: Double) -> ThreeSidedTest? {
    func test(_ levels: TestLevels) -> ThreeSidedTest {
      ThreeSidedTest(
        estimate: estimate,
        standardError: spread / Double(count).squareRoot(),
        degreesOfFreedom: Double(count - 1),
        delta: delta,
        levels: levels
      )
    }
    switch self {
    case .once(let alpha): return test(TestLevels(alpha: alpha))
    case .look(let levels): return test(levels)
    case .anytime(let alpha):
      return ThreeSidedTest(
        Anytime(estimate: estimate, spread: spread, count: count),
        delta: delta,
        alpha: alpha
      )
    }
  }

  /// The two-sided level of seeds that are looked at once; nil under any other rule.
  var fixedAlpha: Double? {
    if case .once(let alpha) = self { alpha } else { nil }
  }

  /// How many seeds would settle what is open; nil where looks are bound by a rule of their own.
  func seedsToSettle(estimate: Double, spread: Double, delta: Double) -> Int? {
    switch self {
    case .once(let alpha):
      Statistics.seedsToSettle(estimate: estimate, spread: spread, delta: delta, alpha: alpha)
    case .look, .anytime: nil
    }
  }
}
