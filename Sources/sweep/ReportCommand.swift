import ArgumentParser
import Charts
import Execution
import Notation
import Storage
import Sweeps
import Foundation
import Reports

/// Tells what a sweep found.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Tell what a sweep found: effects with intervals, tables, failures.",
    discussion: """
      CSV is one row per run and can be fed to 'sweep effects' as it is. JSON is one document with the \
      analysis under the keys of 'sweep effects', predictions, runs and curves; JSONL is one object per \
      line, each with a kind. Terminal fits the report to the width of the terminal, or to COLUMNS.
      """
  )

  @Argument(help: "The name of a sweep or the beginning of it (default: the newest).")
  var sweep: String?

  @Option(help: "The results folder.")
  var results = "results"

  @Option(
    help:
      "\(ReportFormats.all.map { $0.name }.joined(separator: ", ")) (default: \(Markdown.name))."
  )
  var format: String?

  @Option(name: [.short, .long], help: "Write to a file instead of standard output.")
  var output: String?

  @Option(help: "Colours of the terminal format: auto, always or never.")
  var color = Screen.Color.auto

  @Option(help: "'baseline': the baseline cell alone, which leaves predictions open.")
  var only: Part?

  @Option(help: "One question on one screen: votes, textbook, seeds, outcome.")
  var question: String?

  @Option(help: "What one person predicted beside what came out, with that person's score.")
  var who: String?

  @Flag(help: "List people by their scores.")
  var ranking = false

  @Option(help: "Write the figures as SVG files into this folder; Markdown then shows them.")
  var figures: String?

  @Flag(help: "Write it again as runs arrive, until the sweep has ended.")
  var watch = false

  @Option(
    help: "Compare a written report, number by number, with what the database gives.",
    completion: .file()
  )
  var verify: String?

  enum Part: String, ExpressibleByArgument, CaseIterable { case baseline }

  func validate() throws {
    if let format, ReportFormats.named(format) == nil {
      let known = ReportFormats.all.map { "'\($0.name)'" }.joined(separator: ", ")
      throw ValidationError("Unknown format '\(format)'. There is \(known).")
    }
    guard verify == nil || !watch && output == nil else {
      throw ValidationError("--verify compares a report and writes none: leave out --watch and -o.")
    }
  }

  func run() throws {
    if let verify { return try compare(verify) }
    let format = ReportFormats.named(format ?? Markdown.name) ?? Markdown.self
    if watch { return try keepWriting(format) }
    try readingStore(results) { store in
      let summary = try store.sweep(matching: sweep)
      let linked = try report(of: summary, in: store, format)
      try writing(to: output, color: color) { try format.write(linked, to: $0) }
    }
  }

  /// The report as it is written: results that it shows are revealed, figures have their files.
  func report(
    of summary: SweepSummary,
    in store: Store,
    _ format: any ReportFormat.Type
  ) throws -> Report {
    let drawn = format.showsFigures || figures != nil
    let report = try report(of: evidence(of: summary, in: store, figures: drawn))
    if only == nil { try revealWithWarning(summary, in: store, command: "report") }
    return try figures.map { try write(report, figures: $0) } ?? report
  }

  private func write(_ text: String, to file: URL) throws {
    do {
      try Data(text.utf8).write(to: file, options: .atomic)
    } catch {
      printError("Error: '\(file.relativePath)' cannot be written: \(error.reason).")
      throw ExitCode.storage
    }
  }

  /// Writes each figure into a folder, and gives the report the links to them.
  private func write(_ report: Report, figures folder: String) throws -> Report {
    let url = URL(fileURLWithPath: folder, isDirectory: true)
    do {
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    } catch {
      printError("Error: The folder '\(folder)' cannot be made: \(error.reason).")
      throw ExitCode.storage
    }
    for figure in report.figures {
      let file = url.appending(component: figure.name + ".svg")
      try write(figure.drawing.file(label: figure.label), to: file)
    }
    return report.linkingFigures(in: link(to: url))
  }

  /// The way to a folder from the report's file, or from the caller's folder where that is standard output.
  func link(to folder: URL) -> String {
    let home =
      output.map { URL(fileURLWithPath: $0).deletingLastPathComponent() }
      ?? URL(fileURLWithPath: FileManager.default.currentDirectoryPath, isDirectory: true)
    let from = home.standardizedFileURL.pathComponents
    let to = folder.standardizedFileURL.pathComponents
    let shared = zip(from, to).prefix { $0 == $1 }.count
    let steps = from.dropFirst(shared).map { _ in ".." } + to.dropFirst(shared)
    let path = steps.isEmpty ? "." : steps.joined(separator: "/")
    return path.addingPercentEncoding(withAllowedCharacters: .plainPath) ?? path
  }

  func report(of evidence: Evidence) throws -> Report {
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
}

extension CharacterSet {
  /// Characters of a path that no format of text reads as anything else.
  fileprivate static let plainPath = CharacterSet(
    charactersIn: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._/"
  )
}

/// Gathers all that a report of a sweep is made of.
///
/// - Parameters:
///   - sweep: The sweep.
///   - store: Where it lies.
///   - figures: Whether what only figures show is gathered too: the learning curves that they draw, and the
///     trainer's pictures.
/// - Returns: The evidence.
/// - Throws: `StoreError`, `SpecFaults`, or `PredictionChainError` where the predictions were tampered with.
func evidence(
  of sweep: SweepSummary,
  in store: Store,
  figures: Bool = false
) throws -> Evidence {
  let spec = try Spec.stored(
    text: try store.specText(of: sweep),
    directory: store.folder,
    trainer: builtInTrainer
  )
  var records = try store.records(of: sweep, curves: false).filter { $0.status.isConcluded }
  if figures {
    let drawn = try store.records(
      of: sweep,
      runs: Evidence.drawnRuns(of: records, spec: spec).map(\.run.id)
    )
    let curves = Dictionary(drawn.map { ($0.run.id, $0) }) { first, _ in first }
    records = records.map { curves[$0.run.id] ?? $0 }
  }
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
    predictions: predictions,
    pictures: figures ? pictures(of: spec, records: records, file: sweep.file) : nil,
    curves: store.curves(of: sweep),
    trainerMetrics: spec.command == nil ? builtInTrainer.metrics : []
  )
}
