extension RefusalPage {
  /// What is wrong with programs and machines.
  static let programs: [RefusalPage] = [
    RefusalPage(
      .machineShortage,
      "The machine starts no more programs",
      meaning:
        "Memory, processes or open files are used up. Results that were announced are stored.",
      example: .situation("More runs at a time than the machine has memory for."),
      mend: "End something else or give fewer --jobs, and run again."
    ),
    RefusalPage(
      .trainingUnknownSetting,
      "The trainer has no such setting",
      meaning: "The file of settings has a name that is not in the trainer's table.",
      example: .session(
        ["sweep train --settings settings.json"],
        files: ["settings.json": #"{ "leraning_rate": 0.1 }"#]
      ),
      mend: "Take the name that is proposed; 'sweep settings' lists all."
    ),
    RefusalPage(
      .trainingWrongValue,
      "A value that a setting cannot have",
      meaning: "It is of the wrong kind, or outside its bounds.",
      example: .session(
        ["sweep train --settings settings.json"],
        files: ["settings.json": #"{ "dropout": 1 }"#]
      ),
      mend: "Write what the sentence says it can be."
    ),
    RefusalPage(
      .trainingContradiction,
      "Settings that exclude each other",
      meaning: "Each is allowed, and they cannot be had together, or not with this data set.",
      example: .session(
        ["sweep train --settings settings.json"],
        files: ["settings.json": #"{ "dataset": "curve", "augmentation": "light" }"#]
      ),
      mend: "Change one of the two that the sentence names."
    ),
    RefusalPage(
      .trainingMissingFile,
      "A file or folder is not there",
      meaning: "The settings name data or weights that do not exist.",
      example: .session(
        ["sweep train --settings settings.json"],
        files: ["settings.json": #"{ "dataset": {"folder": "photos"} }"#]
      ),
      mend: "Check the path."
    ),
    RefusalPage(
      .trainingUnreadableFile,
      "Data that cannot be read",
      meaning: "The file is there and damaged, of an unknown format, or not for this account.",
      example: .session(
        [
          "mkdir -p photos/cats photos/dogs && cp half.png photos/cats/ && cp half.png photos/dogs/",
          "sweep train --settings settings.json",
        ],
        files: [
          "settings.json": #"{ "dataset": {"folder": "photos"} }"#, "half.png": "no picture\n",
        ]
      ),
      mend: "Replace or remove the file that the sentence names."
    ),
    RefusalPage(
      .trainingMissingBody,
      "Weights that are not there",
      meaning: "A body with a name is a file of weights that is made once, and nobody has made it "
        + "here.",
      example: .situation(#""body": "lite0" on a fresh machine."#),
      mend: "Make it as the sentence says, or put the file beside the program."
    ),
    RefusalPage(
      .trainingBodyMismatch,
      "Weights that do not fit",
      meaning: "The tensors of the file have other names or shapes than the network.",
      example: .session(
        [
          "sweep train --settings narrow.json --save-body body.safetensors",
          "sweep train --settings wide.json",
        ],
        files: [
          "narrow.json": #"{ "dataset": "digits", "train_size": 100, "epochs": 1, "width": 4 }"#,
          "wide.json":
            #"{ "dataset": "digits", "train_size": 100, "epochs": 1, "width": 8, "body": "body.safetensors" }"#,
        ]
      ),
      mend: "Use the description of layers that the weights were made with."
    ),
    RefusalPage(
      .trainingTooFewImages,
      "More images than there are",
      meaning: "'train_size' asks for more training images than the data set has.",
      example: .session(
        ["sweep train --settings settings.json"],
        files: ["settings.json": #"{ "dataset": "digits", "train_size": 50000 }"#]
      ),
      mend: "Give at most the number in the sentence."
    ),
    RefusalPage(
      .trainingEmptyClass,
      "A class without images",
      meaning: "A class of the data set has no training image, so that it cannot be learnt.",
      example: .situation("A folder that is empty."),
      mend: "Put images into it, or remove the folder."
    ),
    RefusalPage(
      .launchNoProgram,
      "No such program",
      meaning: "The first word of the command is neither a file nor in the folders of PATH.",
      example: .command(
        "sweep run spec.json --quiet",
        spec: #"{ "axes": {"x": [1, 2]}, "command": ["no-such-program", "{x}"] }"#
      ),
      mend: "Install it, or write its path; './name' is in the folder of the spec."
    ),
    RefusalPage(
      .launchNotExecutable,
      "Not executable",
      meaning: "The file is there, and the system may not start it.",
      example: .session(
        ["sweep run spec.json --quiet"],
        files: [
          "spec.json": #"{ "axes": {"x": [1, 2]}, "command": ["./train.sh", "{x}"] }"#,
          "train.sh": "#!/bin/sh\n",
        ]
      ),
      mend: "chmod +x FILE, or name its interpreter first, as in [\"python3\", \"train.py\"]."
    ),
    RefusalPage(
      .templateUnpairedBrace,
      "A brace alone",
      meaning: "A placeholder opens and does not close, or the reverse.",
      example: .situation("A command with '{seed'."),
      mend: "Close it, or write a literal brace twice."
    ),
    RefusalPage(
      .templateUnknownPlaceholder,
      "A placeholder without a value",
      meaning: "The word in braces is no setting and none of the run's own names.",
      example: .situation("A command with '{sead}'."),
      mend: "Correct the name."
    ),
    RefusalPage(
      .devicesNone,
      "No device was found",
      meaning:
        "\"auto\" asks the allocation's variables and the makers' tools, and none of them names a "
        + "card.",
      example: .trial(
        "sweep run spec.json --quiet --devices auto"
      ),
      mend: "List them with --devices 0,1, or leave 'devices' out."
    ),
    RefusalPage(
      .devicesTooFew,
      "More runs than devices",
      meaning: "So many runs at a time do not fit on the cards.",
      example: .trial(
        "sweep run spec.json --quiet --jobs 8 --devices 0,1"
      ),
      mend: "Give fewer --jobs, or raise 'perDevice' to let runs share a card."
    ),
    RefusalPage(
      .slurmNoProgram,
      "Slurm is not here",
      meaning:
        "'sbatch' and its like are not in PATH: this is no machine from which jobs are handed "
        + "in.",
      example: .situation("--executor slurm on a laptop."),
      mend: "Log in to the cluster's head node."
    ),
    RefusalPage(
      .slurmReservedOption,
      "An option that the program sets",
      meaning: "The program gives this option itself, and two would contradict each other.",
      example: .trial(
        "sweep run spec.json --quiet --executor slurm --slurm=--array=1-4"
      ),
      mend: "Use 'slots', 'chunk' or 'requeue' in its place."
    ),
    RefusalPage(
      .slurmRefused,
      "Slurm refused",
      meaning: "'sbatch' did not take the jobs, in its own words.",
      example: .situation("A partition that does not exist."),
      mend: "Mend what Slurm names under 'executor'."
    ),
    RefusalPage(
      .slurmTasksFail,
      "Tasks end before they begin",
      meaning:
        "Jobs start on their nodes and fail before any run, so that handing in more is of no "
        + "use.",
      example: .situation("The results folder is not on a file system that nodes share."),
      mend: "Read the log that the sentence names."
    ),
    RefusalPage(
      .slurmNoBatch,
      "No such task",
      meaning: "The folder of the batch holds no task of this number, or one of another version.",
      example: .trial(
        "SLURM_ARRAY_TASK_ID=1 sweep task --batch batch"
      ),
      mend: "Run the sweep again with the same spec."
    ),
    RefusalPage(
      .slurmOtherProgram,
      "The program was replaced",
      meaning: "A task found another program than the one that handed it in, and would make other "
        + "runs.",
      example: .situation("The program was updated while jobs waited."),
      mend: "Cancel, and run again with the new one."
    ),
    RefusalPage(
      .outputFile,
      "A file cannot be written",
      meaning: "What was to be written to '-o' or its like did not fit or is not allowed there.",
      example: .trial(
        "sweep run spec.json --quiet",
        "sweep report -o nowhere/report.md"
      ),
      mend: "Name a folder that exists and that you may write to."
    ),
    RefusalPage(
      .outputStandard,
      "Standard output cannot be written",
      meaning: "The program's output goes to a file or a device that takes no more.",
      example: .trial(
        "sweep run spec.json --quiet",
        "sweep report > /dev/full"
      ),
      mend: "Make room, or send it elsewhere."
    ),
  ]
}
