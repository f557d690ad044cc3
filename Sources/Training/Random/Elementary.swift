/// Exponential, logarithm, sine and cosine in double precision, the same bits on every machine.
///
/// The C library's differ in their last bits between systems and versions, and one such bit in a draw or a
/// rate is another run. Here each is a reduction to a short interval and a power series, in plain additions,
/// multiplications and divisions, which IEEE 754 rounds alike everywhere; Swift never fuses two of them.
/// Errors are stated against exact values, in units in the last place (ulp); the tests hold them to
/// numbers of mpmath.
///
/// Reference: Muller (2016), Elementary functions, 3rd edition, chapters 3 (series) and 11 (Cody and Waite's
/// reduction: a constant in parts so short that the products with a small integer are exact).
package enum Elementary {
  // MARK: Exponential and logarithm

  /// ln 2 in two parts, the first of 32 bits.
  private static let ln2 = (high: 0x1.62e42fee00000p-1, low: 0x1.a39ef35793c76p-33)

  /// 1/13! down to 1/2!: what is left out is below 2⁻⁵⁷ of the sum for |r| ≤ ln(2)/2.
  private static let powerFactors = (2...13).reversed().map { 1 / factorial($0) }

  /// eˣ within 1 ulp; 0 and infinity where a double ends.
  package static func exponential(_ x: Double) -> Double {
    guard x < 709.8 else { return x.isNaN ? x : .infinity }
    guard x > -745.2 else { return 0 }
    let n = (x / (ln2.high + ln2.low)).rounded()
    let r = (x - n * ln2.high) - n * ln2.low
    let power = 1 + (r + r * r * polynomial(powerFactors, at: r))
    // In two factors: the smallest results are below the range of a single power of two.
    let half = Int(n) / 2
    return power * powerOfTwo(half) * powerOfTwo(Int(n) - half)
  }

  /// 2/23 down to 2/3: what is left out is below 2⁻⁶⁰ of the sum for s² ≤ 0.0295.
  private static let artanhFactors = (1...11).reversed().map { 2 / Double(2 * $0 + 1) }

  /// The natural logarithm of a positive number within 1 ulp; −∞ of 0, not a number below.
  ///
  /// With x = 2ⁿ · (1 + f) and s = f / (2 + f): log(1 + f) = 2 artanh s, arranged so that f itself, which is
  /// exact, carries most of the sum.
  package static func logarithm(_ x: Double) -> Double {
    guard x > 0, x < .infinity else { return x == 0 ? -.infinity : x > 0 ? x : .nan }
    var exponent = x.exponent
    var mantissa = x.significand
    if mantissa > 1.4142135623730951 {
      mantissa /= 2
      exponent += 1
    }
    let n = Double(exponent)
    let f = mantissa - 1
    let s = f / (2 + f)
    let half = f * f / 2
    let rest = s * (half + s * s * polynomial(artanhFactors, at: s * s))
    return n * ln2.high + (f - (half - (rest + n * ln2.low)))
  }

  /// log(1 + x) for x from 0 to 1, within 2 ulp.
  package static func logarithm(onePlus x: Double) -> Double {
    let sum = 1 + x
    // What the addition lost, to first order.
    return logarithm(sum) + (x - (sum - 1)) / sum
  }

  /// A positive number to any power, by way of its logarithm: the relative error grows with the result's.
  package static func power(_ base: Double, _ exponent: Double) -> Double {
    exponential(exponent * logarithm(base))
  }

  /// A number to a whole power that is not negative, by repeated squaring.
  package static func power(_ base: Double, _ exponent: Int) -> Double {
    var (result, square, left) = (1.0, base, exponent)
    while left > 0 {
      if left & 1 == 1 { result *= square }
      square *= square
      left >>= 1
    }
    return result
  }

  // MARK: Angles

  /// π/2 in three parts, the first two of 33 bits each.
  private static let quarterTurn = (
    first: 0x1.921fb54400000p0, second: 0x1.0b4611a600000p-34, third: 0x1.3198a2e037073p-69
  )
  /// Where the products of the reduction are no longer exact.
  private static let largestAngle = 1e5

  /// 1/17! down to −1/3!, and −1/18! down to 1/4!: complete for |r| ≤ π/4.
  private static let sineFactors = stride(from: 17, through: 3, by: -2).map {
    ($0 % 4 == 1 ? 1 : -1) / factorial($0)
  }
  private static let cosineFactors = stride(from: 18, through: 4, by: -2).map {
    ($0 % 4 == 0 ? 1 : -1) / factorial($0)
  }

  /// Sine and cosine of an angle in radians, each within 1 ulp.
  package static func sineAndCosine(_ angle: Double) -> (sine: Double, cosine: Double) {
    precondition(abs(angle) <= largestAngle, "an angle of \(angle) is beyond \(largestAngle)")
    let n = (angle / quarterTurn.first).rounded()
    let near = (angle - n * quarterTurn.first) - n * quarterTurn.second
    let r = near - n * quarterTurn.third
    // What the last subtraction rounded away.
    let lost = (near - r) - n * quarterTurn.third
    let square = r * r
    let sine = r + (lost + r * square * polynomial(sineFactors, at: square))
    let half = square / 2
    let top = 1 - half
    let rest = square * square * polynomial(cosineFactors, at: square) - r * lost
    let cosine = top + (((1 - top) - half) + rest)
    return switch Int(n) & 3 {
    case 0: (sine, cosine)
    case 1: (cosine, -sine)
    case 2: (-sine, -cosine)
    default: (-cosine, sine)
    }
  }

  package static func sine(_ angle: Double) -> Double { sineAndCosine(angle).sine }
  package static func cosine(_ angle: Double) -> Double { sineAndCosine(angle).cosine }

  // MARK: Series

  /// n!, exact up to 18.
  private static func factorial(_ n: Int) -> Double { (1...n).reduce(1) { $0 * Double($1) } }

  /// Horner's rule, the factor of the highest power first.
  private static func polynomial(_ factors: [Double], at x: Double) -> Double {
    var sum = 0.0
    for factor in factors { sum = sum * x + factor }
    return sum
  }

  private static func powerOfTwo(_ exponent: Int) -> Double {
    Double(sign: .plus, exponent: exponent, significand: 1)
  }
}
