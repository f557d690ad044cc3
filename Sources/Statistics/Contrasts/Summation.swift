/// A running sum that carries the rounding error of every addition along.
///
/// Differences of runs are small beside the runs themselves; a plain sum would spend digits that
/// decide whether two levels are equal.
///
/// Reference: Neumaier (1974), Rundungsfehleranalyse einiger Verfahren zur Summation endlicher
/// Summen, ZAMM 54.
struct CompensatedSum {
  private var sum = 0.0
  private var lost = 0.0

  mutating func add(_ term: Double) {
    let next = sum + term
    lost += abs(sum) >= abs(term) ? (sum - next) + term : (term - next) + sum
    sum = next
  }

  /// The sum; infinite where the terms overflow, since the lost part has no meaning there.
  var value: Double { sum.isFinite ? sum + lost : sum }
}

/// Adds the terms with compensation for rounding.
///
/// - Parameter terms: Numbers in one unit.
/// - Returns: The sum in that unit; 0 for none.
func compensatedSum(_ terms: some Sequence<Double>) -> Double {
  var sum = CompensatedSum()
  for term in terms { sum.add(term) }
  return sum.value
}

/// A mean that is built value by value and is finite for finite values, also where their sum
/// overflows.
package struct RunningMean: Sendable {
  private var sum = CompensatedSum()
  private var scaledSum = CompensatedSum()
  package private(set) var count = 0

  package init() {}

  /// Exact to multiply with, and more room than any count of values fills.
  private static let scale = 0x1p-64

  package mutating func add(_ value: Double) {
    sum.add(value)
    scaledSum.add(value * Self.scale)
    count += 1
  }

  /// The mean of what was added; NaN before that.
  package var value: Double {
    let plain = sum.value / Double(count)
    return plain.isInfinite ? scaledSum.value / Double(count) / Self.scale : plain
  }
}

/// Averages the values.
///
/// - Parameter values: Numbers in one unit, at least one.
/// - Returns: The arithmetic mean in that unit, finite for finite values.
package func mean(_ values: [Double]) -> Double {
  precondition(!values.isEmpty, "the mean of no values is not defined")
  var mean = RunningMean()
  for value in values { mean.add(value) }
  return mean.value
}

/// The sample standard deviation, with n − 1.
///
/// Deviations are scaled by a power of two, which is exact, so that squares neither overflow nor
/// vanish.
///
/// - Parameter values: Numbers in one unit, at least two.
/// - Returns: The spread in that unit; 0 for equal values.
package func standardDeviation(_ values: [Double]) -> Double {
  precondition(values.count > 1, "a spread needs two values, not \(values.count)")
  let center = mean(values)
  let deviations = values.map { $0 - center }
  let largest = deviations.reduce(0) { max($0, abs($1)) }
  guard largest > 0, largest.isFinite else { return largest }
  let scale = Double(sign: .plus, exponent: largest.exponent, significand: 1)
  let squares = compensatedSum(deviations.lazy.map { ($0 / scale) * ($0 / scale) })
  return (squares / Double(values.count - 1)).squareRoot() * scale
}
