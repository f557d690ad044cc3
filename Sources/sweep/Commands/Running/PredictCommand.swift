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
      """
  )

  @Argument(help: "The spec whose questions are asked.")
  var spec: String

  @Option(help: "The results folder; another section of the class uses another one.")
  var results = "results"

  @Option(name: .customLong("set"), help: "Override a key of the spec, as in --set seeds=8.")
  var overrides: [String] = []

  @Option(help: "Your pseudonym (asked for when left out).")
  var who: String?

  @Option(
    help:
      "1 before the discussion (the default), 2 after it; a column 'round' of a file goes before it."
  )
  var round: Int?

  @Option(help: "Import a CSV file: one row an answer, or one row a person.")
  var from: String?

  @Flag(help: "Seal what is understood of a file although something else is not.")
  var skipUnknown = false

  @Option(help: "Print a blank sheet: md for paper, csv for a spreadsheet.")
  var sheet: String?

  @Flag(help: "Check that no sealed prediction was changed, moved or dropped.")
  var verify = false

  func validate() throws {
    if let round, !(1...2).contains(round) {
      throw ValidationError(
        "Round \(round) does not exist; 1 is before the discussion, 2 after it."
      )
    }
    guard [from != nil, sheet != nil, verify].count(where: { $0 }) <= 1 else {
      throw ValidationError("--from, --sheet and --verify exclude each other.")
    }
  }

  func run() throws {
    let asked = try Laboratory(at: results).questionnaire(specAt: spec, overrides: overrides)
    if let sheet { return try print(sheet, of: asked) }
    if verify { return try report(try asked.verify()) }
    if let from { return try importTable(from, for: asked) }
    try ask(asked)
  }

  private func print(_ format: String, of asked: Questionnaire) throws {
    guard let format = ReportFormats.named(format), ["md", "csv"].contains(format.name) else {
      throw ValidationError("There is no sheet '\(format)'; it is md or csv.")
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
    guard let who, !who.isEmpty else { throw ValidationError("A prediction needs a pseudonym.") }
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
        try asked.seal(prediction)
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
