/// Where the values of an axis are in a drawing, with round values to label it by.
struct Scale: Equatable {
  /// The distance of two labelled values, for how many decimals numbers on this axis need.
  let step: Double
  let ticks: [Double]
  let isLogarithmic: Bool

  /// Whether the labelled values are evenly spaced numbers.
  private let isEven: Bool
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
    let known = values.filter { $0.isFinite && (!isLogarithmic || $0 > 0) }
      .map { Self.measured($0, isLogarithmic) }
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
    guard isLogarithmic else {
      (ticks, step) = Self.rounds(from: self.low, to: self.high, count: count)
      isEven = true
      return
    }
    let ratios = Self.ratios(from: self.low, to: self.high, count: count)
    let ends = values.filter { $0.isFinite && $0 > 0 }
    let even = Self.rounds(from: ends.min() ?? 1, to: ends.max() ?? 1, count: count)
    // Between 0.9 and 1.1 there is one power of ten, and a few multiples of it at most.
    isEven = ratios.ticks.count < 3 && even.ticks.count > ratios.ticks.count
    (ticks, step) = isEven ? even : ratios
  }

  /// The place of a value, which may be beyond the ends.
  func place(_ value: Double) -> Double {
    let value = Self.measured(value, isLogarithmic)
    return start + (value - low) / (high - low) * (end - start)
  }

  /// The place of a value, or of the end that it is beyond.
  func placeInside(_ value: Double) -> Double {
    min(max(place(value), min(start, end)), max(start, end))
  }

  func contains(_ value: Double) -> Bool {
    let value = Self.measured(value, isLogarithmic)
    return low <= value && value <= high
  }

  /// Writes a value as this axis does.
  ///
  /// - Parameters:
  ///   - value: In the axis' unit.
  ///   - isFine: With one more decimal than the ticks.
  /// - Returns: The number without its unit.
  func text(_ value: Double, isFine: Bool = false) -> String {
    let step = isEven ? step : Number.power(Number.exponent(value))
    return Number.text(value, step: isFine ? step / 10 : step)
  }

  /// The one of 1, 2, 5, 10 times a power of ten that is nearest to a distance by ratio.
  static func roundStep(_ distance: Double) -> Double {
    let power = Number.power(Number.exponent(distance))
    // The borders are the geometric means of neighbours, √2, √10 and √50.
    let borders: [(Double, Double)] = [(1.414, 1), (3.162, 2), (7.071, 5)]
    return power * (borders.first { distance / power < $0.0 }?.1 ?? 10)
  }

  /// A value in the unit in which the axis is even, within limits that keep every range finite.
  private static func measured(_ value: Double, _ isLogarithmic: Bool) -> Double {
    let bounded = min(max(value, -1e300), 1e300)
    return isLogarithmic ? Number.logarithm(max(bounded, 1e-300)) : bounded
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

  /// Powers of ten, with some of their multiples where there is room.
  private static func ratios(
    from low: Double,
    to high: Double,
    count: Int
  ) -> (ticks: [Double], step: Double) {
    let decades = Int(low.rounded(.down))...Int(high.rounded(.up))
    let inside = decades.filter { Double($0) >= low && Double($0) <= high }
    guard inside.count > 1 else {
      let bottom = Number.power(decades.lowerBound)
      let all = (decades.lowerBound...decades.upperBound).flatMap { power in
        [1, 2, 3, 5, 7].map { $0 * Number.power(power) }
      }
      return (all.filter { (low...high).contains(Number.logarithm($0)) }, bottom)
    }
    for factors in [[1.0, 2, 5], [1, 3]] where inside.count * factors.count <= count + 2 {
      let all = decades.flatMap { power in factors.map { $0 * Number.power(power) } }
      return (
        all.filter { (low...high).contains(Number.logarithm($0)) }, Number.power(inside[0])
      )
    }
    let every = (inside.count + count - 1) / count
    let kept = inside.enumerated().filter { $0.offset.isMultiple(of: every) }
    return (kept.map { Number.power($0.element) }, Number.power(inside[0]))
  }
}
