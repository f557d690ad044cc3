import Foundation
import Notation
import Statistics
import Storage
import Sweeps
import TestSupport
import Testing

/// The story of a sweep whose rule adds seeds until its questions are settled, told with the built binary.
struct SealedSeedsTests {
  /// A loss that `a` raises by far and `b` hardly moves, with noise that is the seed's and the cell's.
  private static let worker = """
    awk -v seed="$SWEEP_SEED" -v a="$1" -v b="$2" 'BEGIN {
      noise = sin(seed * 12.9898 + a * 78.233 + b * 37.719) * 43758.5453
      noise = noise - int(noise)
      printf "{\\"final\\": {\\"loss\\": %.6f}}\\n", 1 + 2 * a + 0.02 * b + 0.5 * noise
    }'
    """
  private static let rule = #"{"first": 5, "looks": [8, 12, 20], "until": "settled"}"#

  private static func spec(seeds: String) -> String {
    """
    {"name": "trial", "command": ["sh", "worker.sh", "{a}", "{b}"], "seeds": \(seeds),
     "axes": {"a": [0, 1], "b": [0, 1]}, "metrics": {"loss": {"better": "lower", "delta": 0.3}},
     "questions": [
       {"id": "qa", "factor": "a", "from": 0, "to": 1, "metric": "loss", "at": {"b": 0}},
       {"id": "qb", "factor": "b", "from": 0, "to": 1, "metric": "loss", "at": {"a": 0}}]}
    """
  }

  private func withTrial(
    seeds: String = rule,
    _ body: (SweepFolder) throws -> Void
  ) throws {
    try withTemporaryFolder { url in
      try body(
        SweepFolder(
          url,
          files: ["worker.sh": Self.worker, "trial.json": Self.spec(seeds: seeds)]
        )
      )
    }
  }

  private func chain(of folder: SweepFolder) throws -> PredictionChain? {
    let results = folder.url.appending(component: "results").path
    return try PredictionFile(results: results, sweepFolder: "trial").chain()
  }

  /// What every run measured, without times.
  private func measured(in folder: SweepFolder) throws -> [String] {
    try folder.stored().records.map { record in
      "\(record.run.id) \(record.run.levels) \(record.run.seed) \(record.measurements.final)"
    }.sorted()
  }

  @Test func `cells of open questions go on, the others stop, and each look is in the chain`()
    throws
  {
    try withTrial { folder in
      let run = try folder.sweep("run trial.json -j2")
      #expect(run.exitCode == 0, "\(run.errors)")
      #expect(run.errors.contains("Look 1 of 4, after 5 seeds."))
      #expect(!run.errors.contains("settled:"), "the class has not predicted yet")
      let stored = try folder.stored()
      #expect(stored.sweep.ledger.isBalanced && stored.sweep.ledger.pending == 0)
      let seeds = Dictionary(grouping: stored.records, by: \.run.levels).mapValues(\.count)
      #expect(seeds[["1", "0"]] == 5, "settled at the first look")
      #expect(seeds[["1", "1"]] == 5, "in no question")
      let looks = try #require(try chain(of: folder)).looks
      #expect(looks.map(\.number) == Array(1...looks.count))
      #expect(looks[0].answers.map(\.question) == ["qa", "qb"])
      #expect(looks[0].answers[0].state == .settled && looks[0].answers[0].outcome == .up)
      #expect(looks.count > 1 && looks[1].answers.map(\.question) == ["qb"])
      let seedsOfLast = try #require(looks.last).seeds
      #expect(seeds[["0", "0"]] == seedsOfLast && seeds[["0", "1"]] == seedsOfLast)
      #expect(looks.last?.hasOpenQuestions == false || looks.count == 4)
      let again = try folder.sweep("run trial.json -j2")
      #expect(again.exitCode == 0 && again.errors.contains(", 0 to do (0 new)"))
    }
  }

  @Test func `killed between looks, the sweep comes to the same runs and the same looks`() throws {
    var wanted: (runs: [String], looks: [[TakenLook.Answer]]) = ([], [])
    try withTrial { folder in
      #expect(try folder.sweep("run trial.json -j2").exitCode == 0)
      wanted = (
        try measured(in: folder), try #require(try chain(of: folder)).looks.map(\.answers)
      )
    }
    try withTrial { folder in
      let file = "results/trial/predictions.jsonl"
      for look in 1...10 {
        let process = try folder.start("run trial.json -j1")
        // The seal is the first line; a look is one more.
        #expect(folder.wait { folder.lines(of: file).count > look || !process.isRunning })
        process.kill(SIGKILL)
        process.wait()
      }
      let last = try folder.sweep("run trial.json -j2")
      #expect(last.exitCode == 0, "\(last.errors)")
      #expect(try measured(in: folder) == wanted.runs)
      let chain = try #require(try chain(of: folder))
      #expect(chain.looks.map(\.answers) == wanted.looks)
    }
  }

  @Test func `a run that is repeated after its look does not change what the look found`() throws {
    try withTrial { folder in
      #expect(try folder.sweep("run trial.json -j2 --quiet").exitCode == 0)
      let before = try folder.sweep("report --format json").output
      let changed = Self.worker.replacing("2 * a", with: "0 * a")
      try Data(changed.utf8).write(to: folder.url.appending(component: "worker.sh"))
      #expect(try folder.sweep("run trial.json -j2 --quiet --again --yes").exitCode == 0)
      let after = try folder.sweep("report --format json").output
      func questions(_ text: String) throws -> JSON? {
        JSON(line: Array(text.utf8))?.object?["seed_rule"]?.object?["questions"]
      }
      #expect(try questions(before) != nil)
      #expect(try questions(before) == questions(after))
    }
  }

  @Test func `the report says by which rule, what each look found and what it saved`() throws {
    try withTrial { folder in
      _ = try folder.sweep("run trial.json -j2 --quiet")
      let page = try folder.sweep("report --format md").output
      #expect(page.contains("5 to 20 seeds by a rule sealed on "))
      #expect(page.contains(" of 80 runs were needed; intervals hold over all looks."))
      #expect(page.contains("## The looks"))
      #expect(page.contains("settled at look 1 of 4 with 5 seeds"))
      #expect(page.contains("95 % over all looks"))
      #expect(!page.contains("What would settle it"))
      let plan = try folder.sweep("plan trial.json").output
      #expect(plan.contains("Looks: after 5, 8, 12, 20 seeds, until 2 questions are settled"))
      #expect(plan.contains("the median of 2 questions in stored runs"))
      #expect(plan.contains("  nothing there: "))
    }
  }

  @Test func `another rule is refused once the first is sealed`() throws {
    try withTrial { folder in
      _ = try folder.sweep("run trial.json -j2 --quiet")
      let other = Self.spec(seeds: #"{"first": 5, "looks": [30], "until": "settled"}"#)
      try Data(other.utf8).write(to: folder.url.appending(component: "trial.json"))
      let run = try folder.sweep("run trial.json")
      #expect(run.exitCode == 64)
      #expect(run.errors.contains("'seeds' was changed"))
    }
  }

  @Test func `looks that no rule foresaw are remembered, and seeds after them are told of`() throws
  {
    try withTrial(seeds: "3") { folder in
      _ = try folder.sweep("run trial.json -j2 --quiet")
      #expect(try folder.sweep("report").exitCode == 0)
      let four = try folder.sweep("run trial.json -j2 --quiet --set seeds=4")
      #expect(four.errors.contains("Verdicts were shown after 3 seeds"))
      #expect(four.errors.contains("--set 'seeds={\"first\": 5, \"looks\": [8, 12, 20]"))
      #expect(try folder.sweep("report").output.contains("**Looked at** n = 3, and seeds"))
      _ = try folder.sweep("run trial.json -j2 --quiet --set seeds=12")
      let page = try folder.sweep("report").output
      #expect(page.contains("**Looked at** n = 3, 4, and seeds"))
      #expect(page.contains("under any looking"))
    }
  }

  @Test func `a rule that is sealed after verdicts were shown promises nothing`() throws {
    try withTrial(seeds: "3") { folder in
      _ = try folder.sweep("run trial.json -j2 --quiet")
      #expect(try folder.sweep("report").exitCode == 0)
      try Data(Self.spec(seeds: Self.rule).utf8).write(
        to: folder.url.appending(component: "trial.json")
      )
      let run = try folder.sweep("run trial.json -j2 --quiet")
      #expect(run.exitCode == 0, "\(run.errors)")
      #expect(run.errors.contains("Verdicts were shown after 3 seeds"))
      let page = try folder.sweep("report").output
      #expect(page.contains("5 to 20 seeds by a rule that was sealed after results had been shown"))
      #expect(page.contains("**Looked at** n = 3, and seeds"))
      #expect(page.contains("under any looking"))
      #expect(!page.contains("holds over all looks"))
    }
  }

  @Test func `seeds that nobody looked at yet are harmless, and so are reports under a rule`()
    throws
  {
    try withTrial(seeds: "3") { folder in
      _ = try folder.sweep("run trial.json -j2 --quiet")
      _ = try folder.sweep("run trial.json -j2 --quiet --set seeds=5")
      #expect(!(try folder.sweep("report").output.contains("Looked at")))
    }
    try withTrial { folder in
      _ = try folder.sweep("run trial.json -j2 --quiet --filter seed=0,1,2")
      let early = try folder.sweep("report").output
      #expect(early.contains("not looked at before all runs with the first 5 seeds have ended"))
      _ = try folder.sweep("run trial.json -j2 --quiet")
      #expect(!(try folder.sweep("report").output.contains("Looked at")))
    }
  }
}
