import ArgumentParser
import Laboratory
import Reports

/// Two sweeps, or two cells, beside each other.
struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Show what differs between two sweeps or two cells, and what that did.",
    discussion: """
      A and B are names of sweeps or beginnings of them, or cells of one sweep, such as \
      'dropout=0.5,tuning=full'. Runs of one seed are pairs; where the seeds are different ones, their \
      means are compared by Welch's t, and the report says so.
      """
  )

  @Argument(help: "A sweep, or axes with levels.", completion: CompletedName.cell)
  var a: String

  @Argument(help: "What it is compared with.", completion: CompletedName.cell)
  var b: String

  @Option(
    help: "The sweep whose cells are compared (default: the newest).",
    completion: CompletedName.sweep
  )
  var sweep: String?

  @OptionGroup var folder: ResultsOptions

  @Option(help: "\(Self.formats.joined(separator: ", ")).")
  var format = Markdown.name

  @Option(name: [.short, .long], help: "Write to a file instead of standard output.")
  var output: String?

  @Option(help: "Colours of the terminal format: auto, always or never.")
  var color = Screen.Color.auto

  /// All formats but the table of runs, which is nothing to compare.
  private static let formats = ReportFormats.all.filter { !$0.listsRuns }.map { $0.name }

  func validate() throws {
    guard Self.formats.contains(format) else {
      let known = Self.formats.map { "'\($0)'" }.joined(separator: ", ")
      throw ValidationError(.badValue, "Unknown format '\(format)'. There is \(known).")
    }
  }

  func run() throws {
    guard let format = ReportFormats.named(format) else { return }
    let report = try folder.laboratory.comparison(of: a, with: b, cellsOf: sweep, by: "compare")
    report.warn()
    try writing(to: output, color: color) { try format.write(report.value, to: $0) }
  }
}
