import Notation
import Statistics

extension Grammar {
  /// Levels of one axis, cells and seeds; far past what a table can show.
  static let levelLimit = 1_000_000

  /// Where a spec does not say: enough for an interval that is worth printing.
  static let usualSeedCount = 5

  /// The keys of a spec, in the order in which people write them.
  static let spec = Grammar(
    "spec",
    summary:
      "What to train: fixed settings, axes that vary, seeds, and what is asked of the results.",
    namesOwner: false,
    [
      Field(
        "name",
        .text(1...200),
        "Names the sweep among the results; by default the file's name.",
        expectation: "a text of 1 to 200 characters on one line"
      ),
      Field("question", .text(), "The question that the sweep answers."),
      Field("extends", .text(), "The path of another spec, which this one overrides key by key."),
      Field("settings", .object(), "Fixed for every run.", mergedDepth: 1),
      Field(
        "axes",
        .object(),
        "What varies: the first level of an axis is its baseline, the last axis varies fastest.",
        mergedDepth: 1
      ),
      Field(
        "seeds",
        .either([
          .integer(1...levelLimit),
          .list(.integer(), of: "whole numbers", atLeast: 1, isUnique: true), .entry(seedRule),
        ]),
        "How often each cell is run, with the seeds 0 up to one less; or a list of seeds; or a rule that adds seeds until the questions are settled.",
        default: JSON(usualSeedCount),
        expectation:
          "a count from 1 to \(levelLimit.grouped), a list of whole numbers or a rule such as {\"first\": 5, \"looks\": [8, 12, 20], \"until\": \"settled\"}"
      ),
      Field(
        "exclude",
        .list(.object(atLeast: 1)),
        "Cells that match all keys of one entry are left out; a list means any of its levels."
      ),
      Field(
        "include",
        .list(.object(atLeast: 1)),
        "Extra cells; axes that an entry does not name are at their baseline."
      ),
      Field(
        "when",
        .map(.object(atLeast: 1)),
        "Axes that vary only where a condition on other settings holds.",
        mergedDepth: 1
      ),
      Field("sample", .entry(sample), mergedDepth: 1),
      Field(
        "command",
        .list(.text(), atLeast: 1),
        "A program and its arguments instead of the built-in trainer; {name} is the value of a setting, and {seed}, {run}, {run_dir}, {settings_file}, {slot} and {device} are the run's own.",
        expectation: "a list of texts, the program first"
      ),
      Field(
        "worker",
        .list(.text(), atLeast: 1),
        "Instead of 'command', a program that is started once per slot and makes one run after another: it reads each as a JSON line on standard input, and its final line ends it. {slot} is its slot, {device} the device that the slot has.",
        expectation: "a list of texts, the program first"
      ),
      Field(
        "inputs",
        .list(.text(), of: "paths"),
        "Files and folders that the command reads: when they change, so do its runs."
      ),
      Field(
        "defaults",
        .object(),
        "What the program does where a setting is not there: a run with that value is the run without the setting, so that an axis can be added to runs that are there.",
        mergedDepth: 1
      ),
      Field("results", .entry(results), mergedDepth: 1),
      Field(
        "keep",
        .either([
          .word(KeptFile.self), .list(.word(KeptFile.self), of: "words", isUnique: true),
        ]),
        "What each run of the built-in trainer leaves in its folder: 'weights' is its network, which 'sweep classify' and a class ask, 'probabilities' what it says of each validation example. No run is another by it, and none is made again for it.",
        expectation: "'weights' or 'probabilities', or a list of both"
      ),
      Field("limits", .entry(limits), mergedDepth: 1),
      Field("executor", .entry(executor), mergedDepth: 2),
      Field(
        "metrics",
        .map(.entry(metric)),
        "The final metrics that the analysis is about.",
        mergedDepth: 2
      ),
      Field(
        "questions",
        .list(.entry(question)),
        "What people are asked before they see the results."
      ),
      Field("textbook", .list(.entry(forecast)), "What the textbook answers to the questions."),
    ]
  )

  // MARK: Axes

  /// What can be said of the levels of any axis.
  private static let order = [
    Field("ordered", .boolean), Field("scores", .list(.number(), of: "numbers")),
  ]

  /// An axis with its levels one by one.
  static let levels = Grammar(
    "",
    [
      Field(
        "levels",
        .list(.any, of: "levels", atLeast: 1, isUnique: true),
        isRequired: true
      )
    ] + order
  )

  static let range = Grammar(
    "range",
    [
      Field("from", .number(), isRequired: true), Field("to", .number(), isRequired: true),
      Field("count", .integer(2...levelLimit), isRequired: true),
      Field("scale", .word(NumberRange.Scale.self), "Even steps, or even factors."),
      Field("integer", .boolean, "Rounds the levels to whole numbers."),
    ] + order
  )

  static let zip = Grammar(
    "zip",
    [
      Field(
        "zip",
        .map(.list(.any, of: "values", atLeast: 1), atLeast: 1),
        "Settings that vary together, as one factor: lists of the same length.",
        isRequired: true
      )
    ] + order
  )

  // MARK: Runs

  /// More seeds than anybody's patience, and than the levels were checked for.
  static let lookedSeeds = 3...100
  static let lookCounts = 1...8

  static let seedRule = Grammar(
    "seedRule",
    summary:
      "Looks at the results after ever more seeds, and stops each question where it is settled.",
    [
      Field(
        "first",
        .integer(lookedSeeds),
        "The seeds of every cell before the first look.",
        isRequired: true
      ),
      Field(
        "looks",
        .list(.integer(lookedSeeds), of: "whole numbers", atLeast: 1, isUnique: true),
        "The seeds at the looks after it, rising.",
        isRequired: true,
        expectation: "one to eight rising whole numbers above 'first', none above 100"
      ),
      Field(
        "until",
        .word(["settled"]),
        "A question that is settled, or hardly will be, gets no more seeds.",
        isRequired: true
      ),
    ]
  )

  static let sample = Grammar(
    "sample",
    summary: "Takes that many cells instead of all.",
    [
      Field("count", .integer(1...levelLimit), isRequired: true),
      Field(
        "method",
        .word(Sample.Method.self),
        "Every level equally often, or any subset equally likely."
      ),
      Field("seed", .integer(), default: 1),
    ]
  )

  static let results = Grammar(
    "results",
    [
      Field(
        "pattern",
        .text(),
        "A regular expression whose named groups are metrics of a printed line."
      ), Field("file", .text(), "A file of metrics in the run's folder."),
    ]
  )

  static let limits = Grammar(
    "limits",
    namesOwner: false,
    [
      Field(
        "timeout",
        .text(pattern: #"^([0-9.]+%|([0-9.]+(ms|s|m|h|d))+)$"#),
        "How long a run may take, or per cent of the median run.",
        expectation:
          "a duration such as \"90s\", \"10m\" or \"1h30m\", or \"300%\" of the median run"
      ), Field("retries", .integer(0...1000), default: 0),
      Field(
        "memory",
        .text(pattern: #"^[0-9.]+ *(B|[KMGT]i?B)$"#),
        "What one run may use.",
        expectation: "an amount such as \"2GiB\" or \"500MB\""
      ), Field("cores", .integer(1...4096), default: 1),
      Field(
        "halt",
        .text(pattern: #"^(never|first-failure|[0-9.]+%)$"#),
        "When nothing more is started.",
        expectation: "\"never\", \"first-failure\" or a share of the runs such as \"10%\""
      ),
    ]
  )

  // MARK: Where runs are made

  /// Runs of one task of a cluster.
  static let chunkBounds = 1...100_000

  static let executor = Grammar(
    "executor",
    summary: "Where the runs are made, on which no result and no run's identity depends.",
    [
      Field(
        "devices",
        .either([
          .word(["auto"]), .list(.either([.integer(0...9999), .text(1...100)]), atLeast: 1),
        ]),
        "The graphics cards that runs are given, one to a slot; with 'auto' those that the machine or its allocation says it has.",
        expectation: "a list such as [0, 1, 2, 3], or \"auto\""
      ),
      Field("perDevice", .integer(1...64), "Runs at a time on one device.", default: 1),
      Field("slurm", .entry(slurm), "Makes the runs as tasks of Slurm.", mergedDepth: 1),
    ]
  )

  static let slurm = Grammar(
    "slurm",
    summary: "How runs are handed to Slurm.",
    [
      Field(
        "options",
        .list(.text(), of: "texts"),
        "What 'sbatch' is told besides, an argument each, as in [\"--partition=gpu\"]."
      ),
      Field(
        "slots",
        .integer(1...100_000),
        "Tasks at a time.",
        default: JSON(SlurmSettings.usualSlots)
      ),
      Field(
        "chunk",
        .either([.word(["auto"]), .integer(chunkBounds)]),
        "Runs of one task; with 'auto' as many as take about five minutes.",
        default: "auto",
        expectation: "\"auto\" or a whole number from 1 to \(chunkBounds.upperBound.grouped)"
      ),
      Field(
        "shared",
        .text(1...4096),
        "A folder that all nodes see at the same path; by default the results folder."
      ),
      Field(
        "requeue",
        .boolean,
        "Whether Slurm starts a task again that was preempted or whose node failed.",
        default: true
      ),
      Field(
        "attempts",
        .integer(1...1000),
        "Attempts at a run that may begin and be lost with their task before it counts as failed.",
        default: 3
      ),
    ]
  )

  // MARK: The analysis

  static let metric = Grammar(
    "metric",
    [
      Field("better", .word(Metric.Better.self), "Which way is good.", isRequired: true),
      Field(
        "delta",
        .number(.atLeast(0)),
        "The smallest change that matters, declared before the runs.",
        isRequired: true
      ), Field("show", .word(Metric.Show.self), "As it is, or in hundredths."),
      Field(
        "scale",
        .word(Metric.Scale.self),
        "Differences, or factors, delta being relative then."
      ),
      Field(
        "range",
        .list(.number(), of: "numbers", atLeast: 2),
        "The least and the largest value that there can be, to bound what lost runs could have said.",
        expectation: "a list of the least and the largest value"
      ),
    ]
  )

  /// What is asked of the runs, by questions and by forecasts.
  static let contrast = [
    Field("factor", .text(), "An axis.", isRequired: true),
    Field("from", .any, "A level of it.", isRequired: true),
    Field("to", .any, "Another level of it.", isRequired: true),
    Field("metric", .text(), isRequired: true),
    Field("at", .object(), "Levels of other axes; what is not named is averaged over."),
  ]

  static let question = Grammar(
    "question",
    [Field("id", .text(1...Int.max), isRequired: true)] + contrast
      + [
        Field("ask", .text(), "The sentence that people read."),
        Field(
          "lesson",
          .boolean,
          "Whether it is one of the few that a lesson has time for, in the order of the list.",
          default: .boolean(false)
        ),
      ]
  )

  /// The keys that name what is asked where no id of a question does.
  static let neededContrast = contrast.filter(\.isRequired).map(\.key)

  static let forecast = Grammar(
    "forecast",
    alternatives: [["question"], neededContrast],
    [Field("question", .text(), "The id of a question.")] + contrast.map(\.optional)
      + [
        Field(
          "direction",
          .word(["up", "down", "none"]),
          "Where the metric goes.",
          isRequired: true
        ),
        Field("confidence_pct", .integer(Prediction.confidenceBounds), isRequired: true),
        Field("premise", .word(Premise.self), "What must hold."), Field("source", .text()),
        Field("fails_when", .list(.text(), of: "keys")),
      ]
  )
}
