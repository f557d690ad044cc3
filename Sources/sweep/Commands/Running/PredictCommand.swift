import ArgumentParser
import Execution
import Notation
import Storage
import Sweeps
import Foundation
import Reports
import Statistics

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
    let spec = try readSpec(spec, overrides: overrides)
    let questions = spec.askedQuestions
    guard !questions.isEmpty else {
      throw ValidationError(
        "'\(self.spec)' has no questions, and no metrics from which to make some. Add 'metrics' with a delta each."
      )
    }
    if let sheet { return try printSheet(sheet, spec: spec, questions: questions) }
    let file = PredictionFile(results: absolutePath(results), sweepFolder: spec.folder)
    do {
      if verify { return try verify(file, spec: spec) }
      if let from { return try importClass(from, into: file, spec: spec, questions: questions) }
      try ask(questions, into: file, spec: spec)
    } catch let error as PredictionFileError {
      guard error.isOfTheDisk else { throw ValidationError(error.description) }
      throw error
    } catch let error as PredictionChainError {
      throw ValidationError("\(file.path): \(error.description)")
    }
  }

  // MARK: Sheet

  private func printSheet(_ format: String, spec: Spec, questions: [AskedQuestion]) throws {
    let sheet = Report.predictionSheet(of: spec, questions: questions)
    guard let format = ReportFormats.named(format), ["md", "csv"].contains(format.name) else {
      throw ValidationError("There is no sheet '\(format)'; it is md or csv.")
    }
    print(try format.render(sheet), terminator: "")
  }

  // MARK: Import

  private func importClass(
    _ path: String,
    into file: PredictionFile,
    spec: Spec,
    questions: [AskedQuestion]
  ) throws {
    let bytes: [UInt8]
    do {
      bytes = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    } catch {
      throw ValidationError("'\(path)' cannot be read: \(error.reason).")
    }
    let table = CSVTable(SourceText(path: path, bytes: bytes))
    let read = PredictionImport(table, questions: questions)
    for fault in read.faults { printError("\(path): \(fault)") }
    let new = try file.seal(read.predictions, of: spec, at: Date())
    let people = Set(read.predictions.map(\.who)).count
    print(
      "\(Numeral.counted(read.predictions.count, "prediction")) of \(people) people read, \(new) new, \(Numeral.counted(read.faults.count, "answer")) not taken."
    )
    if !read.faults.isEmpty { throw ExitCode.failure }
  }

  // MARK: Verification

  private func verify(_ file: PredictionFile, spec: Spec) throws {
    let folder = absolutePath(results)
    let heads = try recordedHeads(results: folder, sweep: spec.name)
    do {
      guard let chain = try file.chain() else {
        let known = heads.filter { $0.digest != PredictionChain.noHead }
        guard let missing = known.first else { return print("No predictions yet.") }
        throw PredictionChainError.headNotFound(head: missing.digest)
      }
      let standing = try PredictionStanding(
        chain,
        heads: heads,
        firstResult: try firstResult(results: folder, sweep: spec.name),
        spec: spec
      )
      print(
        "\(Numeral.counted(chain.links.count, "sealed prediction")), no broken link; \(standing.late.count) late; the spec: \(standing.change). Head \(chain.head)"
      )
    } catch let error as PredictionChainError {
      print("\(file.path): \(error)")
      throw ExitCode.failure
    }
  }

  // MARK: Asking

  private func ask(_ questions: [AskedQuestion], into file: PredictionFile, spec: Spec) throws {
    let who = who ?? answer("Your pseudonym: ")
    guard let who, !who.isEmpty else { throw ValidationError("A prediction needs a pseudonym.") }
    guard who.lowercased() != Prediction.textbookName else {
      throw ValidationError("The name '\(who)' is reserved for what the spec quotes.")
    }
    let own = Set(
      (try file.chain()?.latest ?? []).map(\.prediction)
        .filter { $0.who == who && $0.round == round }.map(\.asked.id)
    )
    let open = questions.filter { !own.contains($0.id) }
    if !own.isEmpty { print("Already sealed: \(own.count) of \(questions.count). Going on.") }
    for (place, question) in open.enumerated() {
      let number = questions.count - open.count + place + 1
      print("\nQuestion \(number) of \(questions.count): \(question.sentence.text)")
      guard
        let prediction = try prediction(
          of: who,
          question,
          metric: spec.metric(named: question.question.metric)
        )
      else {
        print("\nStopped. The answers so far are sealed; the same command goes on.")
        return
      }
      try file.seal([prediction], of: spec, at: Date())
    }
    print("\nAll \(questions.count) questions are answered and sealed. Thank you.")
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
      print("  \(direction.rawValue): \(metric.answer(direction))")
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
    while let text = answer(prompt) {
      if let answer = read(text) { return answer }
    }
    return nil
  }

  private func answer(_ prompt: String) -> String? {
    FileHandle.standardOutput.write(Data(prompt.utf8))
    return readLine()?.trimmingCharacters(in: .whitespaces)
  }
}
