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

  @Option(help: "1 before the discussion, 2 after it.")
  var round = 1

  @Option(help: "Import a CSV file: one row an answer, or one row a person.")
  var from: String?

  @Option(help: "Print a blank sheet: md for paper, csv for a spreadsheet.")
  var sheet: String?

  @Flag(help: "Check that no sealed prediction was changed, moved or dropped.")
  var verify = false

  func validate() throws {
    guard (1...2).contains(round) else {
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
    if let from { return try report(try asked.seal(try SourceText(at: from)), of: from) }
    try ask(asked)
  }

  private func print(_ format: String, of asked: Questionnaire) throws {
    guard let format = ReportFormats.named(format), ["md", "csv"].contains(format.name) else {
      throw ValidationError("There is no sheet '\(format)'; it is md or csv.")
    }
    try Output.standard.write(try format.render(asked.sheet))
  }

  private func report(_ imported: Questionnaire.Import, of path: String) throws {
    let (taken, faults) = (imported.read.predictions, imported.read.faults)
    for fault in faults { printError("\(path): \(fault)") }
    try Output.standard.line(
      "\(Numeral.counted(taken.count, "prediction")) of \(Set(taken.map(\.who)).count) people read, \(imported.new) new, \(Numeral.counted(faults.count, "answer")) not taken."
    )
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

  private func ask(_ asked: Questionnaire) throws {
    let who = try who ?? answer("Your pseudonym: ")
    guard let who, !who.isEmpty else { throw ValidationError("A prediction needs a pseudonym.") }
    let open = try asked.open(to: who, round: round)
    let count = asked.questions.count
    if open.count < count {
      try Output.standard.line("Already sealed: \(count - open.count) of \(count). Going on.")
    }
    for (index, question) in open.enumerated() {
      let number = count - open.count + index + 1
      try Output.standard.line(
        "\nQuestion \(number) of \(count): \(question.sentence.text)"
      )
      let metric = asked.spec.metric(named: question.question.metric)
      guard let prediction = try prediction(of: who, question, metric: metric) else {
        return try Output.standard.line(
          "\nStopped. The answers so far are sealed; the same command goes on."
        )
      }
      try asked.seal(prediction)
    }
    try Output.standard.line("\nAll \(count) questions are answered and sealed. Thank you.")
  }

  /// Asks for direction, confidence and reason until each is one.
  ///
  /// - Returns: nil where the input ended.
  private func prediction(
    of who: String,
    _ question: AskedQuestion,
    metric: Metric
  ) throws -> Prediction? {
    for direction in [Direction.up, .down, .none] {
      try Output.standard.line("  \(direction.rawValue): \(metric.answer(direction))")
    }
    guard
      let direction = try ask("up, down or none? ", Direction.init(rawValue:)),
      let percent = try ask(
        "How sure, in per cent (34 to 100)? ",
        {
          Int($0.replacing("%", with: "")).flatMap {
            Prediction.confidenceBounds.contains($0) ? $0 : nil
          }
        }
      ),
      let reason = try ask("Why, in one sentence? ", { $0.isEmpty ? nil : $0 })
    else { return nil }
    return Prediction(
      who: who,
      round: round,
      asked: question,
      direction: direction,
      confidencePercent: percent,
      rationale: String(reason.prefix(PredictionImport.rationaleLimit))
    )
  }

  private func ask<Answer>(_ prompt: String, _ read: (String) -> Answer?) throws -> Answer? {
    while let text = try answer(prompt) {
      if let answer = read(text) { return answer }
    }
    return nil
  }

  private func answer(_ prompt: String) throws -> String? {
    try Output.standard.write(prompt)
    return readLine()?.trimmingCharacters(in: .whitespaces)
  }
}
