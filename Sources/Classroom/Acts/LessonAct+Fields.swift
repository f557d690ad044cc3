import Notation
import Statistics
import Sweeps

/// The fields of an act by their names, as a line of the journal and a browser's form have them alike.
struct ActFields {
  private let texts: [String: String]

  init(_ texts: [String: String]) {
    self.texts = texts
  }

  func text(_ name: String) throws(LessonRefusal) -> String {
    guard let text = texts[name] else { throw .missingField(name) }
    return text
  }

  /// A text that may be missing or empty.
  func optional(_ name: String) -> String? {
    texts[name].flatMap { $0.isEmpty ? nil : $0 }
  }

  func ballot() throws(LessonRefusal) -> Ballot.ID {
    Ballot.ID(try text("question"), round: try round())
  }

  private func round() throws(LessonRefusal) -> Int {
    let text = try text("round")
    guard text == "1" || text == "2" else { throw .unknownRound(text.excerpt) }
    return text == "1" ? 1 : 2
  }

  func seconds() throws(LessonRefusal) -> Int? {
    guard let text = optional("seconds") else { return nil }
    guard let seconds = Int(text), 1...3600 ~= seconds else {
      throw .notANumber(text.excerpt, field: "seconds")
    }
    return seconds
  }

  /// A name that is not longer than a name may be; nil where none was typed.
  func name() throws(LessonRefusal) -> String? {
    let name = (texts["name"] ?? "").plain
    guard name.count <= Person.nameLimit, name.utf8.count <= 4 * Person.nameLimit else {
      throw .tooLong(
        "name",
        count: max(name.count, name.unicodeScalars.count),
        limit: Person.nameLimit
      )
    }
    guard name.lowercased() != Prediction.textbookName else { throw .reservedName(name) }
    return name.isEmpty ? nil : name
  }

  func vote() throws(LessonRefusal) -> Vote {
    // A button that was pressed counts before what the page held of an earlier press.
    guard let direction = optional("direction") ?? optional("held-direction") else {
      throw .missingField("direction")
    }
    let confidence = optional("confidence") ?? optional("held-confidence")
    let reason = (texts["reason"] ?? "").plain
    guard reason.count <= Vote.reasonLimit, reason.utf8.count <= 4 * Vote.reasonLimit else {
      throw .tooLong(
        "reason",
        count: max(reason.count, reason.unicodeScalars.count),
        limit: Vote.reasonLimit
      )
    }
    return Vote(
      try word(direction, field: "direction"),
      confidencePercent: try confidence.map { text throws(LessonRefusal) in
        guard let percent = AnswerWords.confidence(text) else {
          throw .notAConfidence(text.excerpt)
        }
        return percent
      },
      reason: reason
    )
  }

  /// A word of a closed set by its raw value.
  func word<Word: RawRepresentable<String> & CaseIterable>(
    _ text: String,
    field: String
  ) throws(LessonRefusal) -> Word {
    guard let word = Word(rawValue: text) else {
      throw .notAWord(text.excerpt, field: field, known: Word.allCases.map(\.rawValue))
    }
    return word
  }

  func step() throws(LessonRefusal) -> LessonStep {
    let name = try text("step")
    switch name {
    case "join": return .join
    case "baseline": return .baseline
    case "asking": return .asking(question: try text("question"), round: try round())
    case "votes": return .votes(question: try text("question"), round: try round())
    case "discussing": return .discussing(question: try text("question"))
    case "training": return .training
    case "reveal": return .reveal(question: try text("question"))
    case "surprise": return .surprise(question: try text("question"))
    case "trying": return .trying
    case "end": return .end
    default: throw .unknownStep(name.excerpt)
    }
  }
}

extension LessonAct.Deed {
  /// Reads what was done.
  ///
  /// - Parameters:
  ///   - name: What the act is called: `joined`, `answered`, ...
  ///   - fields: What belongs to it.
  /// - Throws: Which field is missing, too long or not understood.
  init(_ name: String, _ fields: ActFields) throws(LessonRefusal) {
    switch name {
    case "joined": self = .joined(try fields.text("person"), name: try fields.name())
    case "renamed":
      guard let typed = try fields.name() else { throw .emptyName }
      self = .renamed(try fields.text("person"), name: typed)
    case "removed": self = .removed(try fields.text("person"))
    case "seated": self = .seated(try fields.text("person"), name: try fields.name())
    case "answered":
      self = .answered(
        try fields.text("person"),
        try fields.ballot(),
        try fields.vote(),
        nonce: String(try fields.text("nonce").prefix(40))
      )
    case "moved": self = .moved(try fields.step())
    case "opened": self = .opened(try fields.ballot(), seconds: try fields.seconds())
    case "closed": self = .closed(try fields.ballot())
    case "extended": self = .extended(try fields.ballot())
    case "skipped": self = .skipped(try fields.text("question"))
    case "restored": self = .restored(try fields.text("question"))
    case "marked":
      self = .marked(
        Reason.ID(try fields.ballot(), by: try fields.text("person")),
        try fields.word(try fields.text("standing"), field: "standing")
      )
    case "started": self = .started
    case "paused": self = .paused
    case "revealed":
      self = .revealed(
        try fields.text("question"),
        outcome: try fields.optional("outcome").map { text throws(LessonRefusal) in
          try fields.word(text, field: "outcome")
        }
      )
    case "suspected":
      self = .suspected(
        try fields.text("person"),
        question: try fields.text("question"),
        candidate: try fields.text("candidate")
      )
    case "namesDeleted": self = .namesDeleted
    case "ended": self = .ended
    default: throw .unknownAct(name.excerpt)
    }
  }
}

extension String {
  /// The text on one line without control characters, and without blanks around it.
  var plain: String {
    let scalars = unicodeScalars.map { scalar -> Unicode.Scalar in
      switch scalar.properties.generalCategory {
      case .control, .lineSeparator, .paragraphSeparator: " "
      default: scalar
      }
    }
    return String(String.UnicodeScalarView(scalars)).split(whereSeparator: \.isWhitespace)
      .joined(separator: " ")
  }

  /// Enough of what was sent to recognise it in a refusal.
  var excerpt: String {
    let text = plain
    return text.count > 40 ? text.prefix(40) + "…" : text
  }
}
