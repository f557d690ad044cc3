package import Statistics

/// How people write an answer and how sure they are, on a terminal, on a sheet and in what a form exports.
package enum AnswerWords {
  /// The words that stand for a confidence on a form, in per cent.
  package static let confidences = ["not sure": 45, "sure": 65, "very sure": 85]

  /// Beginnings of answers; the longer of two that fit is meant.
  private static let directions: [(beginning: String, direction: Direction)] = [
    ("up", .up), ("goes up", .up), ("higher", .up), ("rise", .up), ("increase", .up), ("more", .up),
    ("down", .down), ("goes down", .down), ("lower", .down), ("fall", .down), ("decrease", .down),
    ("less", .down),
    ("none", .none), ("no change", .none), ("no difference", .none), ("stays", .none),
    ("same", .none), ("the same", .none), ("unchanged", .none), ("changes by less", .none),
  ]

  /// Reads a direction: a word for it, in any case, or its first letter.
  ///
  /// - Parameter text: As it was typed, such as `goes up by more than 0.02 (worse)`.
  /// - Returns: nil where it is none of the words.
  package static func direction(_ text: String) -> Direction? {
    let word = text.lowercased()
    if word.count == 1 {
      return Direction.allCases.first { $0.rawValue.hasPrefix(word) }
    }
    return directions.filter { word.hasPrefix($0.beginning) && endsWord($0.beginning, in: word) }
      .max { $0.beginning.count < $1.beginning.count }?.direction
  }

  /// Reads a confidence: `65`, `65 %`, `0.65`, `0,65`, a form's words, or both as the sheet has them: `sure (65 %)`.
  ///
  /// A number without a point and without a per cent sign is per cent.
  ///
  /// - Returns: Per cent within ``Prediction/confidenceBounds``; nil for anything else.
  package static func confidence(_ text: String) -> Int? {
    let word = text.lowercased()
    if let percent = confidences[word] { return percent }
    if let bracket = word.firstIndex(of: "("), let percent = confidences[word[..<bracket].trimmed] {
      return percent
    }
    let isPercent = word.hasSuffix("%")
    let digits = (isPercent ? word.dropLast().trimmed : word).replacing(",", with: ".")
    guard digits.allSatisfy({ $0.isASCII && ($0.isNumber || $0 == ".") }),
      let number = Double(digits), number <= 100
    else { return nil }
    let isFraction = !isPercent && digits.contains(".") && number <= 1
    let percent = isFraction ? number * 100 : number
    let whole = Int(percent.rounded())
    return Prediction.confidenceBounds.contains(whole) ? whole : nil
  }

  /// Whether no letter that would make another word of it follows; endings of the verb may.
  private static func endsWord(_ beginning: String, in word: String) -> Bool {
    let rest = word.dropFirst(beginning.count).prefix(while: \.isLetter)
    return ["", "s", "es", "d", "ed"].contains(String(rest))
  }
}

extension StringProtocol {
  /// The text without the white space around it.
  var trimmed: String {
    String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
  }
}
