extension RefusalPage {
  /// What was asked for and cannot be had.
  static let requests: [RefusalPage] = [
    RefusalPage(
      .tableFormat,
      "The table is not CSV",
      meaning: "A row has another number of fields than the first, or a quote does not close.",
      example: .session(
        ["sweep effects runs.csv --design design.json"],
        files: [
          "runs.csv": "lr,seed,loss\n0.1,1,0.5,0.4\n",
          "design.json":
            #"{"seed": "seed", "factors": [{"name": "lr", "levels": [0.1, 0.2]}], "metrics": [{"name": "loss", "better": "lower", "delta": 0.1}]}"#,
        ]
      ),
      mend: "Export it again, or put quotes around fields with commas."
    ),
    RefusalPage(
      .tableMissingColumn,
      "A column that is not there",
      meaning: "The design names a factor, a metric or a seed that heads no column.",
      example: .session(
        ["sweep effects runs.csv --design design.json"],
        files: [
          "runs.csv": "learning_rate,seed,loss\n0.1,1,0.5\n",
          "design.json":
            #"{"seed": "seed", "factors": [{"name": "lr", "levels": [0.1, 0.2]}], "metrics": [{"name": "loss", "better": "lower", "delta": 0.1}]}"#,
        ]
      ),
      mend: "Use the names of the first row."
    ),
    RefusalPage(
      .tableField,
      "A field of another kind",
      meaning: "A field is empty or no number where the design needs one.",
      example: .session(
        ["sweep effects runs.csv --design design.json"],
        files: [
          "runs.csv": "lr,seed,loss\n0.1,1,0.5\n0.2,1,oops\n",
          "design.json":
            #"{"seed": "seed", "factors": [{"name": "lr", "levels": [0.1, 0.2]}], "metrics": [{"name": "loss", "better": "lower", "delta": 0.1}]}"#,
        ]
      ),
      mend: "Leave the row out, or put the value right."
    ),
    RefusalPage(
      .tableRepeated,
      "Two results for one cell and seed",
      meaning: "The same settings and seed occur twice, and which of them counts is not for the "
        + "program to decide.",
      example: .session(
        ["sweep effects runs.csv --design design.json"],
        files: [
          "runs.csv": "lr,seed,loss\n0.1,1,0.5\n0.1,1,0.4\n0.2,1,0.3\n",
          "design.json":
            #"{"seed": "seed", "factors": [{"name": "lr", "levels": [0.1, 0.2]}], "metrics": [{"name": "loss", "better": "lower", "delta": 0.1}]}"#,
        ]
      ),
      mend: "Name the column in which they differ as a factor, leave one out, or say --replicates "
        + "mean, first or last."
    ),
    RefusalPage(
      .tableContinuous,
      "A setting that is no grid",
      meaning:
        "A column has another value in nearly every run, as after a random search: there are no "
        + "levels to compare.",
      example: .situation("Learning rates that a tuner drew at random."),
      mend: "Name in a --design the levels to compare."
    ),
    RefusalPage(
      .tableNothingVaries,
      "No factor was found",
      meaning:
        "Without a design, a factor is a column with at least two values, each in several runs. "
        + "There is none.",
      example: .session(
        ["sweep effects runs.csv --from wandb"],
        files: ["runs.csv": "Name,seed,loss\na,1,0.5\nb,2,0.4\n"]
      ),
      mend: "Name the factors in a --design."
    ),
    RefusalPage(
      .tableNothingMeasured,
      "No metric was found",
      meaning:
        "Without a design, a metric is a column of numbers that differ between runs. There is "
        + "none.",
      example: .session(
        ["sweep effects runs.csv --from wandb"],
        files: ["runs.csv": "Name,optimizer,seed\na,sgd,1\nb,sgd,2\nc,muon,1\nd,muon,2\n"]
      ),
      mend: "Name the metrics in a --design."
    ),
    RefusalPage(
      .requestNothingEnded,
      "No run has ended",
      meaning: "There is nothing to compare yet.",
      example: .situation("'sweep compare a b' while the first runs of 'b' are at work."),
      mend: "Wait, or run the sweep."
    ),
    RefusalPage(
      .requestOverlap,
      "Two sides that share runs",
      meaning: "A comparison needs two sets of runs that have none in common.",
      example: .trial(
        "sweep run spec.json --quiet",
        "sweep compare x=1 x=1"
      ),
      mend: "Name levels of the same axis."
    ),
    RefusalPage(
      .requestUnknownPerson,
      "Nobody of that name",
      meaning: "No prediction that was made in time is by this person.",
      example: .trial(
        "sweep run spec.json --quiet",
        "sweep report --who ana"
      ),
      mend: "'sweep report --votes' says who predicted."
    ),
    RefusalPage(
      .requestUnknownQuestion,
      "The sweep has no such question",
      meaning: "The id is none of those that the spec asks.",
      example: .trial(
        "sweep run spec.json --quiet",
        "sweep report --question q99"
      ),
      mend: "Take one of the ids in the sentence."
    ),
    RefusalPage(
      .requestUnknownAttempt,
      "No such attempt",
      meaning: "A run was tried fewer times than that.",
      example: .trial(
        "sweep run spec.json --quiet",
        #"sweep logs $(sweep sql 'select run from runs limit 1' --csv | tail -1 | tr -d '\r') --attempt 3"#
      ),
      mend: "Give a number up to that in the sentence."
    ),
    RefusalPage(
      .requestUnknownVersion,
      "Not exactly one version",
      meaning: "What was given begins no version of the program that made the sweep, or several.",
      example: .trial(
        "sweep run spec.json --quiet",
        "sweep report --only-version no-such"
      ),
      mend: "Give more letters of one in the sentence."
    ),
    RefusalPage(
      .requestNoNetwork,
      "A network that is not known",
      meaning:
        "Only what the built-in trainer trained can be drawn; of other programs the network is "
        + "unknown.",
      example: .trial(
        "sweep run spec.json --quiet",
        #"sweep show $(sweep sql 'select run from runs limit 1' --csv | tail -1 | tr -d '\r') --network"#
      ),
      mend: "Ask for another run, or leave --network out."
    ),
    RefusalPage(
      .requestCannotLimitMemory,
      "Memory cannot be limited here",
      meaning: "This system gives no way to keep a run below a number of bytes.",
      example: .situation("'limits' with 'memory' on a system without it."),
      mend: "Remove 'memory' from 'limits'."
    ),
    RefusalPage(
      .requestTooFewFiles,
      "Too few open files",
      meaning: "The limit of open files of this shell does not suffice for one run.",
      example: .trial(
        "ulimit -n 16; sweep run spec.json --quiet"
      ),
      mend: "Raise it: ulimit -n 256."
    ),
    RefusalPage(
      .requestProbesOnlyTheTrainer,
      "A probe of a command",
      meaning:
        "'--probe' trains a little to see how long it takes, and can do that with the built-in "
        + "trainer only.",
      example: .command(
        "sweep plan spec.json --probe",
        spec: #"{ "axes": {"x": [1, 2]}, "command": ["./train", "{x}"] }"#
      ),
      mend: "Leave --probe out; after the first runs the time is known."
    ),
    RefusalPage(
      .requestUnknownDurations,
      "Durations are not known",
      meaning:
        "A budget of time needs to know how long a run takes, and no run like these is stored.",
      example: .command(
        "sweep plan spec.json --budget 5s",
        spec: #"{ "axes": {"dropout": [0, 0.5]} }"#
      ),
      mend: "Add --probe, or run some first."
    ),
    RefusalPage(
      .requestNoPilot,
      "No pilot",
      meaning:
        "How many seeds a difference needs follows from how far results scatter, which stored "
        + "runs have to show.",
      example: .command(
        "sweep plan spec.json --detect accuracy=0.01",
        spec:
          #"{ "axes": {"dropout": [0, 0.5]}, "metrics": {"accuracy": {"better": "higher", "delta": 0.01}} }"#
      ),
      mend: "Run two seeds of two cells first."
    ),
    RefusalPage(
      .requestNoQuestions,
      "Nothing to predict",
      meaning: "The spec asks nothing and declares no metrics from which questions could be made.",
      example: .command(
        "sweep predict spec.json --sheet html",
        spec: #"{ "axes": {"dropout": [0, 0.5]} }"#
      ),
      mend: "Add 'metrics', each with a direction and a delta."
    ),
    RefusalPage(
      .requestReservedName,
      "A name that is taken",
      meaning: "Under this name stands what the spec quotes, such as the textbook.",
      example: .situation("sweep predict spec.json --who textbook"),
      mend: "Take another name."
    ),
    RefusalPage(
      .requestNoPredictions,
      "Nobody has predicted",
      meaning: "No prediction is sealed for this sweep, or for any in the folder.",
      example: .situation("sweep report --votes before the lesson."),
      mend: "'sweep predict' or 'sweep serve' takes them."
    ),
    RefusalPage(
      .requestNoReason,
      "No such reason",
      meaning: "A reason is to be hidden that nobody gave.",
      example: .trial(
        "sweep predict spec.json --hide-reason ana x"
      ),
      mend: "Take a name and a question from the report's reasons."
    ),
    RefusalPage(
      .requestUnknownMetric,
      "No metric of that name",
      meaning: "The spec does not declare it.",
      example: .trial(
        "sweep run spec.json --quiet",
        "sweep gate x=1 x=2 --metric acuracy"
      ),
      mend: "Take one of those in the sentence."
    ),
    RefusalPage(
      .requestNoDirection,
      "No better direction",
      meaning: "A gate keeps what is better, and the spec does not say which direction that is.",
      example: .session(
        ["sweep run spec.json --quiet", "sweep gate x=1 x=2"],
        files: [
          "spec.json":
            #"{ "axes": {"x": [1, 2]}, "seeds": 2, "metrics": {"loss": {"better": "none", "delta": 0.1}}, "command": ["echo", "{{\"final\": {{\"loss\": {x}.{seed}}}}}"] }"#
        ]
      ),
      mend: "Declare \"better\": \"lower\" or \"higher\"."
    ),
    RefusalPage(
      .requestUnmeasured,
      "Not measured on both sides",
      meaning: "No run of one side has a value of this metric.",
      example: .situation("A metric that was added to the program later."),
      mend: "Run that side again, or take another metric."
    ),
    RefusalPage(
      .requestNothingMatched,
      "Nothing in common",
      meaning: "The two sides vary settings of which they share no value, so that nothing can be "
        + "paired.",
      example: .situation("Two sweeps at different widths."),
      mend: "Name a level of each, as in 'width=32,depth=2'."
    ),
    RefusalPage(
      .requestBadLooks,
      "Looks that cannot be used",
      meaning: "Looks are counts of seeds after which a gate may decide; they rise, and there is a "
        + "bound to both their number and their size.",
      example: .trial(
        "sweep run spec.json --quiet",
        "sweep gate x=1 x=2 --looks 8,5"
      ),
      mend: "Give rising numbers of at least 2."
    ),
    RefusalPage(
      .requestOtherLooks,
      "Looks cannot be changed",
      meaning:
        "When to look was fixed as the candidate was opened; choosing again after a look would "
        + "change the odds.",
      example: .trial(
        "sweep run spec.json --quiet",
        "sweep gate x=1 x=2 --looks 2,4 || true",
        "sweep gate x=1 x=2 --looks 2,5"
      ),
      mend: "Leave --looks out."
    ),
    RefusalPage(
      .requestOtherShare,
      "The share cannot be changed",
      meaning:
        "A ledger spends a fixed share of luck over its series, which was fixed at its first "
        + "line.",
      example: .trial(
        "sweep run spec.json --quiet",
        "sweep gate x=1 x=2 --ledger tries || true",
        "sweep gate x=1 x=2 --ledger tries --share 0.1"
      ),
      mend: "Leave --share out, or begin a ledger of another name."
    ),
    RefusalPage(
      .requestNoClaims,
      "A page without claims",
      meaning: "The file carries no verdicts that new seeds could confirm.",
      example: .trial(
        "sweep run spec.json --quiet",
        "sweep report -o page.md",
        "sweep replicate page.md"
      ),
      mend: "Write one with 'sweep report --format html'."
    ),
    RefusalPage(
      .requestNothingClaimed,
      "Nothing was settled",
      meaning: "The page carries verdicts, and none of them is settled.",
      example: .trial(
        "sweep run spec.json --quiet",
        "sweep report --format html -o page.html",
        "sweep replicate page.html"
      ),
      mend: "Run more seeds first."
    ),
    RefusalPage(
      .requestOtherSpec,
      "The page's spec was changed",
      meaning: "The spec in the page is not the one whose digest the page carries.",
      example: .situation("A page that was edited."),
      mend: "Get the page as it was made."
    ),
    RefusalPage(
      .requestNotDeleted,
      "A folder is still there",
      meaning: "Deleting the sweep's files failed, for the reason in the sentence.",
      example: .situation("A file in it belongs to another account."),
      mend: "Delete the folder with the rights that it needs."
    ),
    RefusalPage(
      .requestNothingToLabel,
      "Neither a sweep nor a run",
      meaning: "Tags and notes belong to a sweep or a run, and there is none of this name.",
      example: .trial(
        "sweep run spec.json --quiet",
        "sweep tag no-such paper"
      ),
      mend: "'sweep status' and 'sweep runs' list both."
    ),
    RefusalPage(
      .requestBadTag,
      "A word that cannot be a tag",
      meaning: "A tag is one short word, so that it can be searched for.",
      example: .trial(
        "sweep run spec.json --quiet",
        "sweep tag spec 'for the paper'"
      ),
      mend: "Use letters, digits and ._:/=+- without blanks; a sentence is a note."
    ),
    RefusalPage(
      .requestNotCancelled,
      "Slurm did not cancel",
      meaning: "'scancel' was asked and refused, in its own words.",
      example: .situation("Jobs of another account."),
      mend: "Cancel as the account that handed the jobs in."
    ),
    RefusalPage(
      .requestNothingKept,
      "No network to ask",
      meaning:
        "'sweep classify' asks the networks that runs left in their folders, and no finished run "
        + "of this sweep has left one.",
      example: .trial(
        "sweep run spec.json --quiet",
        "sweep classify spec picture.png"
      ),
      mend: "Add \"keep\": \"weights\" to the spec and run it with --again."
    ),
    RefusalPage(
      .servingCannotListen,
      "Nobody can be served",
      meaning: "The address is not this machine's, or the port is taken or not allowed.",
      example: .trial(
        "sweep serve spec.json --port 0 --bind 192.0.2.1"
      ),
      mend: "Choose another with --port or --bind."
    ),
    RefusalPage(
      .servingJournal,
      "The lesson's journal cannot be used",
      meaning: "What people do is written down before it counts, and that file cannot be opened or "
        + "written.",
      example: .trial(
        "mkdir -p results/spec/lesson.jsonl",
        "sweep serve spec.json --port 0"
      ),
      mend: "Give yourself the right, or use another --results folder."
    ),
    RefusalPage(
      .servingBrokenLine,
      "A line of the journal says nothing",
      meaning: "A line of 'lesson.jsonl' is no act of a lesson.",
      example: .session(
        ["sweep serve --replay lesson.jsonl --port 0"],
        files: ["lesson.jsonl": "nothing\n"]
      ),
      mend: "Take it from a copy, or remove that line."
    ),
    RefusalPage(
      .servingBusy,
      "The lesson is being served",
      meaning: "Another server takes the acts of the same lesson.",
      example: .situation("'sweep serve' in two terminals."),
      mend: "End the other one first."
    ),
    RefusalPage(
      .servingOtherLesson,
      "A lesson on something else",
      meaning: "The journal in the folder was begun with another spec or other questions.",
      example: .session(
        [
          "mkdir -p results/spec && mv lesson.jsonl results/spec/",
          "sweep serve spec.json --port 0",
        ],
        files: [
          "spec.json": RefusalExample.trial,
          "lesson.jsonl": #"{"format":"sweep-lesson/1","spec":"{}","questions":[]}"# + "\n",
        ]
      ),
      mend: "Use another --results folder, or move the journal away."
    ),
  ]
}
