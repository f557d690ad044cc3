package import Notation
import Statistics

/// The predictions of a whole class, read from a table: one row an answer, or one row a person.
package struct PredictionImport: Sendable, Equatable {
  /// Why a row, one answer in it, or a column was not taken.
  package struct Fault: Sendable, Equatable, CustomStringConvertible {
    package let line: Int
    package let reason: String

    package var description: String { "line \(line): \(reason)" }
  }

  package private(set) var predictions: [Prediction] = []
  /// What was not understood.
  ///
  /// Nothing of the table should be sealed before somebody has seen these.
  package private(set) var faults: [Fault] = []
  /// What was understood in one of several ways, or passed over because nothing asks for it: a sentence each.
  package private(set) var notes: [Fault] = []

  private let round: Int?

  /// Reads all rows; a bad one is named and the others are kept.
  ///
  /// - Parameters:
  ///   - table: A file of predictions, or what a form exported.
  ///   - questions: What was asked.
  ///   - round: The round of rows that name none; nil for the first, without a word where a row names another.
  package init(_ table: CSVTable, questions: [AskedQuestion], round: Int? = nil) {
    self.round = round
    faults = table.faults.map { Fault(line: $0.line, reason: $0.reason.description) }
    let broken = Set(faults.map(\.line))
    let columns = Columns(table.header)
    guard columns.index("who") != nil else {
      faults.append(Fault(line: 1, reason: "there is no column 'who' with a pseudonym"))
      return
    }
    let isLong = columns.index("direction") != nil
    let hasQuestion = questions.contains { columns.index($0.id) != nil }
    judge(
      unknown: table.header.filter { !columns.isKnown($0, isLong: isLong, questions) },
      known: isLong ? Columns.long : questions.flatMap { Self.columns(of: $0.id) }
    )
    guard isLong || hasQuestion else {
      let ids = questions.map { "'\($0.id)'" }.joined(separator: ", ")
      faults.append(
        Fault(
          line: 1,
          reason: "there is neither a column 'direction' nor one named for a question (\(ids))"
        )
      )
      return
    }
    var people = People()
    for row in table.rows
    where !broken.contains(row.line) && row.fields.contains(where: { !$0.isBlank }) {
      let answers = isLong ? [columns.longAnswer(row)] : columns.wideAnswers(row, questions)
      for answer in answers where !answer.isBlank { take(answer, from: row, questions, &people) }
    }
  }

  /// Tells of columns that nothing asks for: a slip of the pen is a fault, a form's own column a note.
  private mutating func judge(unknown: [String], known: [String]) {
    for name in unknown where !name.isBlank {
      if let meant = Suggestion.nearest(to: name.trimmed, among: known) {
        faults.append(
          Fault(
            line: 1,
            reason: "the column '\(name.shortened)' means nothing. Did you mean '\(meant)'?"
          )
        )
      } else {
        notes.append(Fault(line: 1, reason: "the column '\(name.shortened)' is passed over"))
      }
    }
  }

  private mutating func take(
    _ answer: Answer,
    from row: CSVTable.Row,
    _ questions: [AskedQuestion],
    _ people: inout People
  ) {
    do {
      let prediction = try answer.prediction(questions, round: round ?? 1)
      let name = people.name(of: prediction, line: row.line)
      if name != prediction.who {
        notes.append(
          Fault(
            line: row.line,
            reason:
              "'\(prediction.who.shortened)' has answered before in this table, so this one is called '\(name.shortened)'"
          )
        )
      }
      if let round, !answer.round.isEmpty, prediction.round != round {
        notes.append(
          Fault(
            line: row.line,
            reason:
              "the row says round \(prediction.round), which counts, and not the \(round) that was asked for"
          )
        )
      }
      predictions.append(prediction.by(name))
    } catch {
      faults.append(Fault(line: row.line, reason: error.reason))
    }
  }
}

extension PredictionImport {
  /// The longest texts that are taken: a pseudonym, and a sentence with some room.
  package static let whoLimit = 80
  package static let rationaleLimit = 2000

  /// The columns of a question in a table with a row for each person: the answer, how sure, and why.
  package static func columns(of id: String) -> [String] { [id, id + " confidence", id + " why"] }

  /// The people of one table: a second one of the same name is another person, and gets a number.
  private struct People {
    /// Of which line each name's answers to a question in a round are.
    private var lines: [String: [String: Int]] = [:]

    mutating func name(of prediction: Prediction, line: Int) -> String {
      let key = "\(prediction.round) \(prediction.asked.id)"
      var name = prediction.who
      var number = 1
      while let known = lines[name]?[key], known != line {
        number += 1
        name = "\(prediction.who) (\(number))"
      }
      lines[name, default: [:]][key] = line
      return name
    }
  }

  /// The columns of a table by their names, whatever their case.
  private struct Columns {
    private let indices: [String: Int]

    static let long = [
      "who", "round", "question", "factor", "from", "to", "metric", "at", "direction",
      "confidence_pct", "rationale",
    ]

    init(_ header: [String]) {
      indices = Dictionary(
        header.enumerated().map { ($1.trimmed.lowercased(), $0) },
        uniquingKeysWith: { first, _ in first }
      )
    }

    func index(_ name: String) -> Int? { indices[name.lowercased()] }

    func isKnown(_ name: String, isLong: Bool, _ questions: [AskedQuestion]) -> Bool {
      let known =
        isLong
        ? Self.long : ["who", "round"] + questions.flatMap { PredictionImport.columns(of: $0.id) }
      let word = name.trimmed.lowercased()
      return known.contains { $0.lowercased() == word }
    }

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

    /// Whether a form left the question out: neither an answer nor anything about it.
    var isBlank: Bool { direction.isEmpty && confidence.isEmpty && rationale.isEmpty }

    func prediction(_ questions: [AskedQuestion], round: Int) throws(Refusal) -> Prediction {
      let (question, isReversed) = try question(questions)
      let stated = try statedDirection(of: question)
      return Prediction(
        who: try name(),
        round: try roundNumber(else: round),
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

    private func roundNumber(else asked: Int) throws(Refusal) -> Int {
      switch round {
      case "": return asked
      case "1": return 1
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
      guard !direction.isEmpty else { throw Refusal(reason: "no answer to '\(question.id)'") }
      if let direction = AnswerWords.direction(direction) { return direction }
      throw Refusal(
        reason: "'\(direction.shortened)' as an answer to '\(question.id)'; it is up, down or none"
      )
    }

    private func percent(_ question: AskedQuestion) throws(Refusal) -> Int? {
      guard !confidence.isEmpty else { return nil }
      guard let percent = AnswerWords.confidence(confidence) else {
        let bounds = Prediction.confidenceBounds
        throw Refusal(
          reason:
            "confidence '\(confidence.shortened)' in '\(question.id)'; it is \(bounds.lowerBound) to \(bounds.upperBound) per cent, or not sure, sure, very sure"
        )
      }
      return percent
    }

    private func reason(_ question: AskedQuestion) throws(Refusal) -> String {
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
