/// Where the values of an axis are in a drawing, with round values to label it by.
struct Scale: Equatable {
  /// The distance of two labelled values, for how many decimals numbers on this axis need.
  let step: Double
  let ticks: [Double]
  let isLogarithmic: Bool

  private let low: Double
  private let high: Double
  private let start: Double
  private let end: Double

  /// - Parameters:
  ///   - values: What must have room; those that are not finite, or not positive on a logarithmic
  ///     axis, ask for none.
  ///   - start: Where the smallest value is, in drawing units.
  ///   - end: Where the largest value is.
  ///   - spacing: The least distance between two ticks.
  ///   - padding: The share of the range that is added at both ends.
  ///   - isLogarithmic: Whether equal distances are equal ratios.
  init(
    _ values: [Double],
    from start: Double,
    to end: Double,
    spacing: Double = 44,
    padding: Double = 0.05,
    isLogarithmic: Bool = false
  ) {
    // Beyond this the range itself may be infinite.
    let limit = 1e300
    let known = values.filter { $0.isFinite && (!isLogarithmic || $0 > 0) }
      .map { min(max($0, -limit), limit) }
      .map { isLogarithmic ? Number.logarithm($0) : $0 }
    var low = known.min() ?? 0
    var high = known.max() ?? 1
    let least = max(low.magnitude, high.magnitude) * 1e-9
    if high - low <= least {
      let reach = low == 0 ? 1 : low.magnitude * 0.1
      (low, high) = (low - reach, high + reach)
    }
    let range = high - low
    (self.low, self.high) = (low - padding * range, high + padding * range)
    (self.start, self.end) = (start, end)
    self.isLogarithmic = isLogarithmic
    let count = max(1, Int((end - start).magnitude / spacing))
    (ticks, step) =
      isLogarithmic
      ? Self.ratios(from: self.low, to: self.high, count: count)
      : Self.rounds(from: self.low, to: self.high, count: count)
  }

  /// The place of a value, which may be beyond the ends.
  func place(_ value: Double) -> Double {
    let value = isLogarithmic ? Number.logarithm(max(value, 1e-300)) : value
    return start + (value - low) / (high - low) * (end - start)
  }

  /// The place of a value, or of the end that it is beyond.
  func placeInside(_ value: Double) -> Double {
    min(max(place(value), min(start, end)), max(start, end))
  }

  func contains(_ value: Double) -> Bool {
    let value = isLogarithmic ? Number.logarithm(max(value, 1e-300)) : value
    return low <= value && value <= high
  }

  /// A value as it is written on this axis.
  ///
  /// - Parameters:
  ///   - value: In the axis' unit.
  ///   - isFine: With one more decimal than the ticks.
  func text(_ value: Double, isFine: Bool = false) -> String {
    let step = isLogarithmic ? Number.power(Number.exponent(value)) : step
    return Number.text(value, step: isFine ? step / 10 : step)
  }

  /// The smallest of 1, 2, 5, 10 times a power of ten that is at least a distance.
  static func roundStep(_ distance: Double) -> Double {
    let power = Number.power(Number.exponent(distance))
    return [1, 2, 5, 10].map { $0 * power }.first { $0 >= distance * (1 - 1e-9) } ?? distance
  }

  private static func rounds(
    from low: Double,
    to high: Double,
    count: Int
  ) -> (ticks: [Double], step: Double) {
    let step = roundStep((high - low) / Double(count))
    let first = (low / step).rounded(.up)
    let last = (high / step).rounded(.down)
    guard last >= first, last - first < 1_000 else { return ([], step) }
    return ((0...Int(last - first)).map { (first + Double($0)) * step }, step)
  }

  /// Powers of ten, with their double and fivefold where there is room; where the axis does not
  /// reach over two powers, round values as on a linear axis.
  private static func ratios(
    from low: Double,
    to high: Double,
    count: Int
  ) -> (ticks: [Double], step: Double) {
    let decades = Int(low.rounded(.down))...Int(high.rounded(.up))
    let inside = decades.filter { Double($0) >= low && Double($0) <= high }
    guard inside.count > 1 else {
      let bottom = Number.power(decades.lowerBound)
      // Interpolating between powers needs no exponential: ten steps to the next power are enough.
      let all = (decades.lowerBound...decades.upperBound).flatMap { power in
        [1, 2, 3, 5, 7].map { $0 * Number.power(power) }
      }
      return (all.filter { (low...high).contains(Number.logarithm($0)) }, bottom)
    }
    if inside.count * 3 <= count + 2 {
      let all = decades.flatMap { power in [1, 2, 5].map { $0 * Number.power(power) } }
      return (
        all.filter { (low...high).contains(Number.logarithm($0)) }, Number.power(inside[0])
      )
    }
    let every = (inside.count + count - 1) / count
    let kept = inside.enumerated().filter { $0.offset.isMultiple(of: every) }
    return (kept.map { Number.power($0.element) }, Number.power(inside[0]))
  }
}
