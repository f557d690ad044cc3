import ArgumentParser
import Foundation
import Notation
import Reports
import Statistics
import Sweeps
import Training

extension TableOrigin: ExpressibleByArgument {}
extension TableReading.Replicates: ExpressibleByArgument {}

/// The analysis of a table of runs from anywhere.
struct EffectsCommand: ParsableCommand {
  enum Format: String, ExpressibleByArgument, CaseIterable { case md, json }

  static let configuration = CommandConfiguration(
    commandName: "effects",
    abstract: "Say what each factor did, with intervals, for a table of runs from anywhere.",
    discussion: """
      RUNS.csv has a column per factor, 'seed', a column per metric and, if it likes, 'status' (only \
      rows that say ok count). The design names them:
        {"factors": [{"name": "dropout", "levels": ["0", "0.5"]}],
         "metrics": [{"name": "accuracy", "delta": 0.005, "better": "higher"}]}
      With "seeds": {"first": 5, "looks": [8, 12, 20], "until": "settled"} it walks the looks of such a rule.

      --from reads what W&B, MLflow, Optuna and Aim export, as it is; without a design the factors and metrics are \
      read off the table, and the design is printed on standard error, to be kept and corrected. Two results of one \
      cell and seed, cells that are no numbers and unknown words for how a run ended are refused with their lines, \
      unless --replicates or --drop-bad says how to take them.
      """
  )

  @Argument(
    help: "A table of runs, parted by commas, semicolons or tabs; - is standard input.",
    completion: .file(extensions: ["csv", "tsv"])
  )
  var runs: String

  @Option(
    help: "Factors, metrics and questions, as JSON; with --from it may be left out.",
    completion: .file(extensions: ["json"])
  )
  var design: String?

  @Option(help: "The program that exported the table.")
  var from: TableOrigin?

  @Option(help: "Take several results of one cell and seed: their mean, the first or the last.")
  var replicates: TableReading.Replicates?

  @Flag(help: "Count rows that cannot be understood as runs that failed.")
  var dropBad = false

  @Option(
    name: .customLong("seed"),
    help: ArgumentHelp("The column of the seeds.", valueName: "column")
  )
  var seedColumn: String?

  @Option(help: "Predictions to score, comma-separated.", completion: .file(extensions: ["csv"]))
  var predictions: String?

  @Option(help: "How to print it.")
  var format = Format.md

  func validate() throws {
    guard design != nil || from != nil else {
      throw ValidationError(
        .missing,
        "--design names the factors and metrics; only with --from may it be left out."
      )
    }
  }

  func run() throws {
    let designFile = try design.map { path in
      try DesignFile(try SourceText(at: path), vocabulary: TrainerMetrics.all)
    }
    let runsFile = try RunsFile(
      try SourceText(atOrStandardInput: runs),
      design: designFile?.design,
      reading: TableReading(
        origin: from,
        replicates: replicates,
        dropsBad: dropBad,
        seedColumn: seedColumn
      ),
      vocabulary: TrainerMetrics.all
    )
    let design = runsFile.design
    let forecasts = try predictions.map { path in
      try ForecastsFile(try SourceText(at: path), design: design).forecasts
    }
    if designFile == nil {
      printError(
        "The design as it was read off the table; keep it in a file, say for each metric which change matters (delta), and hand it in with --design:"
      )
      printError(design.json.text)
    }
    for warning in (designFile?.warnings ?? []) + runsFile.warnings {
      printError("Warning: \(warning)")
    }
    let paired = PairedRuns(runsFile.table, design: design)
    let analysis = Analysis(paired, predictions: forecasts)
    try Output.standard.write(try text(of: analysis, paired))
  }

  private func text(of analysis: Analysis, _ runs: PairedRuns) throws -> String {
    switch format {
    case .json:
      return analysis.json.unfolded + "\n"
    case .md:
      let title =
        self.runs == "-" ? "standard input" : URL(fileURLWithPath: self.runs).lastPathComponent
      return try Markdown.render(EffectsReport(analysis, runs: runs, title: title))
    }
  }
}
