import ArgumentParser
import Execution
import Notation
import Storage
import Sweeps
import Foundation
import Reports
import Statistics

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
    do {
      let designFile = try DesignFile(try Self.source(design))
      let runsFile = try RunsFile(try Self.source(runs), design: designFile.design)
      let forecasts = try predictions.map { path in
        try ForecastsFile(try Self.source(path), design: designFile.design).forecasts
      }
      for warning in designFile.warnings + runsFile.warnings {
        FileHandle.standardError.write(Data("Warning: \(warning)\n".utf8))
      }
      let paired = PairedRuns(runsFile.table, design: designFile.design)
      let analysis = Analysis(paired, predictions: forecasts)
      FileHandle.standardOutput.write(try rendered(analysis, paired))
    } catch let faults as SpecFaults {
      throw ValidationError(faults.description)
    } catch let faults as TableFaults {
      throw ValidationError(faults.description)
    }
  }

  private func rendered(_ analysis: Analysis, _ runs: PairedRuns) throws -> Data {
    switch format {
    case .json:
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
      return try encoder.encode(analysis) + Data("\n".utf8)
    case .md:
      let title = URL(fileURLWithPath: self.runs).lastPathComponent
      return Data(Markdown.render(.effects(analysis, runs: runs, title: title)).utf8)
    }
  }

  private static func source(_ path: String) throws -> SourceText {
    do {
      return SourceText(path: path, bytes: Array(try Data(contentsOf: URL(fileURLWithPath: path))))
    } catch {
      throw ValidationError("'\(path)' cannot be read: \(error.reason).")
    }
  }
}
