/// The exact two-sided p of the sign-flip test: the share of sign patterns whose sum is at least as
/// far from 0.
///
/// Under the hypothesis of no effect each seed's difference is as likely as its negative. Below six
/// seeds the smallest possible p exceeds 0.05; the test is printed as a check beside the t
/// interval.
///
/// - Parameter differences: One per seed, in the metric's unit.
/// - Returns: A multiple of 2⁻ⁿ; nil for no differences and for more than 20.
/// - Complexity: O(2^(n/2) · n): the sums of both halves are sorted and paired off.
///
/// Reference: Fisher (1935), The Design of Experiments, section 21. It agrees with
/// `scipy.stats.permutation_test(permutation_type="samples")` in the tests.
package func signFlip(_ differences: [Double]) -> Double? {
  guard 1...20 ~= differences.count else { return nil }
  let tolerance = 1e-12 * compensatedSum(differences.lazy.map(abs))
  let threshold = abs(compensatedSum(differences)) - tolerance
  guard threshold > 0 else { return 1 }
  let middle = differences.count / 2
  let left = signedSums(differences[..<middle])
  let right = signedSums(differences[middle...])
  // The patterns are symmetric: as many sums lie at or below −threshold as at or above it.
  var beyond = 0
  var firstHit = right.count
  for sum in left {
    while firstHit > 0, sum + right[firstHit - 1] >= threshold { firstHit -= 1 }
    beyond += right.count - firstHit
  }
  return Double(2 * beyond) / Double(left.count * right.count)
}

/// Whether flips of signs say the same as an outcome of the t test.
///
/// The differences are shifted by the threshold, so that what is tested is the outcome's own claim: beyond δ, or
/// within it from both sides. Both tests take the differences to be symmetric about their centre; the flips do not
/// take them to be normal, and are the harder to convince where a few seeds carry the mean.
///
/// - Parameters:
///   - outcome: What the t test settled.
///   - differences: One per seed, in the metric's unit.
///   - delta: The smallest change that matters.
///   - alpha: Two-sided level of the outcome rule.
/// - Returns: nil where even the clearest differences could not convince so few flips, and above 20 seeds.
func confirmed(
  _ outcome: Direction,
  _ differences: [Double],
  delta: Double,
  alpha: Double
) -> Bool? {
  let level = outcome == .none ? alpha : alpha / 2
  guard 1...20 ~= differences.count,
    Double(sign: .plus, exponent: -differences.count, significand: 1) < level
  else { return nil }
  func isAbove(_ values: [Double]) -> Bool {
    // Half of the patterns that are as extreme are extreme to this side.
    compensatedSum(values) > 0 && (signFlip(values) ?? 1) / 2 < level
  }
  switch outcome {
  case .up: return isAbove(differences.map { $0 - delta })
  case .down: return isAbove(differences.map { -delta - $0 })
  case .none:
    return isAbove(differences.map { $0 + delta }) && isAbove(differences.map { delta - $0 })
  }
}

/// All 2ⁿ sums ±d₁ ± … ± dₙ, ascending.
private func signedSums(_ differences: ArraySlice<Double>) -> [Double] {
  var sums = [0.0]
  for difference in differences {
    sums = sums.map { $0 - difference } + sums.map { $0 + difference }
  }
  return sums.sorted()
}
