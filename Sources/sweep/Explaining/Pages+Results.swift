extension RefusalPage {
  /// What is wrong with what is stored.
  static let results: [RefusalPage] = [
    RefusalPage(
      .storeMissing,
      "No results here",
      meaning: "The folder holds no database of results.",
      example: .command("sweep report"),
      mend: "Run something first, or name the folder with --results."
    ),
    RefusalPage(
      .storeNotResults,
      "Not a database of this program",
      meaning: "A file of the database's name is there, and something else wrote it.",
      example: .session(
        ["mkdir results && mv notes.txt results/sweeps.sqlite", "sweep report"],
        files: ["notes.txt": "a list of things to buy\n"]
      ),
      mend: "Move the file away, or use another folder with --results."
    ),
    RefusalPage(
      .storeNewer,
      "A database of a later version",
      meaning:
        "A newer version of the program has written it, and this one does not know its tables.",
      example: .situation("Results that were made on a machine with the next version."),
      mend: "Use that version here, too, or another folder."
    ),
    RefusalPage(
      .storeDamaged,
      "A damaged database",
      meaning: "Its pages contradict each other: a disk failed, or a copy was made while it was "
        + "written.",
      example: .trial(
        "sweep run spec.json --quiet",
        "printf 'a page of noise' | dd of=results/sweeps.sqlite bs=4096 seek=1 conv=notrunc 2> dd.log",
        "sweep report"
      ),
      mend: "Take a backup; or 'sweep doctor --recover NEW-FOLDER' saves what can be read."
    ),
    RefusalPage(
      .storeNotWritable,
      "The folder cannot be written",
      meaning: "This account may not write there, or the volume is mounted for reading only.",
      example: .trial(
        "sweep run spec.json --quiet --results spec.json/results"
      ),
      mend: "Give yourself the right, or use another folder with --results."
    ),
    RefusalPage(
      .storeFull,
      "The disk is full",
      meaning: "There is no room for another result. What was announced is stored.",
      example: .situation("Checkpoints of the runs filled the disk."),
      mend: "Make room, and give the same command again."
    ),
    RefusalPage(
      .storeReplaced,
      "The database was exchanged",
      meaning: "While it was written somebody deleted the file or put another in its place.",
      example: .situation("'rm -r results' while a sweep was running."),
      mend: "Put the file back, or run again."
    ),
    RefusalPage(
      .storeLocked,
      "Another program holds the database",
      meaning: "It waited, and the database stayed locked.",
      example: .situation("An editor for SQLite in the middle of a change."),
      mend: "End that program, and try again."
    ),
    RefusalPage(
      .storeBusy,
      "Another program is opening the folder",
      meaning:
        "Who makes or converts the tables of a results folder has it alone for a moment; this one "
        + "did not come to an end.",
      example: .situation("A start that was suspended (Ctrl-Z, SIGSTOP) in its first moment."),
      mend: "Let that program go on or end it, and try again; 'fuser results' names it."
    ),
    RefusalPage(
      .storeNetwork,
      "A network file system",
      meaning:
        "The database's log needs memory that processes share, which network file systems do "
        + "not give.",
      example: .situation("--results on NFS."),
      mend: "Use a local folder with --results, and copy the results afterwards."
    ),
    RefusalPage(
      .storeUnknownSweep,
      "No sweep of that name",
      meaning: "The folder holds other sweeps than this one.",
      example: .trial(
        "sweep run spec.json --quiet",
        "sweep report regularisation"
      ),
      mend: "Take a name that 'sweep status' lists."
    ),
    RefusalPage(
      .storeUnknownRun,
      "No such run",
      meaning: "No run's id begins with these letters.",
      example: .trial(
        "sweep run spec.json --quiet",
        "sweep show zzzz"
      ),
      mend: "Take an id that 'sweep runs' lists."
    ),
    RefusalPage(
      .storeAmbiguous,
      "More than one fits",
      meaning: "Several ids or names begin with what was given.",
      example: .trial(
        "sweep run spec.json --quiet",
        "sweep show ''"
      ),
      mend: "Give more of its letters."
    ),
    RefusalPage(
      .storeSeveralSweeps,
      "A run of several sweeps",
      meaning: "The run belongs to more than one sweep, as runs are shared where specs overlap.",
      example: .trial(
        "sweep run spec.json --quiet",
        "sweep run spec.json --quiet --as other",
        #"sweep show $(sweep sql 'select run from runs limit 1' --csv | tail -1 | tr -d '\r')"#
      ),
      mend: "Say which is meant with --sweep."
    ),
    RefusalPage(
      .storeBadQuery,
      "SQL that cannot be answered",
      meaning: "SQLite does not understand the question, or it asks for something that is no view.",
      example: .trial(
        "sweep run spec.json --quiet",
        "sweep sql 'select accuracy from run'"
      ),
      mend: "'sweep sql' alone lists the views and their columns."
    ),
    RefusalPage(
      .storeFailed,
      "The database failed",
      meaning:
        "SQLite reports an error for which there is no better word; the sentence has its own.",
      example: .situation("A disk that answers with an error."),
      mend: "'sweep doctor' looks at the machine and the folder."
    ),
    RefusalPage(
      .chainNoSpec,
      "The first line is not the spec",
      meaning: "Every seal refers to the spec in line 1, which is missing or changed.",
      example: .session(
        [
          "sweep predict spec.json --from answers.csv", "sweep run spec.json --quiet",
          "sed -i.bak 1d results/spec/predictions.jsonl", "sweep report",
        ],
        files: ["spec.json": RefusalExample.trial, "answers.csv": "who,x\nana,up\nben,down\n"]
      ),
      mend: "Take the file from a copy; without its first line it proves nothing."
    ),
    RefusalPage(
      .chainUnreadable,
      "A line that says nothing",
      meaning: "The line is neither a prediction nor a look.",
      example: .session(
        [
          "sweep predict spec.json --from answers.csv", "sweep run spec.json --quiet",
          "sed -i.bak '2s/.*/nothing/' results/spec/predictions.jsonl", "sweep report",
        ],
        files: ["spec.json": RefusalExample.trial, "answers.csv": "who,x\nana,up\nben,down\n"]
      ),
      mend: "Take the file from a copy."
    ),
    RefusalPage(
      .chainBrokenLink,
      "Lines were moved or dropped",
      meaning: "Each line holds the digest of the one before, and here it is another's.",
      example: .session(
        [
          "sweep predict spec.json --from answers.csv", "sweep run spec.json --quiet",
          "sed -i.bak 2d results/spec/predictions.jsonl", "sweep report",
        ],
        files: ["spec.json": RefusalExample.trial, "answers.csv": "who,x\nana,up\nben,down\n"]
      ),
      mend: "Take the file from a copy."
    ),
    RefusalPage(
      .chainBrokenSeal,
      "A prediction was changed",
      meaning: "The words of the prediction do not give the digest that was sealed with it.",
      example: .session(
        [
          "sweep predict spec.json --from answers.csv", "sweep run spec.json --quiet",
          "sed -i.bak '2s/up/down/' results/spec/predictions.jsonl", "sweep report",
        ],
        files: ["spec.json": RefusalExample.trial, "answers.csv": "who,x\nana,up\nben,down\n"]
      ),
      mend: "Take the file from a copy; what was changed cannot count."
    ),
    RefusalPage(
      .chainOtherSpec,
      "A seal of another spec",
      meaning: "The prediction was sealed for a spec that is not the one in line 1.",
      example: .situation("Lines of two sweeps in one file."),
      mend: "Take the file from a copy, and import the others with 'sweep predict --from'."
    ),
    RefusalPage(
      .chainHeadNotFound,
      "The end was cut off",
      meaning: "Runs write down how the chain ended when they began, and no line ends so.",
      example: .session(
        [
          "sweep predict spec.json --from answers.csv", "sweep run spec.json --quiet",
          "sed -i.bak '$d' results/spec/predictions.jsonl", "sweep report",
        ],
        files: ["spec.json": RefusalExample.trial, "answers.csv": "who,x\nana,up\nben,down\n"]
      ),
      mend: "Take the file from a copy."
    ),
    RefusalPage(
      .ledgerNoOpening,
      "The first line is missing",
      meaning:
        "The first line says how the series spends its levels; without it no later line can be "
        + "judged.",
      example: .trial(
        "sweep run spec.json --quiet",
        "sweep gate x=1 x=2 --ledger tries || true",
        "sed -i.bak 1d results/gate.tries.jsonl",
        "sweep gate x=1 x=2 --ledger tries"
      ),
      mend: "Take the file from a copy, or begin a ledger of another name."
    ),
    RefusalPage(
      .ledgerUnreadable,
      "A line that says nothing",
      meaning: "The line is neither a candidate nor a look at one.",
      example: .trial(
        "sweep run spec.json --quiet",
        "sweep gate x=1 x=2 --ledger tries || true",
        "sed -i.bak '2s/.*/nothing/' results/gate.tries.jsonl",
        "sweep gate x=1 x=2 --ledger tries"
      ),
      mend: "Take the file from a copy."
    ),
    RefusalPage(
      .ledgerBrokenLink,
      "Lines were moved or dropped",
      meaning: "Each line holds the digest of the one before, and here it is another's.",
      example: .trial(
        "sweep run spec.json --quiet",
        "sweep gate x=1 x=2 --ledger tries || true",
        "sweep gate x=2 x=1 --ledger tries || true",
        "sed -i.bak 2d results/gate.tries.jsonl",
        "sweep gate x=1 x=2 --ledger tries"
      ),
      mend: "Take the file from a copy: what was tried has to stay counted."
    ),
    RefusalPage(
      .predictionsNotWritable,
      "Predictions cannot be written",
      meaning: "The file in the sweep's folder cannot be appended to, for the system's reason.",
      example: .session(
        ["mkdir results && touch results/spec", "sweep predict spec.json --from answers.csv"],
        files: ["spec.json": RefusalExample.trial, "answers.csv": "who,x\nana,up\n"]
      ),
      mend: "Give yourself the right, or use another folder with --results."
    ),
    RefusalPage(
      .predictionsUnreadable,
      "Predictions cannot be read",
      meaning: "The file is there, and the system does not give it.",
      example: .trial(
        "mkdir -p results/spec/predictions.jsonl",
        "sweep predict spec.json --verify"
      ),
      mend: "Give yourself the right to read it."
    ),
    RefusalPage(
      .predictionsTorn,
      "A last line in part",
      meaning: "Writing the last line stopped in the middle. It was never confirmed to anybody.",
      example: .session(
        [
          "sweep predict spec.json --from answers.csv",
          "printf '{' >> results/spec/predictions.jsonl", "sweep predict spec.json --verify",
        ],
        files: ["spec.json": RefusalExample.trial, "answers.csv": "who,x\nana,up\nben,down\n"]
      ),
      mend: "Nothing is lost: the next 'sweep predict' takes the piece away."
    ),
    RefusalPage(
      .predictionsOtherSpec,
      "The spec changed after predictions",
      meaning: "Predictions are sealed together with the spec, and what they are about cannot be "
        + "changed under them.",
      example: .session(
        [
          "sweep predict spec.json --from answers.csv",
          "sweep predict spec.json --from answers.csv --set seeds=3 --round 2",
        ],
        files: ["spec.json": RefusalExample.trial, "answers.csv": "who,x\nana,up\nben,down\n"]
      ),
      mend: "Give the changed spec another name, or use another results folder."
    ),
    RefusalPage(
      .fileNotWritable,
      "A chained file cannot be written",
      meaning: "The system does not let this account append to it.",
      example: .trial(
        "sweep run spec.json --quiet",
        "mkdir results/gate.tries.jsonl",
        "sweep gate x=1 x=2 --ledger tries"
      ),
      mend: "Give yourself the right, or use another folder with --results."
    ),
    RefusalPage(
      .fileUnreadable,
      "A chained file cannot be read",
      meaning: "The file is there, and the system does not give it.",
      example: .situation("A file without the right to read."),
      mend: "Give yourself the right to read it."
    ),
    RefusalPage(
      .fileTorn,
      "A last line in part",
      meaning: "Writing the last line stopped in the middle. It was never confirmed to anybody.",
      example: .situation("The disk was full."),
      mend: "Nothing is lost: whoever appends next takes the piece away."
    ),
    RefusalPage(
      .lockBusy,
      "The sweep is being run",
      meaning:
        "A living process of this machine works on the sweep, and two would do the same runs "
        + "twice.",
      example: .situation("'sweep run' of the same spec in two terminals."),
      mend: "Wait for it, or end it with Ctrl-C; 'sweep status' shows how far it is."
    ),
    RefusalPage(
      .lockElsewhere,
      "The sweep is run by another machine",
      meaning:
        "A process of another machine or container has the sweep, and from here nobody can see "
        + "whether it lives.",
      example: .situation("A container that was killed while it ran the sweep."),
      mend: "Where you know that it has ended, add --take-over."
    ),
  ]
}
