import ArgumentParser
import Execution
import Foundation
import Laboratory
import Notation
import Reports
import Statistics
import Sweeps

/// Tries what a page claims with fresh seeds.
struct ReplicateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replicate",
    abstract: "Try the verdicts of a report's page with fresh seeds.",
    discussion: """
      A page that 'sweep report --format html' wrote carries its spec, its versions and its verdicts. This runs \
      the spec with as many seeds as the page had, none of them its own, and says how many verdicts came out again. \
      It ends with 0 when all did and with 1 when one did not. Giving the command again goes on where it stopped.
      """
  )

  @Argument(help: "A page that 'sweep report --format html' wrote.")
  var page: String

  @Option(
    name: [.customShort("j", allowingJoined: true), .long],
    help: "Runs at a time (default: as many as there are cores for)."
  )
  var jobs: Int?

  @Option(help: "How many fresh seeds (default: as many as the page had).")
  var seeds: Int?

  @Option(
    name: .customLong("in"),
    help: "The folder in which the spec's command and paths begin (default: this one)."
  )
  var directory = "."

  @OptionGroup var folder: ResultsOptions

  @Flag(help: "Print failures and the answer only.")
  var quiet = false

  @Flag(help: "Print JSON.")
  var json = false

  func validate() throws {
    if let jobs, jobs < 1 {
      throw ValidationError(.outOfBounds, "'--jobs \(jobs)' starts nothing; use 1 or more.")
    }
    if let seeds, seeds < 2 {
      throw ValidationError(.outOfBounds, "'--seeds \(seeds)' settles nothing; use 2 or more.")
    }
  }

  func run() async throws {
    let laboratory = folder.laboratory
    let replication = try laboratory.replication(
      of: try SourceText(at: page).bytes,
      at: page,
      in: absolutePath(directory),
      seeds: seeds
    )
    for warning in replication.warnings { printError("Warning: \(warning)") }
    let start = try await laboratory.prepare(replication, jobs: jobs)
    let sweep = try await laboratory.start(start)
    for warning in sweep.warnings { printError("Warning: \(warning)") }
    let end = try await sweep.follow(
      start,
      style: quiet || json ? .quiet : .automatic,
      request: .respectingPredictions,
      results: laboratory.results
    )
    if end.reason == .interrupted { throw ExitCode.interrupted }
    guard end.isConsistent else { throw ExitCode.storage }
    let result = try laboratory.result(of: replication)
    result.warn(wasAskedFor: true)
    if json {
      try Output.standard.line(result.value.json.text)
    } else {
      for line in result.value.lines { try Output.standard.line(line) }
    }
    guard result.value.holds else { throw ExitCode.failure }
  }
}

extension ReplicationResult {
  /// The answer, and below it every verdict that did not come out again.
  ///
  /// ```
  /// 7 of 8 verdicts replicated.
  /// not settled: valid_loss by dropout 0 → 0.5 was lower; fresh seeds 5 to 9 say −0.012 (−0.031 to +0.007; 0.02 matters)
  /// ```
  var lines: [String] {
    let held = verdicts.count { $0.fate == .held }
    let missed = verdicts.filter { $0.fate != .held }
    return [
      "\(held) of \(Numeral.counted(verdicts.count, "verdict")) replicated\(missed.isEmpty ? "." : ":")"
    ] + missed.map(\.line)
  }

  var json: JSON {
    [
      "format": "replication/1", "sweep": .string(sweep),
      "replicated": JSON(verdicts.count { $0.fate == .held }), "of": JSON(verdicts.count),
      "verdicts": .array(verdicts.map(\.json)),
    ]
  }
}

extension ReplicationResult.Verdict {
  fileprivate var line: String {
    let text = EffectText(result, of: metric)
    let interval = text.interval.map { " (\($0); \(text.delta) matters)" } ?? ""
    let found =
      text.estimate.map {
        "\(Numeral.counted(result.seedCount, "fresh seed")) say \($0)\(interval)"
      }
      ?? "no fresh seed has a result of it"
    return
      "\(fate == .contradicted ? "contradicted" : "not settled"): \(subject) was \(word(claim.outcome)); \(found)"
  }

  private var subject: String {
    let question = claim.question
    let change = question.kind == .trend ? "" : " \(question.from) → \(question.to)"
    let held = question.at.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
    return "\(question.metric) by \(question.factor)\(change)"
      + (held.isEmpty ? "" : " with \(held.joined(separator: ", "))")
  }

  private func word(_ direction: Direction) -> String {
    switch direction {
    case .up: "raised"
    case .down: "lowered"
    case .none: "not changed by what matters"
    }
  }

  fileprivate var json: JSON {
    let question = claim.question
    var object: JSONObject = [
      "factor": .string(question.factor), "from": .string(question.from),
      "to": .string(question.to), "metric": .string(question.metric),
      "claimed": .string(claim.outcome.rawValue), "fate": .string(fate.rawValue),
      "seeds": JSON(result.seedCount),
    ]
    if !question.at.isEmpty {
      object["at"] = .object(
        JSONObject(
          question.at.sorted { $0.key < $1.key }.map {
            JSONObject.Member(key: $0.key, value: .string($0.value))
          }
        )
      )
    }
    object["estimate"] = result.estimate.map { JSON($0) }
    object["outcome"] = result.outcome.map { .string($0.rawValue) }
    return .object(object)
  }
}
