import ArgumentParser
import Foundation
import Notation
import Reports
import Statistics
import Sweeps
import Training

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
      """
  )

  @Argument(help: "A table of runs, comma-separated.", completion: .file(extensions: ["csv"]))
  var runs: String

  @Option(help: "Factors, metrics and questions, as JSON.", completion: .file(extensions: ["json"]))
  var design: String

  @Option(help: "Predictions to score, comma-separated.", completion: .file(extensions: ["csv"]))
  var predictions: String?

  @Option(help: "How to print it.")
  var format = Format.md

  func run() throws {
    let designFile = try DesignFile(
      try SourceText(at: design),
      vocabulary: TrainerMetrics.all
    )
    let runsFile = try RunsFile(try SourceText(at: runs), design: designFile.design)
    let forecasts = try predictions.map { path in
      try ForecastsFile(try SourceText(at: path), design: designFile.design).forecasts
    }
    for warning in designFile.warnings + runsFile.warnings { printError("Warning: \(warning)") }
    let paired = PairedRuns(runsFile.table, design: designFile.design)
    let analysis = Analysis(paired, predictions: forecasts)
    try Output.standard.write(try text(of: analysis, paired))
  }

  private func text(of analysis: Analysis, _ runs: PairedRuns) throws -> String {
    switch format {
    case .json:
      return analysis.json.unfolded + "\n"
    case .md:
      let title = URL(fileURLWithPath: self.runs).lastPathComponent
      return try Markdown.render(EffectsReport(analysis, runs: runs, title: title))
    }
  }
}
