import Charts
import Notation
import Statistics

extension Forecasts {
  /// The votes as bars, a figure for each round in which somebody voted.
  ///
  /// - Parameters:
  ///   - question: What was asked.
  ///   - name: What it is called.
  ///   - plain: What formats without pictures show in their place.
  /// - Returns: The round before the discussion first.
  func votes(on question: Question, name: String, plain: [Block] = []) -> [Figure] {
    rounds(on: question).enumerated().map { place, entry in
      let votes = Direction.allCases.map { ($0.rawValue, entry.summary.votes[$0] ?? 0) }
      let said = votes.map { "\($1) \($0)" }.joined(separator: ", ")
      return Figure(
        name: "votes-\(name)-\(place + 1)",
        title: """
          \(name), \(entry.round): \(said) of \(Numeral.counted(entry.summary.voters, "vote"))
          """,
        label: "\(name), votes \(entry.round): \(said).",
        chart: VoteHistogram(down: votes[0].1, none: votes[1].1, up: votes[2].1),
        data: Table(
          columns: [.words("vote"), .numbers("people")],
          rows: votes.map { [$0, "\($1)"] }
        ),
        note: "Votes of everybody but the textbook.",
        plain: place == 0 ? plain : []
      )
    }
  }

  /// The rounds in which somebody voted.
  private func rounds(
    on question: Question
  ) -> [(round: String, summary: QuestionSummary)] {
    [("before", scoring), ("after discussion", afterDiscussion)].compactMap { round, scoring in
      scoring.questions.first { $0.question == question }
        .flatMap { $0.voters > 0 ? (round: round, summary: $0) : nil }
    }
  }

  /// The votes of both rounds as bars of characters.
  func voteBars(on question: Question) -> String {
    rounds(on: question).map { round, summary in
      let bars = Direction.allCases.map { direction in
        let count = summary.votes[direction] ?? 0
        let word = direction.rawValue + String(repeating: " ", count: 5 - direction.rawValue.count)
        return "  \(word) \(String(repeating: "#", count: count)) \(count)"
      }
      return ([round] + bars).joined(separator: "\n")
    }.joined(separator: "\n")
  }

  /// How sure everybody was of what, and who was right.
  ///
  /// - Parameters:
  ///   - summary: The votes of the first round and the outcome.
  ///   - name: What the question is called.
  ///   - isFinal: Whether no run is missing, so that predictions may be called right or wrong.
  /// - Returns: nil where nobody said how sure they were.
  func swarm(on summary: QuestionSummary, name: String, isFinal: Bool) -> Figure? {
    let own = scoring.predictions.filter {
      $0.forecast.question == summary.question && $0.forecast.who != Scoring.textbook
    }
    let sure = own.compactMap { prediction in
      prediction.confidence.map { (prediction: prediction, percent: $0 * 100) }
    }
    guard !sure.isEmpty else { return nil }
    let outcome = isFinal ? summary.outcome : nil
    let right = own.count { $0.verdict == .right }
    let came =
      outcome.map { "came out \($0.rawValue): \(right) of \(own.count) right" }
      ?? (isFinal ? "is not settled, so that nobody is right or wrong" : "is not final yet")
    return Figure(
      name: "outcome-\(name)",
      title: "\(strong: name) \(came)",
      label: sure.map {
        "\($0.prediction.forecast.direction.rawValue) \(Numeral.fixed($0.percent, decimals: 0)) %"
      }
      .joined(separator: ", ") + "; \(came).",
      chart: PredictionSwarm(
        rows: ["↑ up", "none", "↓ down"],
        predictions: sure.map { prediction, percent in
          PredictionSwarm.Prediction(
            row: Direction.drawn.firstIndex(of: prediction.forecast.direction) ?? 0,
            confidence: percent,
            isRight: outcome == nil ? nil : prediction.verdict == .right
          )
        },
        outcome: outcome.flatMap(Direction.drawn.firstIndex)
      ),
      data: Table(
        columns: [.words("said"), .numbers("people"), .numbers("mean confidence, %")],
        rows: Direction.allCases.map { direction in
          let theirs = sure.filter { $0.prediction.forecast.direction == direction }.map(\.percent)
          return [
            direction.rawValue, "\(summary.votes[direction] ?? 0)",
            theirs.isEmpty ? "–" : Numeral.fixed(mean(theirs), decimals: 0),
          ]
        }
      ),
      note: """
        A dot is one prediction, by its direction and how sure its author was. \
        \((own.count - sure.count).grouped) of \(own.count.grouped) people stated no \
        confidence and have no dot.
        """
    )
  }
}

extension Direction {
  /// From the top row of a picture to the bottom row.
  fileprivate static let drawn: [Direction] = [.up, .none, .down]
}
