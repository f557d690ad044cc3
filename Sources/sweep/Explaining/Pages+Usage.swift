extension RefusalPage {
  /// What is wrong with a command line.
  static let usage: [RefusalPage] = [
    RefusalPage(
      .usageUnknownOption,
      "No such option",
      meaning: "The command has no option of this name.",
      example: .command("sweep report --formt html"),
      mend: "Take the name that is proposed; --help after the command lists all."
    ),
    RefusalPage(
      .usageMissingValue,
      "An option without its value",
      meaning: "The option takes a value, and the line ends or goes on with another option.",
      example: .command("sweep report --format"),
      mend: "Write the value behind it."
    ),
    RefusalPage(
      .usageUnexpectedValue,
      "A flag with a value",
      meaning: "The flag is there or not there, and takes no value.",
      example: .command("sweep report --brief=yes"),
      mend: "Leave out '=' and what follows."
    ),
    RefusalPage(
      .usageExtraWord,
      "A word too many",
      meaning: "The command takes fewer words than there are, or there is no command of this name.",
      example: .command("sweep report one two"),
      mend:
        "Leave it out, or put a name with blanks into quotes; 'sweep --help' lists the commands."
    ),
    RefusalPage(
      .usageBadValue,
      "A value that cannot stand there",
      meaning:
        "The word is of another kind than the option takes, or none of those that there are.",
      example: .command("sweep report --format pdf"),
      mend: "Take one of those in the sentence."
    ),
    RefusalPage(
      .usageOutOfBounds,
      "A number that means nothing here",
      meaning: "The number is outside of what can be done, such as no runs at a time.",
      example: .command("sweep run spec.json --jobs 0"),
      mend: "Take a number within the bounds that the sentence names."
    ),
    RefusalPage(
      .usageExclusive,
      "What cannot be had together",
      meaning: "Two options contradict each other, or one means nothing beside the other.",
      example: .command("sweep sql --csv --json"),
      mend: "Leave one of them out."
    ),
    RefusalPage(
      .usageMissing,
      "Something is missing",
      meaning: "The command needs a word, a file or an option without which it means nothing.",
      example: .command("sweep run"),
      mend: "Add what the sentence names."
    ),
    RefusalPage(
      .usageUnreadableFile,
      "A file that cannot be read",
      meaning: "It is not there, not for this account, or does not hold what is read from it.",
      example: .command("sweep effects runs.csv --from wandb"),
      mend: "Check the path, and that the file is what the command reads."
    ),
    RefusalPage(
      .usageUnwritableFile,
      "A run's file that cannot be written",
      meaning: "What a run was to leave in its folder did not fit or is not allowed there.",
      example: .session(
        ["SWEEP_KEEP=weights SWEEP_RUN_DIR=/dev/null sweep train --settings settings.json"],
        files: ["settings.json": #"{ "dataset": "digits", "train_size": 100, "epochs": 1 }"#]
      ),
      mend: "Make room, or name a folder that exists and that you may write to."
    ),
    RefusalPage(
      .usageFileExists,
      "The file is there already",
      meaning: "The command would write over a file that somebody may still want.",
      example: .session(["sweep init new.json", "sweep init new.json"], files: [:]),
      mend: "Take another name, or add --force."
    ),
    RefusalPage(
      .usageEnvironment,
      "A variable that says nothing",
      meaning: "A variable of the environment, by which runs are told things, has no such value.",
      example: .command("SWEEP_SEED=first sweep train --trace"),
      mend: "Set it as the sentence says, or unset it."
    ),
    RefusalPage(
      .usageUnconfirmed,
      "Nobody to say yes",
      meaning: "So much is done only after a question, and there is no terminal to ask it.",
      example: .trial("sweep run spec.json --cap 1 < /dev/null"),
      mend: "Add --yes where you mean it."
    ),
  ]
}
