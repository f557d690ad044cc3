import Foundation

/// Student's t distribution; its tails are computed directly, never as one minus a near-one number.
package struct StudentT: Sendable {
  /// Degrees of freedom, positive; whole unless they are an approximation.
  package let degreesOfFreedom: Double

  package init(degreesOfFreedom: Double) {
    precondition(degreesOfFreedom > 0, "t needs degrees of freedom, not \(degreesOfFreedom)")
    self.degreesOfFreedom = degreesOfFreedom
  }

  package init(degreesOfFreedom: Int) {
    self.init(degreesOfFreedom: Double(degreesOfFreedom))
  }

  /// The probability that T exceeds `t`, P(T > t).
  ///
  /// It agrees with `scipy.stats.t.sf` in the tests.
  ///
  /// Reference: Abramowitz, Stegun (1964), Handbook of Mathematical Functions, 26.7.1 with 26.5.2.
  package func upperTail(_ t: Double) -> Double {
    guard t >= 0 else { return t < 0 ? 1 - upperTail(-t) : .nan }
    let nu = degreesOfFreedom
    let square = t * t
    guard square.isFinite else { return 0 }
    return regularizedBeta(nu / (nu + square), complement: square / (nu + square), nu / 2, 0.5) / 2
  }

  /// The point that T exceeds with probability `tail`.
  ///
  /// It agrees with `scipy.stats.t.ppf(1 - tail, df)` in the tests.
  ///
  /// - Parameter tail: A probability between 0 and 1, exclusive.
  /// - Returns: Infinity for a tail of 0.
  package func upperQuantile(_ tail: Double) -> Double {
    let nu = degreesOfFreedom
    let logScale = logGamma((nu + 1) / 2) - logGamma(nu / 2) - log(nu * .pi) / 2
    return Statistics.upperQuantile(tail, upperTail: upperTail) { t in
      exp(logScale - (nu + 1) / 2 * log1p(t * t / nu))
    }
  }
}

/// The standard normal distribution.
package enum Normal {
  /// The probability that Z exceeds `z`.
  package static func upperTail(_ z: Double) -> Double { erfc(z / 2.squareRoot()) / 2 }

  /// The point that Z exceeds with probability `tail`, between 0 and 1, exclusive.
  package static func upperQuantile(_ tail: Double) -> Double {
    Statistics.upperQuantile(tail, upperTail: upperTail) { z in
      exp(-z * z / 2) / (2 * Double.pi).squareRoot()
    }
  }
}

/// Inverts the upper tail of a distribution that is symmetric about 0 and has its mode there.
///
/// The tail is convex right of the mode, so that Newton's steps from 0 approach the root from the
/// left and never pass it; they end when rounding alone moves them.
private func upperQuantile(
  _ tail: Double,
  upperTail: (Double) -> Double,
  density: (Double) -> Double
) -> Double {
  guard tail > 0 else { return .infinity }
  if tail > 0.5 { return -upperQuantile(1 - tail, upperTail: upperTail, density: density) }
  var point = 0.0
  for _ in 0..<2000 {
    let step = (upperTail(point) - tail) / density(point)
    guard step.isFinite, abs(step) > 1e-16 * abs(point) else { break }
    point += step
    if step < 0 { break }
  }
  return point
}

/// The regularized incomplete beta function I_x(a, b).
///
/// - Parameters:
///   - x: The upper limit, from 0 to 1.
///   - complement: 1 − x, passed in so that it keeps its digits where x is close to 1.
///   - a: First shape, positive.
///   - b: Second shape, positive.
/// - Returns: A probability.
///
/// Reference: Abramowitz, Stegun (1964), 26.5.2 for the symmetry that keeps the fraction fast.
private func regularizedBeta(
  _ x: Double,
  complement: Double,
  _ a: Double,
  _ b: Double
) -> Double {
  guard x > 0 else { return 0 }
  guard complement > 0 else { return 1 }
  let logFront = logGamma(a + b) - logGamma(a) - logGamma(b) + a * log(x) + b * log(complement)
  return x < (a + 1) / (a + b + 2)
    ? exp(logFront) * betaFraction(x, a, b) / a
    : 1 - exp(logFront) * betaFraction(complement, b, a) / b
}

/// The continued fraction of the incomplete beta function.
///
/// It converges fast for x below (a + 1)/(a + b + 2).
///
/// Reference: Abramowitz, Stegun (1964), 26.5.8; evaluated by the algorithm of Lentz (1976) with
/// Thompson and Barnett's (1986) guard against zero denominators.
private func betaFraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
  let tiny = 1e-300
  func guarded(_ value: Double) -> Double { abs(value) < tiny ? tiny : value }
  var c = 1.0
  var d = 1 / guarded(1 - (a + b) * x / (a + 1))
  var fraction = d
  for step in 1..<10_000 {
    let m = Double(step)
    let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
    let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
    var factor = 1.0
    for term in [even, odd] {
      d = 1 / guarded(1 + term * d)
      c = guarded(1 + term / c)
      factor = c * d
      fraction *= factor
    }
    if abs(factor - 1) < 1e-16 { break }
  }
  return fraction
}

/// ln Γ(x) for positive x; the C library's sign is always positive there.
func logGamma(_ x: Double) -> Double { lgamma(x).0 }
