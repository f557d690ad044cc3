import ArgumentParser
import Laboratory
import Notation
import Sweeps

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
    let laboratory = Laboratory(at: "results")
    try laboratory.spec(at: options.spec, overrides: options.overrides).warn()
    let findings = try await laboratory.check(
      specAt: options.spec,
      overrides: options.overrides
    )
    if json {
      try Output.standard.write(JSON.array(findings.map(\.json)).pretty + "\n")
    } else {
      try Output.standard.line(text(of: findings))
    }
    if findings.contains(where: \.isFatal) { throw ExitCode.failure }
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
