extension RefusalPage {
  /// What is wrong with a spec.
  static let specs: [RefusalPage] = [
    RefusalPage(
      .specSyntax,
      "The text is not JSON",
      meaning:
        "A character breaks the grammar of JSON, at the place that the mark shows. Up to there "
        + "everything was understood.",
      example: .spec(#"{ "seeds": 3, }"#),
      mend: "Do what the sentence says at the mark; every kind of slip has one of its own, such as "
        + "a comma too many or a quote too few."
    ),
    RefusalPage(
      .specMissingFile,
      "No such spec",
      meaning: "The file that was named, or one that a spec extends, is not there.",
      example: .command("sweep plan gone.json"),
      mend: "Check the name and the current folder, or write a spec with 'sweep init'."
    ),
    RefusalPage(
      .specUnreadableFile,
      "A file that cannot be read",
      meaning: "The file is there, and this account may not read it, or it is a folder or a pipe.",
      example: .command("sweep plan ."),
      mend: "Name a plain file, and give yourself the right to read it."
    ),
    RefusalPage(
      .specExtendsLoop,
      "Specs that extend each other in a circle",
      meaning:
        "'extends' takes over another spec, which takes over another, and the chain comes back "
        + "to where it began.",
      example: .spec(#"{ "extends": "spec.json" }"#),
      mend: "Remove one 'extends' of those that the sentence lists."
    ),
    RefusalPage(
      .specMissingInput,
      "A file that the spec names is not there",
      meaning: "'inputs' are files whose content belongs to the identity of a run, and one of them "
        + "does not exist. Settings that name a data set or weights are checked in the same way.",
      example: .spec(
        #"{ "axes": {"x": [1, 2]}, "command": ["./train", "{x}"], "inputs": ["gone.py"] }"#
      ),
      mend: "Write the path as it is seen from the folder of the spec."
    ),
    RefusalPage(
      .specNotAnObject,
      "A spec is an object",
      meaning: "The file is JSON, but its outermost value is a list, a text or a number.",
      example: .spec(#"[1, 2]"#),
      mend: "Put everything between '{' and '}'."
    ),
    RefusalPage(
      .specUnknownKey,
      "A key that does not exist here",
      meaning:
        "A key is misspelt, or stands inside the wrong object. It is refused and not skipped, "
        + "for a setting that silently does nothing makes a wrong experiment.",
      example: .spec(#"{ "setings": {} }"#),
      mend: "Take the name that the sentence proposes; SPEC.md lists all keys. A key that begins "
        + "with '$' is a comment."
    ),
    RefusalPage(
      .specMissingKey,
      "A key that must be there",
      meaning:
        "An object cannot be understood without this key, such as a metric without the smallest "
        + "change that matters.",
      example: .spec(#"{ "metrics": {"accuracy": {"better": "higher"}} }"#),
      mend: "Add the key; SPEC.md says what its values are."
    ),
    RefusalPage(
      .specMismatch,
      "A value of the wrong kind or size",
      meaning:
        "The value is no number where one is wanted, lies outside its bounds, or is none of the "
        + "words that are allowed.",
      example: .spec(#"{ "seeds": 0 }"#),
      mend: "Write what the sentence says it can be."
    ),
    RefusalPage(
      .specNeedsCommand,
      "A key that is about a command, without one",
      meaning: "'inputs', 'results' and their like describe a program of your own, and this spec "
        + "trains with the built-in trainer.",
      example: .spec(#"{ "results": {"file": "metrics.csv"} }"#),
      mend: "Add a 'command', or remove the key."
    ),
    RefusalPage(
      .specNeedsTrainer,
      "A key that is about the built-in trainer, beside a program",
      meaning:
        "'keep' is about networks of the built-in trainer; what a program of your own leaves in "
        + "its run's folder is kept anyway.",
      example: .spec(#"{ "command": ["./train"], "keep": ["weights"] }"#),
      mend: "Remove the key; the program writes into {run_dir} what is to be kept."
    ),
    RefusalPage(
      .specTwoPrograms,
      "A command and a worker at once",
      meaning:
        "'command' starts a process for each run, 'worker' one process that makes many runs. A "
        + "spec has one of them.",
      example: .spec(
        #"{ "axes": {"x": [1, 2]}, "command": ["./train", "{x}"], "worker": ["./train"] }"#
      ),
      mend: "Remove one of the two."
    ),
    RefusalPage(
      .specMalformedOverride,
      "'--set' without a value",
      meaning:
        "What follows '--set' is a key, '=' and a value; commas between values make an axis.",
      example: .command("sweep plan spec.json --set dropout", spec: #"{}"#),
      mend: "Write --set dropout=0.3, or --set dropout=0,0.3 for two levels."
    ),
    RefusalPage(
      .specMalformedFilter,
      "A filter that is no pair",
      meaning: "A filter is pairs of an axis and a level, separated by blanks.",
      example: .command(
        "sweep run spec.json --filter dropout",
        spec: #"{ "axes": {"dropout": [0, 0.5]} }"#
      ),
      mend: "Write --filter dropout=0.5."
    ),
    RefusalPage(
      .specUnknownSetting,
      "The trainer has no such setting",
      meaning: "The built-in trainer knows a fixed table of settings, and this is none of them.",
      example: .spec(#"{ "settings": {"leraning_rate": 0.003} }"#),
      mend: "Take the name that is proposed; 'sweep settings' lists all with their meaning."
    ),
    RefusalPage(
      .specFixedAndVaried,
      "One setting, fixed and varied",
      meaning: "A setting stands under 'settings' and is an axis too, so that it would have two "
        + "values.",
      example: .spec(#"{ "settings": {"dropout": 0}, "axes": {"dropout": [0, 0.5]} }"#),
      mend: "Remove it from one of the two places."
    ),
    RefusalPage(
      .specVariedTwice,
      "One setting in two axes",
      meaning: "An axis and a zip, or two zips, both vary the same setting.",
      example: .spec(
        #"{ "axes": {"width": [8, 16], "size": {"zip": {"width": [8, 16], "epochs": [1, 2]}}} }"#
      ),
      mend: "Leave the setting to one of the axes."
    ),
    RefusalPage(
      .specReserved,
      "A name that tables need themselves",
      meaning:
        "Every table of runs has columns such as 'status' and 'seed'; an axis or a metric of "
        + "the same name could not be told from them.",
      example: .spec(#"{ "axes": {"status": [1, 2]}, "command": ["./train", "{status}"] }"#),
      mend: "Give it another name."
    ),
    RefusalPage(
      .specAxisIsMetric,
      "An axis and a metric of the same name",
      meaning: "What is varied and what is measured share a name, so that a column would mean two "
        + "things.",
      example: .spec(
        #"{ "axes": {"gap": [1, 2]}, "command": ["./train", "{gap}"], "metrics": {"gap": {"better": "none", "delta": 0}} }"#
      ),
      mend: "Rename one of them."
    ),
    RefusalPage(
      .specAxisWithoutLevels,
      "An empty axis",
      meaning: "An axis without levels makes a grid without cells.",
      example: .spec(#"{ "axes": {"dropout": []} }"#),
      mend: "List at least one level, or remove the axis."
    ),
    RefusalPage(
      .specDuplicateLevel,
      "A level twice",
      meaning:
        "Two levels of an axis are the same value, also where they are written differently, as "
        + "0.5 and 0.50.",
      example: .spec(#"{ "axes": {"dropout": [0.5, 0.50]} }"#),
      mend: "Remove one of the two."
    ),
    RefusalPage(
      .specSameText,
      "Two levels that look the same",
      meaning: "A number and a text, for example, are different values and would be printed alike.",
      example: .spec(#"{ "axes": {"x": [1, "1"]}, "command": ["./train", "{x}"] }"#),
      mend: "Write one of them in another way."
    ),
    RefusalPage(
      .specScoreCount,
      "Scores and levels differ in number",
      meaning:
        "'scores' gives each level its place on a scale, so that there are as many scores as "
        + "levels.",
      example: .spec(#"{ "axes": {"tuning": {"levels": ["full", "head"], "scores": [1, 2, 3]}} }"#),
      mend: "Give one score for each level."
    ),
    RefusalPage(
      .specUnscoredLevel,
      "A level without a score",
      meaning:
        "'include' brings a level that an axis with scores does not list, and nobody can say "
        + "where it lies on the scale.",
      example: .spec(
        #"{ "axes": {"width": {"levels": [8, 16], "scores": [1, 2]}}, "include": [{"width": 32}] }"#
      ),
      mend: "List the level under 'levels' with its score, and exclude the cells that are not "
        + "wanted."
    ),
    RefusalPage(
      .specZipLengths,
      "A zip of unequal lists",
      meaning: "The lists of a zip are read side by side: the first of each make the first level.",
      example: .spec(
        #"{ "axes": {"size": {"zip": {"width": [16, 32, 64], "epochs": [10, 20]}}} }"#
      ),
      mend: "Make the lists equally long."
    ),
    RefusalPage(
      .specLevelsNotWhole,
      "A range that gives fractions",
      meaning: "The setting takes whole numbers, and dividing the range gives others.",
      example: .spec(#"{ "axes": {"width": {"from": 8, "to": 16, "count": 4}} }"#),
      mend: "Add \"integer\": true to round them, or choose bounds and a count that divide."
    ),
    RefusalPage(
      .specDuplicateSeed,
      "A seed twice",
      meaning: "The same seed gives the same run, which would be counted twice.",
      example: .spec(#"{ "seeds": [1, 2, 1] }"#),
      mend: "List each seed once, or write a number of seeds."
    ),
    RefusalPage(
      .specUnknownAxis,
      "A name that is no axis",
      meaning:
        "An entry of 'exclude', 'when', 'questions' or a filter names something that the grid "
        + "does not vary.",
      example: .spec(#"{ "axes": {"dropout": [0, 0.5]}, "exclude": [{"drop": 0}] }"#),
      mend: "Take one of the axes that the sentence lists."
    ),
    RefusalPage(
      .specFixedHere,
      "A setting that does not vary",
      meaning: "The entry picks cells by a setting that is the same in all of them.",
      example: .spec(
        #"{ "settings": {"epochs": 5}, "axes": {"dropout": [0, 0.5]}, "exclude": [{"epochs": 5}] }"#
      ),
      mend: "Name an axis, or make the setting one."
    ),
    RefusalPage(
      .specUnknownLevel,
      "A level that the axis does not have",
      meaning: "The entry names a value that is none of the axis's levels.",
      example: .spec(#"{ "axes": {"dropout": [0, 0.5]}, "exclude": [{"dropout": 0.3}] }"#),
      mend: "Take one of the levels, or add the level to the axis."
    ),
    RefusalPage(
      .specMatchesEverything,
      "An empty pattern",
      meaning: "A pattern without names fits every cell; excluding that would leave nothing.",
      example: .spec(#"{ "axes": {"dropout": [0, 0.5]}, "exclude": [{}] }"#),
      mend: "Name at least one axis in it, or remove it."
    ),
    RefusalPage(
      .specMatchesNothing,
      "A pattern that fits no cell",
      meaning: "The levels are there, but no cell has all of them together.",
      example: .spec(
        #"{ "axes": {"size": {"zip": {"width": [8, 16], "epochs": [1, 2]}}}, "exclude": [{"width": 8, "epochs": 2}] }"#
      ),
      mend: "Remove the pattern, or name levels that occur together; a zip pairs them in order."
    ),
    RefusalPage(
      .specConditionNeverHolds,
      "A condition that is never true",
      meaning: "'when' lets an axis vary only where something holds, and it holds in no run.",
      example: .spec(
        #"{ "settings": {"epochs": 5}, "axes": {"dropout": [0, 0.5]}, "when": {"dropout": {"epochs": 10}} }"#
      ),
      mend: "Change the condition, or remove the axis."
    ),
    RefusalPage(
      .specOwnCondition,
      "An axis that depends on itself",
      meaning: "'when' lets an axis vary depending on its own level.",
      example: .spec(#"{ "axes": {"dropout": [0, 0.5]}, "when": {"dropout": {"dropout": 0}} }"#),
      mend: "Let it depend on another axis."
    ),
    RefusalPage(
      .specNoCells,
      "Nothing is left",
      meaning: "'exclude' and 'when' together remove every cell of the grid.",
      example: .spec(#"{ "axes": {"dropout": [0, 0.5]}, "exclude": [{"dropout": [0, 0.5]}] }"#),
      mend: "Exclude less."
    ),
    RefusalPage(
      .specTooManyCells,
      "More cells than can be counted",
      meaning: "The product of the axes does not fit a 64-bit number.",
      example: .spec(
        #"{ "axes": {"dropout": {"from": 0.1, "to": 0.9, "count": 100000}, "weight_decay": {"from": 0.1, "to": 0.9, "count": 100000}, "label_smoothing": {"from": 0.1, "to": 0.9, "count": 100000}, "learning_rate": {"from": 0.1, "to": 0.9, "count": 100000}} }"#
      ),
      mend: "Use fewer levels; 'sample' runs a part of a large grid, and it, too, has to be "
        + "countable."
    ),
    RefusalPage(
      .specDiagramTooLarge,
      "Conditions that are too entangled",
      meaning: "Cells are counted without listing them, and conditions that tie many distant axes "
        + "together make that too large.",
      example: .situation("'exclude' has many entries, each over other axes out of twenty."),
      mend: "Write conditions over fewer axes, or over axes that stand beside each other."
    ),
    RefusalPage(
      .specContradiction,
      "Settings that exclude each other",
      meaning:
        "Each value is allowed, and the trainer cannot have them together; the sentence names a "
        + "cell in which they meet.",
      example: .spec(#"{ "axes": {"dataset": ["digits", "curve"]} }"#),
      mend: "Exclude those cells, or let one setting vary only 'when' the other allows it."
    ),
    RefusalPage(
      .specUnknownPlaceholder,
      "A placeholder without a value",
      meaning: "A word in braces in the command is no setting, no axis and none of the run's own "
        + "names.",
      example: .spec(#"{ "axes": {"lr": [1, 2]}, "command": ["./train", "--lr={lr}", "{sead}"] }"#),
      mend: "Correct the name; a literal brace is written twice."
    ),
    RefusalPage(
      .specPlaceholderOfRun,
      "A worker that asks for a run too early",
      meaning:
        "A worker is started before it gets its first run, so that its command line cannot hold "
        + "what belongs to one run.",
      example: .spec(#"{ "axes": {"lr": [1, 2]}, "worker": ["./train", "--lr={lr}"] }"#),
      mend: "Read it from the JSON lines on standard input; {slot} and {device} may stand in the "
        + "command."
    ),
    RefusalPage(
      .specUnclosedPlaceholder,
      "A brace alone",
      meaning: "A placeholder opens and does not close, or the reverse.",
      example: .spec(#"{ "axes": {"lr": [1, 2]}, "command": ["./train", "{lr}", "}"] }"#),
      mend: "Close it, or write a literal brace twice."
    ),
    RefusalPage(
      .specBadPattern,
      "No regular expression",
      meaning: "The pattern that finds results in a program's output cannot be read.",
      example: .spec(
        #"{ "axes": {"lr": [1, 2]}, "command": ["./train", "{lr}"], "results": {"pattern": "("} }"#
      ),
      mend: "Mend the pattern at what the sentence names; in JSON a backslash is written twice."
    ),
    RefusalPage(
      .specResultsElsewhere,
      "Results outside the run's folder",
      meaning:
        "Two runs at a time would write the same file. Each has a folder of its own for that.",
      example: .spec(
        #"{ "axes": {"lr": [1, 2]}, "command": ["./train", "{lr}"], "results": {"file": "/tmp/metrics.csv"} }"#
      ),
      mend: "Have the program write into {run_dir}, and give the name within it."
    ),
    RefusalPage(
      .specNoMetrics,
      "A question without a metric",
      meaning: "A question asks how a metric changes, and the spec declares none.",
      example: .spec(
        #"{ "axes": {"dropout": [0, 0.5]}, "questions": [{"id": "a", "factor": "dropout", "from": 0, "to": 0.5, "metric": "gap"}] }"#
      ),
      mend: "Declare the metric with its direction and the smallest change that matters."
    ),
    RefusalPage(
      .specUnknownMetric,
      "A metric that is not declared",
      meaning: "The question or rule names a metric that the spec does not have.",
      example: .spec(
        #"{ "axes": {"dropout": [0, 0.5], "tuning": ["full", "head"]}, "metrics": {"gap": {"better": "none", "delta": 0.02}}, "questions": [{"id": "a", "factor": "dropout", "from": 0, "to": 0.5, "metric": "gop"}] }"#
      ),
      mend: "Declare it under 'metrics', or correct the name."
    ),
    RefusalPage(
      .specDuplicateQuestion,
      "Two questions of one id",
      meaning: "Answers belong to the id of a question, and two have the same.",
      example: .spec(
        #"{ "axes": {"dropout": [0, 0.5], "tuning": ["full", "head"]}, "metrics": {"gap": {"better": "none", "delta": 0.02}}, "questions": [{"id": "a", "factor": "dropout", "from": 0, "to": 0.5, "metric": "gap"}, {"id": "a", "factor": "tuning", "from": "full", "to": "head", "metric": "gap"}] }"#
      ),
      mend: "Give each question an id of its own."
    ),
    RefusalPage(
      .specUnknownQuestion,
      "An answer to no question",
      meaning: "The textbook, or a prediction, answers a question that the spec does not ask.",
      example: .spec(
        #"{ "axes": {"dropout": [0, 0.5], "tuning": ["full", "head"]}, "metrics": {"gap": {"better": "none", "delta": 0.02}}, "questions": [{"id": "a", "factor": "dropout", "from": 0, "to": 0.5, "metric": "gap"}], "textbook": [{"question": "b", "direction": "up", "confidence_pct": 60, "premise": "any"}] }"#
      ),
      mend: "Take the id of one of the questions."
    ),
    RefusalPage(
      .specSameLevels,
      "From a level to itself",
      meaning: "A question compares two levels, and these are one.",
      example: .spec(
        #"{ "axes": {"dropout": [0, 0.5], "tuning": ["full", "head"]}, "metrics": {"gap": {"better": "none", "delta": 0.02}}, "questions": [{"id": "a", "factor": "dropout", "from": 0, "to": 0, "metric": "gap"}] }"#
      ),
      mend: "Name two different levels."
    ),
    RefusalPage(
      .specFactorHeld,
      "A question that holds what it varies",
      meaning: "'at' keeps the other axes at a level; the factor itself has to move.",
      example: .spec(
        #"{ "axes": {"dropout": [0, 0.5], "tuning": ["full", "head"]}, "metrics": {"gap": {"better": "none", "delta": 0.02}}, "questions": [{"id": "a", "factor": "dropout", "from": 0, "to": 0.5, "metric": "gap", "at": {"dropout": 0}}] }"#
      ),
      mend: "Remove the factor from 'at'."
    ),
    RefusalPage(
      .specNoCellsFor,
      "A question without cells",
      meaning: "At one of its levels no cell is left under the conditions of 'at', 'exclude' and "
        + "'when'.",
      example: .spec(
        #"{ "axes": {"dropout": [0, 0.5], "tuning": ["full", "head"]}, "exclude": [{"dropout": 0.5, "tuning": "head"}], "metrics": {"gap": {"better": "none", "delta": 0.02}}, "questions": [{"id": "a", "factor": "dropout", "from": 0, "to": 0.5, "metric": "gap", "at": {"tuning": "head"}}] }"#
      ),
      mend: "Ask where both levels have cells, or exclude less."
    ),
    RefusalPage(
      .specDuplicateForecast,
      "Two answers of the textbook to one question",
      meaning: "A source answers each question once.",
      example: .spec(
        #"{ "axes": {"dropout": [0, 0.5], "tuning": ["full", "head"]}, "metrics": {"gap": {"better": "none", "delta": 0.02}}, "questions": [{"id": "a", "factor": "dropout", "from": 0, "to": 0.5, "metric": "gap"}], "textbook": [{"question": "a", "direction": "up", "confidence_pct": 60, "premise": "any"}, {"question": "a", "direction": "down", "confidence_pct": 60, "premise": "any"}] }"#
      ),
      mend: "Remove one of the two."
    ),
  ]
}
