import ArgumentParser
import Experiments
import Foundation
import Reports

/// Tells what a sweep found.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Tell what a sweep found: effects with intervals, tables, failures.",
    discussion: "CSV is one row per run and can be fed to 'sweep effects' as it is."
  )

  @Argument(help: "The name of a sweep or the beginning of it (default: the newest).")
  var sweep: String?

  @Option(help: "The results folder.")
  var results = "results"

  @Option(help: "\(ReportFormats.all.map { $0.name }.joined(separator: ", ")).")
  var format = Markdown.name

  @Option(name: [.short, .long], help: "Write to a file instead of standard output.")
  var output: String?

  @Option(help: "'baseline': the baseline cell alone, which leaves predictions open.")
  var only: Part?

  @Option(help: "One question on one screen: votes, textbook, seeds, outcome.")
  var question: String?

  @Option(help: "What one person predicted beside what came out, with that person's score.")
  var who: String?

  @Flag(help: "List people by their scores.")
  var ranking = false

  enum Part: String, ExpressibleByArgument, CaseIterable { case baseline }

  func validate() throws {
    guard ReportFormats.named(format) != nil else {
      let known = ReportFormats.all.map { "'\($0.name)'" }.joined(separator: ", ")
      throw ValidationError("Unknown format '\(format)'. There is \(known).")
    }
  }

  func run() throws {
    guard let format = ReportFormats.named(format) else { return }
    let text = try readingStore(results) { store in
      let summary = try store.sweep(matching: sweep)
      let report = try report(of: evidence(of: summary, in: store))
      if only == nil { try reveal(summary, in: store) }
      return format.render(report)
    }
    guard let output else { return FileHandle.standardOutput.write(Data(text.utf8)) }
    do {
      try Data(text.utf8).write(to: URL(fileURLWithPath: output), options: .atomic)
    } catch {
      printError("Error: '\(output)' cannot be written: \(error.reason).")
      throw ExitCode.storage
    }
  }

  private func report(of evidence: Evidence) throws -> Report {
    if only != nil { return .baseline(of: evidence) }
    if let who {
      guard let report = Report.person(who, of: evidence) else {
        throw ValidationError(
          "Nobody called '\(who)' predicted anything about '\(evidence.spec.name)' in time."
        )
      }
      return report
    }
    guard let question else { return Report(of: evidence, ranksPeople: ranking) }
    guard let report = Report.question(question, of: evidence) else {
      let known = evidence.spec.askedQuestions.map { "'\($0.id)'" }.joined(separator: ", ")
      throw ValidationError(
        "'\(evidence.spec.name)' has no question '\(question)'."
          + (known.isEmpty ? "" : " There is \(known).")
      )
    }
    return report
  }

  /// Writes down that open predictions were revealed, and says so; predictions sealed later are late.
  private func reveal(_ summary: SweepSummary, in store: Store) throws {
    guard summary.ledger.concluded > 0, try store.isSealed(summary) else { return }
    printError("Warning: this shows results of '\(summary.name)', whose predictions were open.")
    try recordReveal(of: summary, results: store.folder, command: "report")
  }
}

/// Gathers all that a report of a sweep is made of.
///
/// - Throws: `StoreError`, `SpecFaults`, or `PredictionChainError` where the predictions were tampered with.
func evidence(of sweep: SweepSummary, in store: Store) throws -> Evidence {
  let spec = try Spec.stored(
    text: try store.specText(of: sweep),
    directory: store.folder,
    trainer: builtInTrainer
  )
  let records = try store.records(of: sweep, curves: false).filter { $0.status.isConcluded }
  let file = PredictionFile(results: store.folder, sweepFolder: sweep.folder)
  let predictions = try file.chain().map { chain in
    try PredictionStanding(
      chain,
      heads: try store.predictionHeads(of: sweep),
      firstResult: try store.firstResult(of: sweep),
      spec: spec
    )
  }
  return Evidence(
    spec: spec,
    records: records,
    planned: sweep.ledger.planned,
    excludedCells: sweep.ledger.excluded,
    provenance: try store.provenance(of: sweep),
    sessions: try store.sessions(of: sweep),
    predictions: predictions
  )
}
