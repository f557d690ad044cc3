import ArgumentParser
import Foundation
import Laboratory
import Notation
import Reports
import Statistics
import Sweeps

/// Whether a candidate is kept.
struct GateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gate",
    abstract: "Keep a candidate, discard it, or say which seeds would tell.",
    discussion: """
      Prints one line, and ends with 0 for keep, 1 for discard and 3 for not yet: the seeds that it names are still to \
      be run. BASELINE and CANDIDATE are sweeps, or cells of one, such as 'dropout=0.5,tuning=full'.

      Keep means better by more than the metric's delta. The looks are fixed when a candidate is first \
      asked for, so that asking again after more seeds gives luck no second chance. Of many candidates some are \
      kept by luck: --ledger NAME spends the chance of that over a whole series, so that at most the \
      declared share of what it keeps is expected to be luck.
      """
  )

  @Argument(help: "A sweep, or axes with levels.", completion: CompletedName.cell)
  var baseline: String

  @Argument(help: "What may take its place.", completion: CompletedName.cell)
  var candidate: String

  @Option(
    help: "The sweep whose cells are compared (default: the newest).",
    completion: CompletedName.sweep
  )
  var sweep: String?

  @Option(
    help: "The metric that decides (default: the first of which a direction is better).",
    completion: CompletedName.metric
  )
  var metric: String?

  @Option(
    help:
      "Seeds at each look (default: \(Laboratory.usualLooks.map(String.init).joined(separator: ",")))."
  )
  var looks: String?

  @Option(help: "The series of candidates that this one is part of.")
  var ledger: String?

  @Option(
    help: "The share of the kept that may be luck, fixed when a ledger begins (default: 0.05)."
  )
  var share: Double?

  @OptionGroup var folder: ResultsOptions

  @Flag(help: "Print JSON.")
  var json = false

  /// More seeds may tell.
  private static let notYet = ExitCode(3)

  func validate() throws {
    if let share, !(share > 0 && share < 0.5) {
      throw ValidationError(
        .outOfBounds,
        "'--share \(share)' is no share. It can be a number above 0 and below 0.5."
      )
    }
    if share != nil, ledger == nil {
      throw ValidationError(
        .missing,
        "'--share' is about a series of candidates. Name it with --ledger."
      )
    }
    _ = try lookSeeds()
  }

  private func lookSeeds() throws -> [Int]? {
    try looks.map { text in
      let seeds = text.split(separator: ",").map { Int($0.trimmingCharacters(in: .whitespaces)) }
      guard !seeds.isEmpty, !seeds.contains(nil) else {
        throw ValidationError(
          .badValue,
          "'--looks \(text)' is no list of counts. Write --looks 5,8,12,20."
        )
      }
      return seeds.compactMap(\.self)
    }
  }

  func run() throws {
    let answer = try folder.laboratory.gate(
      GateRequest(
        baseline: baseline,
        candidate: candidate,
        sweep: sweep,
        metric: metric,
        looks: try lookSeeds(),
        ledger: ledger,
        share: share
      )
    )
    answer.warn()
    if answer.value.hadResults {
      printError(
        "Note: its runs were there before the looks were fixed; the promise holds where nobody chose by them."
      )
    }
    try Output.standard.line(json ? answer.value.json.text : answer.value.sentence)
    switch answer.value.decision {
    case .keep: return
    case .discard: throw ExitCode.failure
    case .notYet: throw Self.notYet
    }
  }
}
