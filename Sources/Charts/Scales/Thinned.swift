/// The part of many values that is drawn: the finite ones, thinned at equal distances to a limit.
struct Thinned<Value: Sendable> {
  /// For each of the groups given, what is drawn of it.
  let kept: [[Value]]
  private let shown: Int
  private let all: Int
  private let strange: Int

  /// - Parameters:
  ///   - groups: Values in an order that thinning keeps; every group that has any keeps one.
  ///   - limit: The most values drawn over all groups.
  ///   - isFinite: Whether a value can be drawn.
  init(_ groups: [[Value]], limit: Int, isFinite: (Value) -> Bool) {
    let finite = groups.map { $0.filter(isFinite) }
    let all = finite.reduce(0) { $0 + $1.count }
    let share = all > limit ? Double(max(limit, 0)) / Double(all) : 1
    kept = finite.map { group in
      everyNth(group, limit: max(1, Int(Double(group.count) * share)))
    }
    self.all = all
    shown = kept.reduce(0) { $0 + $1.count }
    strange = groups.reduce(0) { $0 + $1.count } - all
  }

  /// Says what was left out.
  ///
  /// - Parameters:
  ///   - noun: What is drawn, in the plural.
  ///   - others: Further values that could not be drawn.
  ///   - reason: What a value is that cannot be drawn.
  /// - Returns: One sentence each, none if all is drawn.
  func notes(
    _ noun: String,
    others: Int = 0,
    because reason: String = "not finite"
  ) -> [String] {
    var notes: [String] = []
    if shown < all {
      notes.append("Showing \(Number.count(shown)) of \(Number.count(all)) \(noun).")
    }
    return notes + leftOut(strange + others, because: reason)
  }
}

extension Thinned where Value == Double {
  /// The dots of groups.
  init(_ groups: [Group], limit: Int) {
    self.init(groups.map(\.dots), limit: limit, isFinite: \.isFinite)
  }
}

/// The sentence on values that could not be drawn, if there are any.
func leftOut(_ count: Int, because reason: String = "not finite") -> [String] {
  switch count {
  case 0: []
  case 1: ["One value that is \(reason) is left out."]
  default: ["\(Number.count(count)) values that are \(reason) are left out."]
  }
}

/// At most `limit` of the values, at equal distances, with the first and the last.
func everyNth<Value>(_ values: [Value], limit: Int) -> [Value] {
  guard values.count > limit else { return values }
  guard limit > 1 else { return Array(values.prefix(limit)) }
  let step = Double(values.count - 1) / Double(limit - 1)
  return (0..<limit).map { values[Int((Double($0) * step).rounded())] }
}

/// The unbroken pieces of a line through points of which some are not finite.
func pieces(_ points: [Point]) -> [[Point]] {
  points.split { !$0.isFinite }.map(Array.init)
}

extension Sequence where Element == Group {
  /// How many means and intervals there are that cannot be drawn.
  var strangeEstimates: Int {
    reduce(0) { count, group in
      let strangeMean = group.mean.map { !$0.isFinite } ?? false
      let strangeInterval = group.interval.map { !$0.isFinite } ?? false
      return count + (strangeMean ? 1 : 0) + (strangeInterval ? 1 : 0)
    }
  }
}

/// Moves places apart until each has its distance to the next, as little as needed and in their order.
///
/// Places that would touch become a block around the mean of what they wanted, which is the least change
/// by squares.
///
/// - Parameters:
///   - wanted: Where each would be.
///   - distance: The least distance of two.
///   - low: The least place.
///   - high: The greatest place, which gives way when there is not enough room for all.
/// - Returns: A place for each of those wanted, in the order given.
///
/// Reference: Barlow et al. (1972), Statistical Inference under Order Restrictions, the pooling of
/// adjacent violators.
func spread(_ wanted: [Double], distance: Double, from low: Double, to high: Double) -> [Double] {
  let order = wanted.indices.sorted { (wanted[$0], $0) < (wanted[$1], $1) }
  var blocks: [(mean: Double, count: Int)] = []
  for (rank, index) in order.enumerated() {
    // Without their distances, the places need only be in order.
    var block = (mean: wanted[index] - Double(rank) * distance, count: 1)
    while let last = blocks.last, last.mean > block.mean {
      let sum = last.mean * Double(last.count) + block.mean * Double(block.count)
      block = (sum / Double(last.count + block.count), last.count + block.count)
      blocks.removeLast()
    }
    blocks.append(block)
  }
  let means = blocks.flatMap { [Double](repeating: $0.mean, count: $0.count) }
  let highest = high - distance * Double(max(wanted.count - 1, 0))
  var places = wanted
  for (rank, index) in order.enumerated() {
    places[index] = max(low, min(means[rank], highest)) + Double(rank) * distance
  }
  return places
}
