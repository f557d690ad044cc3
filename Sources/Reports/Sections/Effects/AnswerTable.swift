import Statistics
import Sweeps

/// The questions in words beside what the textbook and the class said, and what came out.
struct AnswerTable {
  private let spec: Spec
  private let design: Design
  private let answers: [Analysis.Answer]
  private let forecasts: Forecasts?
  private let mixed: MixedContrasts
  private let isFinal: Bool

  init(_ findings: Findings) {
    spec = findings.evidence.spec
    design = findings.design
    answers = findings.analysis.answers
    forecasts = findings.forecasts
    mixed = findings.mixed
    isFinal = findings.evidence.isFinal
  }

  /// A row for each question; columns of a textbook and of votes only where there are any.
  var table: Table {
    let textbook = answers.map { answer in
      forecasts?.scoring.textbook(on: answer.question).map(said) ?? "–"
    }
    let votes = answers.map { answer in
      forecasts?.scoring.questions.first { $0.question == answer.question }.flatMap(said) ?? "–"
    }
    var columns = [Table.Column.words("question")]
    var cells = answers.map { [words($0.question)] }
    for (name, texts) in [("textbook", textbook), ("class", votes)]
    where texts.contains(where: { $0 != "–" }) {
      columns.append(.words(name))
      for (row, text) in texts.enumerated() { cells[row].append(text) }
    }
    columns.append(.words("what came out"))
    let hasLooks = answers.contains { $0.result.look != nil }
    for (row, answer) in answers.enumerated() {
      cells[row].append(cameOut(answer))
      if hasLooks {
        cells[row] += ["\(answer.result.seedCount)", EffectWording.lookText(answer.result)]
      }
      cells[row].append(
        EffectWording.verdict(answer.result)
          + (mixed[answer.question] == nil ? "" : MixedContrasts.mark)
      )
    }
    if hasLooks { columns += [.numbers("seeds"), .numbers("look")] }
    return Table(
      columns: columns + [.words("verdict")],
      rows: cells,
      note: note(hasLooks: hasLooks)
    )
  }

  private func note(hasLooks: Bool) -> Prose {
    let isMixed = answers.contains { mixed[$0.question] != nil }
    let own =
      hasLooks ? (design.seeds.later == nil ? Self.lookNote : Self.laterNote) : Self.plainNote
    return isMixed ? "\(own)\(MixedContrasts.note)" : own
  }

  private static let plainNote: Prose = """
    Each answer holds in the cells that its question names: the change of the metric with its 95 % t interval \
    over seeds. ↓ and ↑: by more than what was declared to matter; ≈: by less; ?: the seeds cannot tell.
    """

  private static let lookNote: Prose = """
    Each answer holds in the cells that its question names: the change of the metric with the 95 % interval that holds \
    over all looks. ↓ and ↑: by more than what was declared to matter; ≈: by less; ?: not settled. Estimates that stop \
    early lie a little too far out.
    """

  private static let laterNote: Prose = """
    Each answer holds in the cells that its question names: the change of the metric with its 95 % interval, of the \
    declared seeds where they settled it, else the one that holds under any looking. ↓ and ↑: by more than what was \
    declared to matter; ≈: by less; ?: not settled.
    """

  private func words(_ question: Question) -> String {
    guard let asked = spec.questions.first(where: { $0.question == question }) else {
      return spec.name(of: question)
    }
    guard asked.ask.isEmpty else { return "\(asked.id): \(asked.ask)" }
    return """
      \(asked.id): \(question.factor) \(question.start) → \(question.end)\(question.held); \
      \(question.metric) ...
      """
  }

  private func cameOut(_ answer: Analysis.Answer) -> String {
    let metric = design.metric(named: answer.question.metric)
    let text = EffectText(answer.result, of: metric)
    guard let estimate = text.estimate else { return "–" }
    return estimate + metric.unit + (text.interval.map { " (\($0))" } ?? "")
  }

  private func said(_ textbook: ScoredForecast) -> String {
    textbook.forecast.direction.sign + mark(textbook.verdict)
  }

  /// The direction with the most votes; nil where nobody voted.
  private func said(_ summary: QuestionSummary) -> String? {
    guard summary.voters > 0 else { return nil }
    guard let most = summary.plurality else { return "split \(summary.votesText)" }
    return "\(most.sign), \(summary.votes[most] ?? 0) of \(summary.voters)"
      + mark(Verdict(most, outcome: summary.outcome))
  }

  /// While runs are missing nobody is right or wrong.
  private func mark(_ verdict: Verdict) -> String {
    guard isFinal else { return "" }
    switch verdict {
    case .right: return " ✓"
    case .wrong: return " ✗"
    case .notSettled: return ""
    case .premiseNotMet: return " (premise not met)"
    }
  }
}

extension Direction {
  /// The direction by symbol and word.
  var sign: String {
    switch self {
    case .down: "↓ down"
    case .none: "≈ none"
    case .up: "↑ up"
    }
  }
}
