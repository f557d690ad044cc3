import Foundation

extension Date {
  /// The moment that a column of seconds since 1970 holds; nil beyond the years that can be written.
  init?(stored seconds: Double) {
    guard (0...253_402_300_799).contains(seconds) else { return nil }
    self.init(timeIntervalSince1970: seconds)
  }
}

extension Duration {
  /// The time that a column of seconds holds; nil for what no run takes.
  init?(stored seconds: Double) {
    guard (0...1e12).contains(seconds) else { return nil }
    self = .seconds(seconds)
  }
}

extension Int {
  /// A count that a column holds; nil for one that cannot be added up.
  init?(storedCount count: Int) {
    guard (0...1 << 53).contains(count) else { return nil }
    self = count
  }
}
