import ArgumentParser
import Execution
import Laboratory
import Notation
import Storage
import Sweeps
import Foundation
import Training

/// Tries a spec's set-up before hours are spent on it.
struct CheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Try the set-up of a spec before hours are spent on it.",
    discussion: """
      Trains the baseline and its neighbours for a few epochs and looks at what experience says to look at \
      first. Of a program of your own it makes whole runs of them, which it throws away. Exit code 1 when \
      something would make the sweep's answer meaningless.
      """
  )

  @OptionGroup var options: SpecOptions

  @Flag(help: "Print JSON.")
  var json = false

  func run() async throws {
    let spec = try options.read()
    let findings: [Finding]
    do {
      let grid = try Grid(spec, trainer: builtInTrainer)
      findings = try await self.findings(spec, grid)
    } catch let error as TrainingError {
      printError("Error: \(error)")
      throw ExitCode.usage
    } catch let error as SpecError {
      printError("Error: \(error)")
      throw ExitCode.usage
    } catch let error as LaunchError {
      printError("Error: \(error)")
      throw ExitCode.usage
    }
    print(json ? JSON.array(findings.map(\.json)).pretty : text(of: findings))
    if findings.contains(where: \.isFatal) { throw ExitCode.failure }
  }

  private func findings(_ spec: Spec, _ grid: Grid) async throws -> [Finding] {
    if let command = spec.command {
      return try await CommandSetUp(spec, grid, command: command).findings
    }
    try enterFolder(of: spec)
    let setUp = try SetUp(spec, grid)
    // What does not train gives the other checks nothing to look at.
    guard setUp.divergence.isEmpty else { return setUp.divergence }
    return try await setUp.findings
  }

  private func text(of findings: [Finding]) -> String {
    guard !findings.isEmpty else { return "The checks found nothing." }
    return findings.map { ($0.isFatal ? "✗ " : "! ") + $0.sentence }.joined(separator: "\n")
  }
}

extension Finding {
  fileprivate var json: JSON {
    [
      "kind": .string(kind.rawValue), "fatal": .boolean(isFatal), "sentence": .string(sentence),
    ]
  }
}
