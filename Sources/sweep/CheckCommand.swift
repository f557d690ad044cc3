import ArgumentParser
import Experiments
import Foundation
import Training

/// Tries a spec's set-up before hours are spent on it.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Try the set-up of a spec before hours are spent on it.",
    discussion: """
      Trains the baseline and its neighbours for a few epochs and looks at what experience says to look at \
      first. Exit code 1 when something would make the sweep's answer meaningless.
      """
  )

  @OptionGroup var options: SpecOptions

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    let spec = try options.read()
    guard spec.command == nil else {
      throw ValidationError(
        "'sweep check' tries the built-in trainer, and this spec has a command; "
          + "'sweep run --filter' tries a cell of it."
      )
    }
    let findings: [Finding]
    do {
      let grid = try Grid(spec, trainer: builtInTrainer)
      try enterFolder(of: spec)
      let setUp = try SetUp(spec, grid)
      // What does not train gives the other checks nothing to look at.
      findings =
        setUp.divergence.isEmpty
        ? try SetUp.checks.flatMap { try $0(setUp) } : setUp.divergence
    } catch let error as TrainingError {
      printError("Error: \(error)")
      throw ExitCode.usage
    } catch let error as SpecError {
      printError("Error: \(error)")
      throw ExitCode.usage
    }
    print(json ? JSON.array(findings.map(\.json)).pretty : text(of: findings))
    if findings.contains(where: \.isFatal) { throw ExitCode.failure }
  }

  private func text(of findings: [Finding]) -> String {
    guard !findings.isEmpty else { return "\(SetUp.checks.count) checks found nothing." }
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
