import Foundation

/// How long runs take, judged by their levels.
///
/// Durations multiply: the geometric mean of all runs times, for each axis, the ratio of the geometric
/// mean at the run's level to that of all. This assumes that axes do not interact on the log scale, and
/// is exact for balanced runs of a model in which they do not.
package struct DurationModel: Sendable {
  private struct Sum: Sendable {
    var logs = 0.0
    var count = 0
    var mean: Double { logs / Double(max(count, 1)) }
  }

  private var all = Sum()
  /// By axis, then by the text of the level.
  private var levels: [[String: Sum]] = []
  private var squares = 0.0

  package init() {}

  /// Runs that were taken in.
  package var count: Int { all.count }

  /// Takes in a run.
  ///
  /// - Parameters:
  ///   - texts: The text of its level of each axis.
  ///   - seconds: How long it took; 0 counts as a microsecond.
  package mutating func add(levels texts: [String], seconds: Double) {
    let log = Foundation.log(max(seconds, 1e-6))
    if levels.count < texts.count {
      levels += Array(repeating: [:], count: texts.count - levels.count)
    }
    all.logs += log
    all.count += 1
    squares += log * log
    for (axis, text) in texts.enumerated() {
      levels[axis][text, default: Sum()].logs += log
      levels[axis][text, default: Sum()].count += 1
    }
  }

  /// Seconds that a run of these levels takes; nil while nothing is known.
  package func seconds(levels texts: [String]) -> Double? {
    guard all.count > 0 else { return nil }
    var log = all.mean
    for (axis, text) in texts.enumerated() where axis < levels.count {
      if let known = levels[axis][text] { log += known.mean - all.mean }
    }
    return exp(log)
  }

  /// The standard deviation of the logarithm of a duration over all runs; 0 for fewer than two.
  package var spread: Double {
    guard all.count > 1 else { return 0 }
    let variance = (squares - Double(all.count) * all.mean * all.mean) / Double(all.count - 1)
    return max(variance, 0).squareRoot()
  }
}
