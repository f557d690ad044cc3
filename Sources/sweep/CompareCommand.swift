import ArgumentParser
import Execution
import Notation
import Storage
import Sweeps
import Foundation
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

  @Argument(help: "A sweep, or axes with levels.")
  var a: String

  @Argument(help: "What it is compared with.")
  var b: String

  @Option(help: "The sweep whose cells are compared (default: the newest).")
  var sweep: String?

  @Option(help: "The results folder.")
  var results = "results"

  @Option(help: "\(Self.formats.joined(separator: ", ")).")
  var format = Markdown.name

  @Option(name: [.short, .long], help: "Write to a file instead of standard output.")
  var output: String?

  @Option(help: "Colours of the terminal format: auto, always or never.")
  var color = Screen.Color.auto

  /// All formats but the table of runs, which is nothing to compare.
  private static let formats = ReportFormats.all.map { $0.name }.filter { $0 != CSV.name }

  func validate() throws {
    guard Self.formats.contains(format) else {
      let known = Self.formats.map { "'\($0)'" }.joined(separator: ", ")
      throw ValidationError("Unknown format '\(format)'. There is \(known).")
    }
  }

  func run() throws {
    guard let format = ReportFormats.named(format) else { return }
    try readingStore(results) { store in
      let first = try side(a, in: store)
      let second = try side(b, in: store)
      try refuseOverlap(first, second)
      for summary in [first.summary, second.summary] {
        try revealWithWarning(summary, in: store, command: "compare")
      }
      let report = Report.comparison(try Comparison(first.side, second.side))
      try writing(to: output, color: color) { try format.write(report, to: $0) }
    }
  }

  private struct Found {
    let summary: SweepSummary
    let side: Comparison.Side
  }

  /// The runs that a word means: those of a sweep of that name, or else the cells of the sweep.
  private func side(_ text: String, in store: Store) throws -> Found {
    let isSweep = try store.sweeps().contains { $0.name == text || $0.folder == text }
    guard text.contains("="), !isSweep else {
      let summary = try store.sweep(matching: text)
      return found(summary, try evidence(of: summary, in: store), name: summary.name) { $0 }
    }
    let summary = try store.sweep(matching: sweep)
    let evidence = try evidence(of: summary, in: store)
    do {
      let filter = try RunFilter(Self.conditions(text), of: evidence.spec)
      return found(summary, evidence, name: text) { records in
        records.filter { filter.selects($0.run, of: evidence.spec) }
      }
    } catch {
      throw ValidationError(error.description)
    }
  }

  private func found(
    _ summary: SweepSummary,
    _ evidence: Evidence,
    name: String,
    _ select: ([Record]) -> [Record]
  ) -> Found {
    // What another program does without a setting is not known here.
    let rules = evidence.spec.command == nil ? builtInTrainer.settings : []
    return Found(
      summary: summary,
      side: Comparison.Side(
        name: name,
        evidence: evidence,
        records: select(evidence.records),
        defaults: Dictionary(rules.map { ($0.name, $0.defaultValue) }) { first, _ in first }
      )
    )
  }

  /// `a=1,2,b=x` as the conditions `a=1,2 b=x`: a comma begins a condition where an equals sign follows.
  private static func conditions(_ text: String) -> String {
    var conditions: [String] = []
    for part in text.split(separator: ",") {
      if part.contains("=") || conditions.isEmpty {
        conditions.append(String(part))
      } else {
        conditions[conditions.count - 1] += "," + part
      }
    }
    return conditions.joined(separator: " ")
  }

  private func refuseOverlap(_ first: Found, _ second: Found) throws {
    for found in [first, second] where found.side.records.isEmpty {
      throw ValidationError("No run of '\(found.side.name)' has ended.")
    }
    guard first.summary.id == second.summary.id else { return }
    let shared = Set(first.side.records.map(\.run.id)).intersection(
      second.side.records.map(\.run.id)
    )
    guard shared.isEmpty else {
      throw ValidationError(
        """
        '\(a)' and '\(b)' have \(shared.count.grouped) run\(shared.count == 1 ? "" : "s") in common. \
        Name levels that exclude each other.
        """
      )
    }
  }
}
