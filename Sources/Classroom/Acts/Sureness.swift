import Sweeps

/// How sure people are, in the words that forms offer.
enum Sureness {
  /// The words and what they stand for in per cent, the least sure first.
  static let offered = AnswerWords.confidences.sorted { $0.value < $1.value }
    .map { (word: $0.key, percent: $0.value) }

  /// The word for a confidence, or its number where it is none of the offered.
  static func word(_ percent: Int) -> String {
    offered.first { $0.percent == percent }?.word ?? "\(percent) % sure"
  }
}

extension Vote {
  /// The answer in words: `falls, sure`.
  var words: String {
    direction.word + (confidencePercent.map { ", " + Sureness.word($0) } ?? "")
  }
}
