package import Foundation
import Notation
package import Statistics

/// A look that a rule of seeds took: what it found, for good.
package struct TakenLook: Sendable, Equatable {
  /// What it found of one question.
  package struct Answer: Sendable, Equatable {
    package let question: String
    /// How many seeds could be compared.
    package let seeds: Int
    package let outcome: Direction?
    package let state: LookStanding.State

    package init(
      question: String,
      seeds: Int,
      outcome: Direction?,
      state: LookStanding.State
    ) {
      self.question = question
      self.seeds = seeds
      self.outcome = outcome
      self.state = state
    }
  }

  /// From 1.
  package let number: Int
  /// With how many seeds it was planned.
  package let seeds: Int
  package let at: Date
  /// Of the questions that were open until then.
  package let answers: [Answer]

  /// Whether a question of it gets more seeds.
  package var hasOpenQuestions: Bool { answers.contains { $0.state == .open } }

  package init(number: Int, seeds: Int, at date: Date, answers: [Answer]) {
    self.number = number
    self.seeds = seeds
    // The chain has milliseconds; rounded up, so that no run of the look began after it.
    at = Date(timeIntervalSince1970: (date.timeIntervalSince1970 * 1000).rounded(.up) / 1000)
    self.answers = answers
  }

  private static let timeFormat = Date.ISO8601FormatStyle(includingFractionalSeconds: true)

  init?(_ json: JSON) {
    guard let object = json.object, let number = object["number"]?.integer,
      let seeds = object["seeds"]?.integer,
      let at = object["at"]?.string.flatMap({ try? Date($0, strategy: Self.timeFormat) }),
      case .array(let list)? = object["questions"]
    else { return nil }
    let answers = list.compactMap { $0.object.flatMap(Answer.init) }
    guard answers.count == list.count else { return nil }
    self.init(number: number, seeds: seeds, at: at, answers: answers)
  }

  var json: JSON {
    [
      "at": .string(at.formatted(Self.timeFormat)), "number": JSON(number), "seeds": JSON(seeds),
      "questions": .array(answers.map(\.json)),
    ]
  }
}

extension TakenLook.Answer {
  fileprivate init?(_ object: JSONObject) {
    guard let question = object["question"]?.string, let seeds = object["n"]?.integer,
      let state = object["state"]?.string.flatMap(LookStanding.State.init)
    else { return nil }
    self.init(
      question: question,
      seeds: seeds,
      outcome: object["outcome"]?.string.flatMap(Direction.init),
      state: state
    )
  }

  fileprivate var json: JSON {
    [
      "question": .string(question), "n": JSON(seeds), "outcome": JSON(outcome?.rawValue),
      "state": .string(state.rawValue),
    ]
  }
}

extension LookSchedule {
  /// The two-sided level of all looks of a sweep together.
  package static let alpha = 0.05

  /// The rule with its levels, as it is sealed: numbers as texts, which no two programs write in two ways.
  var sealedRule: JSON {
    let levels = LookPlan(self, alpha: Self.alpha, hasPValues: false).sealedLevels
    return [
      "alpha": .string(String(Self.alpha)), "change": JSON(levels.change),
      "looks": JSON(seeds.map(String.init)), "name": .string(Self.rule),
      "none": JSON(levels.none),
    ]
  }
}
