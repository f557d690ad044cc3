import ArgumentParser
import Foundation
import Laboratory
import Notation
import Reports
import Statistics
import Sweeps

/// Writes predictions down and seals them, before the runs.
struct PredictCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "predict",
    abstract: "Register predictions before the runs.",
    discussion: """
      Asks one question at a time on a terminal; each answer is sealed at once, and giving the same \
      command again goes on where you stopped. A class is imported from a spreadsheet:
        sweep predict SPEC --sheet csv > sheet.csv
        sweep predict SPEC --from answers.csv
      Answers that were given on many machines come together:
        sweep predict SPEC --from laptops/*.jsonl
      """
  )

  @OptionGroup var options: SpecOptions

  @Option(help: "The results folder; another section of the class uses another one.")
  var results = "results"

  @Option(help: "Your pseudonym (asked for when left out).")
  var who: String?

  @Option(
    help:
      "1 before the discussion (the default), 2 after it; a column 'round' of a file goes before it."
  )
  var round: Int?

  @Option(
    parsing: .upToNextOption,
    help:
      "Import a CSV file, one row an answer or one row a person; or files predictions.jsonl of other machines.",
    completion: .file()
  )
  var from: [String] = []

  @Flag(help: "Seal what is understood of a file although something else is not.")
  var skipUnknown = false

  @Option(
    help:
      "Print a blank sheet: html or md for paper, csv for a spreadsheet with a row for each person."
  )
  var sheet: String?

  @Option(
    parsing: .upToNextOption,
    help: "Do not show the reason that somebody gave: --hide-reason WHO QUESTION."
  )
  var hideReason: [String] = []

  @Option(parsing: .upToNextOption, help: "Show it again: --show-reason WHO QUESTION.")
  var showReason: [String] = []

  @Flag(help: "Check that no sealed prediction was changed, moved or dropped.")
  var verify = false

  func validate() throws {
    if let round, !(1...2).contains(round) {
      throw ValidationError(
        .outOfBounds,
        "Round \(round) does not exist; 1 is before the discussion, 2 after it."
      )
    }
    let modes = [
      !from.isEmpty, sheet != nil, verify, !hideReason.isEmpty, !showReason.isEmpty,
    ]
    guard modes.count(where: { $0 }) <= 1 else {
      throw ValidationError(
        .exclusive,
        "--from, --sheet, --verify, --hide-reason and --show-reason exclude each other."
      )
    }
    for named in [hideReason, showReason] where ![0, 2].contains(named.count) {
      throw ValidationError(
        .missing,
        "A reason is named by who gave it and the question, as in ana dropout."
      )
    }
    let chains = from.count { $0.hasSuffix(".jsonl") }
    guard from.count < 2 || chains == from.count else {
      throw ValidationError(.badValue, "Several files at once must be files predictions.jsonl.")
    }
  }

  func run() throws {
    let asked = try Laboratory(at: results)
      .questionnaire(
        specAt: options.spec,
        overrides: options.overrides,
        asksAll: options.choosesQuestions
      )
    asked.spec.warn()
    if let sheet { return try print(sheet, of: asked) }
    if verify { return try report(try asked.verify()) }
    if let file = from.first {
      return file.hasSuffix(".jsonl")
        ? try importChains(from, for: asked) : try importTable(file, for: asked)
    }
    for (reason, isHidden) in [(hideReason, true), (showReason, false)] where !reason.isEmpty {
      return try asked.hide(HiddenReason(who: reason[0], question: reason[1]), isHidden)
    }
    try ask(asked)
  }

  private func print(_ format: String, of asked: Questionnaire) throws {
    if format == HTML.name { return try Output.standard.write(try asked.paper.document) }
    guard let format = ReportFormats.named(format), ["md", "csv"].contains(format.name) else {
      throw ValidationError(.badValue, "There is no sheet '\(format)'; it is html, md or csv.")
    }
    try Output.standard.write(try format.render(asked.sheet))
  }

  private func importTable(_ path: String, for asked: Questionnaire) throws {
    let table = try SourceText(at: path)
    let imported = try asked.seal(table, round: round, skipsFaults: skipUnknown)
    let (taken, faults) = (imported.read.predictions, imported.read.faults)
    for note in imported.read.notes { printError("\(path): note: \(note)") }
    for fault in faults { printError("\(path): \(fault)") }
    let people =
      "\(Numeral.counted(taken.count, "prediction")) of \(Set(taken.map(\.who)).count) people read"
    let left = Numeral.counted(faults.count, "thing") + " not understood"
    guard let new = imported.new else {
      try Output.standard.line(
        "\(people), \(left). Nothing was sealed: mend the file, or leave out what is not understood with --skip-unknown."
      )
      throw ExitCode.failure
    }
    try Output.standard.line("\(people), \(new) new, \(left).")
    if !faults.isEmpty { throw ExitCode.failure }
  }

  private func importChains(_ paths: [String], for asked: Questionnaire) throws {
    let merge = try asked.merge(try paths.map(SourceText.init(at:)), skipsFaults: skipUnknown)
    for note in merge.notes { printError("note: \(note)") }
    for fault in merge.faults { printError(fault) }
    let left = "\(merge.faults.count) of \(Numeral.counted(paths.count, "file")) left out"
    guard let new = merge.new else {
      try Output.standard.line(
        "\(left). Nothing was sealed: mend the files, or take the others with --skip-unknown."
      )
      throw ExitCode.failure
    }
    try Output.standard.line(
      "\(Numeral.counted(new, "prediction")) of \(merge.people) people new, \(left)."
    )
    if !merge.faults.isEmpty { throw ExitCode.failure }
  }

  private func report(_ verification: Questionnaire.Verification) throws {
    switch verification {
    case .empty: try Output.standard.line("No predictions yet.")
    case .sound(let standing, let count):
      try Output.standard.line(
        "\(Numeral.counted(count, "sealed prediction")), no broken link; \(standing.late.count) late; the spec: \(standing.change). Head \(standing.head)"
      )
    case .broken(let path, let error):
      try Output.standard.line("\(path): \(error)")
      throw ExitCode.failure
    }
  }

  // MARK: Asking

  /// What was typed at a question.
  private enum Reply {
    case answered(Prediction)
    case back
    /// The input ended.
    case stopped
  }

  private func ask(_ asked: Questionnaire) throws {
    let who = try who ?? answer("Your pseudonym: ")
    guard let who, !who.isEmpty else {
      throw ValidationError(.missing, "A prediction needs a pseudonym.")
    }
    let open = try asked.open(to: who, round: round ?? 1)
    let count = asked.questions.count
    if open.count < count {
      try Output.standard.line("Already sealed: \(count - open.count) of \(count). Going on.")
    }
    var index = 0
    while index < open.count {
      let number = count - open.count + index + 1
      try Output.standard.line("\nQuestion \(number) of \(count): \(open[index].sentence.text)")
      switch try reply(of: who, open[index], asked.spec) {
      case .answered(let prediction):
        try asked.seal([prediction])
        index += 1
      case .back: index = max(index - 1, 0)
      case .stopped:
        return try Output.standard.line(
          "\nStopped. The answers so far are sealed; the same command goes on."
        )
      }
    }
    try Output.standard.line("\nAll \(count) questions are answered and sealed. Thank you.")
  }

  /// Asks for direction, confidence and reason until each is one; a reason may be left out.
  private func reply(of who: String, _ question: AskedQuestion, _ spec: Spec) throws -> Reply {
    let metric = spec.metric(named: question.question.metric)
    for direction in [Direction.up, .down, .none] {
      try Output.standard.line("  \(direction.rawValue): \(metric.answer(direction))")
    }
    var wantsBack = false
    let direction = try ask("up, down or none (u, d, n; b goes back)? ") { text -> Direction? in
      wantsBack = ["b", "back"].contains(text.lowercased())
      return wantsBack ? Direction.none : AnswerWords.direction(text)
    }
    guard let direction else { return .stopped }
    if wantsBack { return .back }
    let prompt = "How sure, in per cent (34 to 100), or not sure, sure, very sure? "
    guard let percent = try ask(prompt, AnswerWords.confidence),
      let reason = try answer("Why, in one sentence (or Enter)? ")
    else { return .stopped }
    return .answered(
      Prediction(
        who: who,
        round: round ?? 1,
        asked: question,
        direction: direction,
        confidencePercent: percent,
        rationale: String(reason.prefix(PredictionImport.rationaleLimit))
      )
    )
  }

  private func ask<Answer>(_ prompt: String, _ read: (String) -> Answer?) throws -> Answer? {
    while let text = try answer(prompt) {
      if let answer = read(text) { return answer }
      try Output.standard.line("'\(text)' is not understood.")
    }
    return nil
  }

  private func answer(_ prompt: String) throws -> String? {
    try Output.standard.write(prompt)
    return readLine()?.trimmingCharacters(in: .whitespaces)
  }
}
