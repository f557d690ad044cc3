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

  /// What was left out, one sentence each.
  ///
  /// - Parameters:
  ///   - noun: What is drawn, in the plural.
  ///   - others: Further values that could not be drawn.
  func notes(_ noun: String, others: Int = 0) -> [String] {
    var notes: [String] = []
    if shown < all {
      notes.append("Showing \(Number.count(shown)) of \(Number.count(all)) \(noun).")
    }
    return notes + leftOut(strange + others)
  }
}

extension Thinned where Value == Double {
  /// The dots of groups.
  init(_ groups: [Group], limit: Int) {
    self.init(groups.map(\.dots), limit: limit, isFinite: \.isFinite)
  }
}

/// The sentence on values that could not be drawn, if there are any.
func leftOut(_ count: Int) -> [String] {
  switch count {
  case 0: []
  case 1: ["One value that is not finite is left out."]
  default: ["\(Number.count(count)) values that are not finite are left out."]
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
/// - Parameters:
///   - wanted: Where each would be.
///   - distance: The least distance of two.
///   - low: The least place.
///   - high: The greatest place, which gives way when there is not enough room for all.
func spread(_ wanted: [Double], distance: Double, from low: Double, to high: Double) -> [Double] {
  let order = wanted.indices.sorted { (wanted[$0], $0) < (wanted[$1], $1) }
  var places = wanted
  var next = low
  for index in order {
    places[index] = max(wanted[index], next)
    next = places[index] + distance
  }
  var ceiling = max(high, low + distance * Double(wanted.count - 1))
  for index in order.reversed() {
    places[index] = min(places[index], ceiling)
    ceiling = places[index] - distance
  }
  return places
}
