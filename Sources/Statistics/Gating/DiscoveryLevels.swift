import Foundation

/// The levels of a series of tests that goes on for ever, under which the expected share of false discoveries stays
/// below a bound.
///
/// The rule is LORD++. It starts with a wealth that it spends in ever smaller parts, and each discovery earns new
/// wealth, spent in the same way from then on. A test that begins while others are open counts only the discoveries that
/// were made before it began. Under independence of the tests of true nulls the false discovery rate is at most the share; under any
/// dependence in which each level holds given the past, the rate of expectations (mFDR) is. It agrees with the package `online-fdr` in
/// the tests.
///
/// Reference: Ramdas, Yang, Wainwright, Jordan (2017), Online control of the false discovery rate with decaying memory,
/// NeurIPS 30, section 3; the parts, Javanmard, Montanari (2018), Annals of Statistics 46, equation 31; tests that
/// overlap in time, Zrnic, Ramdas, Jordan (2021), Journal of Machine Learning Research 22.
package struct DiscoveryLevels: Sendable, Equatable {
  /// The name under which the rule is written down; another way of spending would be another rule.
  package static let rule = "lord++"

  /// The share of the discoveries that may be false.
  package let share: Double

  /// What may be spent before the first discovery.
  package let startingWealth: Double

  /// Half of the share is there from the start, as in the paper's own experiments.
  ///
  /// - Parameter share: Between 0 and 1, exclusive.
  package init(share: Double) {
    precondition(
      share > 0 && share < 1,
      "a share of false discoveries is between 0 and 1: \(share)"
    )
    self.share = share
    startingWealth = share / 2
  }

  /// The level of a test.
  ///
  /// - Parameters:
  ///   - number: Counts the tests from 1, in the order in which they begin.
  ///   - discoveries: For each discovery made before the test began, how many tests had begun by then; rising.
  /// - Returns: A one-sided level, positive.
  package func level(ofTest number: Int, discoveries: [Int]) -> Double {
    var level = startingWealth * Self.part(number)
    for (place, begun) in discoveries.enumerated() where begun < number {
      level += (place == 0 ? share - startingWealth : share) * Self.part(number - begun)
    }
    return level
  }

  /// The part of a wealth that is spent on the nth test after it was earned; all parts together are at most 1.
  static func part(_ number: Int) -> Double {
    let n = Double(number)
    return 0.07720838 * log(max(n, 2)) / (n * exp(log(n).squareRoot()))
  }
}
