package import Notation
import Statistics

/// The predictions of a whole class, read from a table: one row an answer, or one row a person.
package struct PredictionImport: Sendable, Equatable {
  /// Why a row, or one answer in it, was not taken.
  package struct Fault: Sendable, Equatable, CustomStringConvertible {
    package let line: Int
    package let reason: String

    package var description: String { "line \(line): \(reason)" }
  }

  package private(set) var predictions: [Prediction] = []
  package private(set) var faults: [Fault] = []

  /// Reads all rows; a bad one is named and the others are kept.
  ///
  /// - Parameters:
  ///   - table: A file of predictions, or what a form exported.
  ///   - questions: What was asked.
  package init(_ table: CSVTable, questions: [AskedQuestion]) {
    faults = table.faults.map { Fault(line: $0.line, reason: $0.reason.description) }
    let broken = Set(faults.map(\.line))
    let columns = Columns(table.header)
    guard columns.index("who") != nil else {
      faults.append(Fault(line: 1, reason: "there is no column 'who' with a pseudonym"))
      return
    }
    let isLong = columns.index("direction") != nil
    guard isLong || questions.contains(where: { columns.index($0.id) != nil }) else {
      let ids = questions.map { "'\($0.id)'" }.joined(separator: ", ")
      faults.append(
        Fault(
          line: 1,
          reason: "there is neither a column 'direction' nor one named for a question (\(ids))"
        )
      )
      return
    }
    for row in table.rows
    where !broken.contains(row.line) && row.fields.contains(where: { !$0.isBlank }) {
      let answers = isLong ? [columns.longAnswer(row)] : columns.wideAnswers(row, questions)
      for answer in answers { take(answer, from: row, questions) }
    }
  }

  private mutating func take(_ answer: Answer, from row: CSVTable.Row, _ questions: [AskedQuestion])
  {
    do {
      predictions.append(try answer.prediction(questions))
    } catch {
      reject(row, error.reason)
    }
  }

  private mutating func reject(_ row: CSVTable.Row, _ reason: String) {
    faults.append(Fault(line: row.line, reason: reason))
  }
}

extension PredictionImport {
  /// The longest texts that are taken: a pseudonym, and a sentence with some room.
  package static let whoLimit = 80
  package static let rationaleLimit = 2000

  /// The words that stand for a confidence on a form, in per cent.
  package static let confidenceWords = ["not sure": 45, "sure": 65, "very sure": 85]

  /// The columns of a table by their names, whatever their case.
  private struct Columns {
    private let indexes: [String: Int]

    init(_ header: [String]) {
      indexes = Dictionary(
        header.enumerated().map { ($1.trimmed.lowercased(), $0) },
        uniquingKeysWith: { first, _ in first }
      )
    }

    func index(_ name: String) -> Int? { indexes[name.lowercased()] }

    func text(_ name: String, of row: CSVTable.Row) -> String {
      guard let index = index(name), index < row.fields.count else { return "" }
      return row.fields[index].trimmed
    }

    func longAnswer(_ row: CSVTable.Row) -> Answer {
      Answer(
        who: text("who", of: row),
        round: text("round", of: row),
        asked: text("question", of: row).isEmpty
          ? .contrast(
            factor: text("factor", of: row),
            from: text("from", of: row),
            to: text("to", of: row),
            metric: text("metric", of: row),
            at: text("at", of: row)
          )
          : .id(text("question", of: row)),
        direction: text("direction", of: row),
        confidence: text("confidence_pct", of: row),
        rationale: text("rationale", of: row)
      )
    }

    func wideAnswers(_ row: CSVTable.Row, _ questions: [AskedQuestion]) -> [Answer] {
      questions.filter { index($0.id) != nil }.map { question in
        Answer(
          who: text("who", of: row),
          round: text("round", of: row),
          asked: .id(question.id),
          direction: text(question.id, of: row),
          confidence: text(question.id + " confidence", of: row),
          rationale: text(question.id + " why", of: row)
        )
      }
    }
  }

  private struct Refusal: Error {
    let reason: String
  }

  /// One answer as the table has it, all of it text.
  private struct Answer {
    enum Asked {
      case id(String)
      case contrast(factor: String, from: String, to: String, metric: String, at: String)
    }

    let who: String
    let round: String
    let asked: Asked
    let direction: String
    let confidence: String
    let rationale: String

    func prediction(_ questions: [AskedQuestion]) throws(Refusal) -> Prediction {
      let (question, isReversed) = try question(questions)
      let stated = try statedDirection(of: question)
      return Prediction(
        who: try name(),
        round: try roundNumber(),
        asked: question,
        direction: isReversed ? stated.reversed : stated,
        confidencePercent: try percent(question),
        rationale: try reason(question)
      )
    }

    private func name() throws(Refusal) -> String {
      guard !who.isEmpty else { throw Refusal(reason: "no pseudonym in the column 'who'") }
      guard who.lowercased() != Prediction.textbookName else {
        throw Refusal(reason: "the name '\(who)' is reserved for what the spec quotes")
      }
      guard who.count <= whoLimit else {
        throw Refusal(
          reason: "a pseudonym of \(who.count) characters; \(whoLimit) are taken at most"
        )
      }
      return who
    }

    private func roundNumber() throws(Refusal) -> Int {
      switch round {
      case "", "1": return 1
      case "2": return 2
      default: throw Refusal(reason: "round '\(round.shortened)'; it is 1 or 2")
      }
    }

    private func question(
      _ questions: [AskedQuestion]
    ) throws(Refusal) -> (question: AskedQuestion, isReversed: Bool) {
      switch asked {
      case .id(let id):
        guard let question = questions.first(where: { $0.id == id }) else {
          throw Refusal(
            reason: "no question '\(id.shortened)'; there are "
              + questions.map { "'\($0.id)'" }.joined(separator: ", ")
          )
        }
        return (question, false)
      case .contrast(let factor, let from, let to, let metric, let at):
        guard let held = Question.held(written: at) else {
          throw Refusal(
            reason: "'at' is '\(at.shortened)'; it is written as tuning=full dropout=0"
          )
        }
        let own = Question(factor: factor, from: from, to: to, metric: metric, at: held)
        if let asked = questions.first(where: { $0.question == own }) { return (asked, false) }
        if let asked = questions.first(where: { $0.question == own.reversed }) {
          return (asked, true)
        }
        throw Refusal(
          reason:
            "no question asks what \(factor.shortened) \(from.shortened) → \(to.shortened) does to \(metric.shortened) there"
        )
      }
    }

    private func statedDirection(of question: AskedQuestion) throws(Refusal) -> Direction {
      let text = direction.lowercased()
      guard !text.isEmpty else { throw Refusal(reason: "no answer to '\(question.id)'") }
      if let direction = Direction(rawValue: text) { return direction }
      if text.hasPrefix("goes up") { return .up }
      if text.hasPrefix("goes down") { return .down }
      if text.hasPrefix("changes by less") { return .none }
      throw Refusal(
        reason: "'\(direction.shortened)' as an answer to '\(question.id)'; it is up, down or none"
      )
    }

    private func percent(_ question: AskedQuestion) throws(Refusal) -> Int? {
      guard !confidence.isEmpty else { return nil }
      let text = confidence.lowercased()
      let number = text.hasSuffix("%") ? String(text.dropLast()).trimmed : text
      let percent = confidenceWords[text] ?? Int(number)
      guard let percent, Prediction.confidenceBounds.contains(percent) else {
        let bounds = Prediction.confidenceBounds
        throw Refusal(
          reason:
            "confidence '\(confidence.shortened)' in '\(question.id)'; it is \(bounds.lowerBound) to \(bounds.upperBound) per cent, or not sure, sure, very sure"
        )
      }
      return percent
    }

    private func reason(_ question: AskedQuestion) throws(Refusal) -> String {
      guard !rationale.isEmpty else {
        throw Refusal(reason: "no reason given for '\(question.id)'")
      }
      guard rationale.count <= rationaleLimit else {
        throw Refusal(
          reason:
            "a reason of \(rationale.count) characters for '\(question.id)'; \(rationaleLimit) are taken at most"
        )
      }
      return rationale
    }
  }
}

extension Question {
  /// Reads what is held fixed as people write it, `tuning=full dropout=0`, or as a JSON object of texts.
  static func held(written text: String) -> [String: String]? {
    if text.hasPrefix("{") { return held(atText: text) }
    var held: [String: String] = [:]
    for part in text.split(whereSeparator: { " ,;".contains($0) }) {
      let sides = part.split(separator: "=", maxSplits: 1)
      guard sides.count == 2 else { return nil }
      held[String(sides[0])] = String(sides[1])
    }
    return held
  }
}

extension String {
  fileprivate var trimmed: String {
    String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
  }

  fileprivate var isBlank: Bool { allSatisfy(\.isWhitespace) }

  /// Enough of a text to recognise it in an error message, on one line and without control characters.
  fileprivate var shortened: String {
    let scalars = unicodeScalars.prefix(41).map {
      $0.properties.generalCategory == .control ? " " : $0
    }
    let text = String(String.UnicodeScalarView(scalars.prefix(40)))
    return scalars.count > 40 ? text + "…" : text
  }
}
