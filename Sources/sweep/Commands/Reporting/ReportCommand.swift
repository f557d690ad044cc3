import ArgumentParser
import Charts
import Foundation
import Laboratory
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

  @Argument(
    help: "The name of a sweep or the beginning of it (default: the newest).",
    completion: CompletedName.sweep
  )
  var sweep: String?

  @OptionGroup var folder: ResultsOptions

  @Option(
    help:
      "\(ReportFormats.all.map { $0.name }.joined(separator: ", ")) (default: \(Markdown.name))."
  )
  var format: String?

  @Option(name: [.short, .long], help: "Write to a file instead of standard output.")
  var output: String?

  @Option(help: "Colours of the terminal format: auto, always or never.")
  var color = Screen.Color.auto

  @Flag(help: "What is read in ten seconds: what was asked, what came out, one figure.")
  var brief = false

  @Option(help: "'baseline': the baseline cell alone, which leaves predictions open.")
  var only: Part?

  @Flag(help: "What people voted, also before anything ran; no result is shown.")
  var votes = false

  @Option(
    help: """
      One question on one screen: votes, textbook, seeds, outcome. Others stay sealed; a list of runs (csv) reveals all.
      """
  )
  var question: String?

  @Option(help: "What one person predicted beside what came out, with that person's score.")
  var who: String?

  @Option(
    help: ArgumentHelp(
      "Only runs that this version of the program made, by the beginning of its name.",
      valueName: "version"
    )
  )
  var onlyVersion: String?

  @Flag(help: "List people by their scores.")
  var ranking = false

  @Option(help: "Write the figures as SVG files into this folder; Markdown then shows them.")
  var figures: String?

  @OptionGroup var redacting: RedactOptions

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
      throw ValidationError(.badValue, "Unknown format '\(format)'. There is \(known).")
    }
    if let format, ReportFormats.named(format)?.listsRuns == true, !part.hasRuns {
      throw ValidationError(
        .exclusive,
        "'\(format)' is a list of runs, which \(brief ? "--brief" : votes ? "--votes" : "--who") is not."
      )
    }
    guard
      !redacting.redact
        || !(watch || votes || verify != nil || figures != nil || format == Terminal.name)
    else {
      throw ValidationError(
        .exclusive,
        "--redact writes one finished file: leave out --watch, --votes, --verify, --figures and the terminal format."
      )
    }
    let isMadeAgain =
      !watch && output == nil && format == nil && part == .whole && figures == nil
    guard verify == nil || isMadeAgain else {
      throw ValidationError(
        .exclusive,
        "--verify makes a report again from what the file says: leave out how it was made."
      )
    }
  }

  func run() throws {
    if let verify { return try compare(verify) }
    let format = ReportFormats.named(format ?? Markdown.name) ?? Markdown.self
    if watch { return try keepWriting(format) }
    let report = try folder.laboratory.report(request(for: format), by: "report")
    let figures = try writeFigures(of: report)
    let redaction = try redacting.redaction(of: sweep, in: folder.laboratory)
    try writing(to: output, color: color, figures: figures) {
      try $0.redacting(redaction) { try format.write(report.value, to: $0) }
    }
  }

  func request(for format: any ReportFormat.Type) -> ReportRequest {
    ReportRequest(
      sweep: sweep,
      part: part,
      showsFigures: format.showsFigures || figures != nil,
      listsRuns: format.listsRuns,
      onlyVersion: onlyVersion
    )
  }

  /// The part of the sweep that the flags ask for.
  private var part: ReportPart {
    if brief { return .brief }
    if only != nil { return .baseline }
    if votes { return .votes }
    if let who { return .person(who) }
    if let question { return .question(question) }
    return ranking ? .ranking : .whole
  }

  /// Says what a report reveals, and writes its figures where files of them are asked for.
  ///
  /// - Returns: The folder of the figures as a link.
  func writeFigures(of report: Disclosed<any Report>) throws -> String? {
    report.warn()
    guard let folder = figures else { return nil }
    let url = URL(fileURLWithPath: folder, isDirectory: true)
    do {
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    } catch {
      throw OutputFile.Failure(path: folder, reason: error.reason, isFolder: true)
    }
    for figure in report.value.figures {
      let file = url.appending(component: figure.fileName).path
      try writing(to: file) { try $0.write(figure.chart.drawing.file(label: figure.label)) }
    }
    return link(to: url)
  }

  /// The way to a folder from the report's file, or from the caller's folder where that is standard output.
  private func link(to folder: URL) -> String {
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
}

extension CharacterSet {
  /// Characters of a path that no format of text reads as anything else.
  fileprivate static let plainPath = CharacterSet(
    charactersIn: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._/"
  )
}
