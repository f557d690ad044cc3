/// An interval of numbers, open or closed at each end.
package struct Bounds: Sendable, Equatable {
  package let lower: Double?
  package let lowerIsExclusive: Bool
  package let upper: Double?
  package let upperIsExclusive: Bool

  private init(
    lower: Double? = nil,
    lowerIsExclusive: Bool = false,
    upper: Double? = nil,
    upperIsExclusive: Bool = false
  ) {
    self.lower = lower
    self.lowerIsExclusive = lowerIsExclusive
    self.upper = upper
    self.upperIsExclusive = upperIsExclusive
  }

  /// Any finite number.
  package static let any = Bounds()

  package static func atLeast(_ lower: Double) -> Bounds { Bounds(lower: lower) }

  package static func above(_ lower: Double) -> Bounds {
    Bounds(lower: lower, lowerIsExclusive: true)
  }

  package static func between(_ lower: Double, _ upper: Double) -> Bounds {
    Bounds(lower: lower, upper: upper)
  }

  /// Between two numbers, neither of them included.
  package static func inside(_ lower: Double, _ upper: Double) -> Bounds {
    Bounds(lower: lower, lowerIsExclusive: true, upper: upper, upperIsExclusive: true)
  }

  package static func from(_ lower: Double, below upper: Double) -> Bounds {
    Bounds(lower: lower, upper: upper, upperIsExclusive: true)
  }

  package func contains(_ number: Double) -> Bool {
    guard number.isFinite else { return false }
    if let lower, lowerIsExclusive ? number <= lower : number < lower { return false }
    if let upper, upperIsExclusive ? number >= upper : number > upper { return false }
    return true
  }

  /// 'a number above 0', 'a number from 0 to below 1'.
  package func words(for noun: String) -> String {
    let from = lower.map { (lowerIsExclusive ? "above " : "from ") + JSONNumber.shortest($0) }
    let to = upper.map { (upperIsExclusive ? "below " : "") + JSONNumber.shortest($0) }
    switch (from, to) {
    case (nil, nil): return noun
    case (let from?, nil): return "\(noun) \(from)" + (lowerIsExclusive ? "" : " up")
    case (nil, let to?): return "\(noun) \(upperIsExclusive ? "" : "up to ")\(to)"
    case (let from?, let to?): return "\(noun) \(from) to \(to)"
    }
  }
}
