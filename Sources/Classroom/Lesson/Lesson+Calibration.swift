package import Charts
import Statistics
import Sweeps

extension Lesson {
  /// How often the class was right of what it was how sure of, in the last answer to each question that is revealed and
  /// settled; a bin for each confidence that was stated.
  ///
  /// - Returns: In the order of the confidences; empty before anything is revealed.
  package var calibration: [ReliabilityDiagram.Bin] {
    var counts: [Int: (right: Int, all: Int)] = [:]
    for (question, outcome) in revealed {
      guard let outcome else { continue }
      for person in present {
        let votes = [2, 1].compactMap { vote(of: person.id, on: Ballot.ID(question, round: $0)) }
        guard let vote = votes.first, let percent = vote.confidencePercent else { continue }
        counts[percent, default: (0, 0)].all += 1
        if vote.direction == outcome { counts[percent]?.right += 1 }
      }
    }
    return counts.sorted { $0.key < $1.key }.map { percent, count in
      let confidence = Double(percent) / 100
      return ReliabilityDiagram.Bin(
        edges: Span(lower: confidence, upper: confidence),
        meanConfidence: confidence,
        shareCorrect: Double(count.right) / Double(count.all),
        interval: nil,
        count: count.all
      )
    }
  }
}
