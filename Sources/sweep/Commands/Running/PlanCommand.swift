import ArgumentParser
import Laboratory
import Notation
import Sweeps

/// Shows what a spec would run.
struct PlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Show what a spec would run, and how long it would take, without running it."
  )

  @OptionGroup var options: SpecOptions

  @Option(help: "Only these runs, as in --filter 'dropout=0.5 tuning=full'.")
  var filter: String?

  @Option(
    name: [.customShort("j", allowingJoined: true), .long],
    help: "Runs at a time (default: as many as there are cores for)."
  )
  var jobs: Int?

  @OptionGroup var folder: ResultsOptions

  @Flag(help: "Time a few epochs of each kind of run first.")
  var probe = false

  @Option(help: "The time there is, as in 10m: which balanced subset of the cells fits into it?")
  var budget: String?

  @Option(help: "A change to be shown, as in accuracy=0.01: how many seeds does it need?")
  var detect: String?

  @Flag(help: "Print JSON.")
  var json = false

  func validate() throws {
    if let jobs, jobs < 1 {
      throw ValidationError(.outOfBounds, "'--jobs \(jobs)' starts nothing; use 1 or more.")
    }
    if let budget, Quantity.duration(budget) == nil {
      throw ValidationError(
        .badValue,
        "'--budget \(budget)' is no duration. Write 90s, 10m or 1h30m."
      )
    }
    if let detect, PlanCommand.change(detect) == nil {
      throw ValidationError(
        .badValue,
        "'--detect \(detect)' is not of the form metric=change, as accuracy=0.01."
      )
    }
  }

  func run() throws {
    let outlook = try folder.laboratory.plan(
      PlanRequest(
        spec: options.spec,
        overrides: options.overrides,
        filter: filter,
        jobs: jobs,
        probes: probe,
        budget: budget.flatMap(Quantity.duration),
        change: detect.flatMap(PlanCommand.change)
      )
    )
    outlook.spec.warn()
    let text = PlanText(outlook: outlook, budget: budget ?? "")
    if json {
      try Output.standard.write(text.json.pretty + "\n")
    } else {
      try Output.standard.line(text.text)
    }
  }

  private static func change(_ text: String) -> (metric: String, size: Double)? {
    let sides = text.split(separator: "=", maxSplits: 1)
    guard sides.count == 2, let size = Double(sides[1]), size > 0, size.isFinite else { return nil }
    return (String(sides[0]), size)
  }
}
