import Reports
import Statistics
import Sweeps

extension Direction {
  /// From the first button to the last.
  static let offered: [Direction] = [.down, .none, .up]

  /// What people say aloud.
  var letter: String {
    switch self {
    case .down: "A"
    case .none: "B"
    case .up: "C"
    }
  }

  /// How a sentence that the question begins goes on.
  var word: String {
    switch self {
    case .down: "falls"
    case .none: "stays"
    case .up: "rises"
    }
  }

  /// The corners of its shape in a square of 24: pointing down, even, pointing up.
  var corners: String {
    switch self {
    case .down: "2,4 22,4 12,22"
    case .none: "3,8 21,8 21,16 3,16"
    case .up: "2,20 22,20 12,2"
    }
  }
}

extension Metric {
  /// By how much, as it follows the word; empty where any change counts.
  func amount(_ direction: Direction) -> String {
    guard declaredDelta > 0 else { return "" }
    switch (direction, scale) {
    case (.down, _), (.up, _): return "by more than \(deltaText)"
    case (.none, .linear): return "within ±\(deltaText)"
    case (.none, .log): return "within \(deltaText)"
    }
  }
}

extension AskedQuestion {
  /// What is asked, as it is read aloud; the answer completes it.
  var spoken: String {
    guard !ask.isEmpty else { return sentence.text }
    return ask.hasSuffix("...") ? ask.dropLast(3) + "…" : ask
  }

  /// The change and what is measured, as the spec calls them.
  var change: String {
    "\(question.factor) \(question.from) → \(question.to), \(question.metric)"
  }
}
