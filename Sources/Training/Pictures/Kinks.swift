/// The indices where a line of straight pieces bends, as a network with ReLUs draws it.
package enum Kinks {
  /// Bends that nobody would see: a share of the range of slopes, and a slope.
  private static let least = (share: 0.02, slope: 0.02)

  /// Finds bends from values at equal distances, each to within one distance.
  ///
  /// Between two bends the slope stays what it is, so that a bend lies where the lines through the points before and
  /// after it cross. Of several within two distances one is found.
  ///
  /// - Parameter points: (x, y), in the order of x.
  /// - Returns: Where the line bends, in the order of x.
  package static func found(in points: [(x: Double, y: Double)]) -> [(x: Double, y: Double)] {
    guard points.count > 3 else { return [] }
    let slopes = zip(points, points.dropFirst()).map { ($1.y - $0.y) / ($1.x - $0.x) }
    guard let steepest = slopes.max(), let flattest = slopes.min() else { return [] }
    let visible = max(least.share * (steepest - flattest), least.slope)
    // How much the slope changes across each distance.
    let changes = (1..<slopes.count - 1).map { abs(slopes[$0 + 1] - slopes[$0 - 1]) }
    var kinks: [(x: Double, y: Double)] = []
    var latest = -1
    for (index, change) in changes.enumerated() where change > visible {
      let before = index > 0 ? changes[index - 1] : 0
      let after = index + 1 < changes.count ? changes[index + 1] : 0
      guard change >= after, change > before, latest < 0 || index > latest + 1 else { continue }
      latest = index
      kinks.append(
        crossing(points[index + 1], slopes[index], points[index + 2], slopes[index + 2])
      )
    }
    return kinks
  }

  /// Where two lines cross, between the points that they go through.
  private static func crossing(
    _ left: (x: Double, y: Double),
    _ before: Double,
    _ right: (x: Double, y: Double),
    _ after: Double
  ) -> (x: Double, y: Double) {
    let x = (right.y - after * right.x - left.y + before * left.x) / (before - after)
    let inside = min(max(x, left.x), right.x)
    return (inside, left.y + before * (inside - left.x))
  }
}
