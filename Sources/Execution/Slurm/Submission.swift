package import Sweeps

/// One call of `sbatch`: an array of tasks.
package struct Submission: Sendable, Equatable {
  /// The job's name, which no other has.
  package let name: String
  package let folder: String
  package let tasks: Int
  /// Tasks of this array at a time.
  package let throttle: Int
  /// Processors of one run.
  package let cores: Int
  /// The job after whose end it begins; nil for at once.
  package let predecessor: String?
  package let settings: SlurmSettings

  package init(
    name: String,
    folder: String,
    tasks: Int,
    throttle: Int,
    cores: Int,
    predecessor: String? = nil,
    settings: SlurmSettings
  ) {
    self.name = name
    self.folder = folder
    self.tasks = tasks
    self.throttle = throttle
    self.cores = cores
    self.predecessor = predecessor
    self.settings = settings
  }

  /// Seconds before the time limit of a task at which it begins no further run.
  static let warning = 60

  /// The words of the call: what the user says comes last, and no shell sees it.
  package var words: [String] {
    var words = [
      "sbatch", "--parsable", "--job-name=\(name)", "--array=0-\(tasks - 1)%\(throttle)",
      settings.requeue ? "--requeue" : "--no-requeue", "--open-mode=append",
      "--output=\(folder)/logs/%A_%a.log", "--chdir=\(folder)",
      "--signal=B:USR1@\(Self.warning)",
    ]
    if let predecessor { words.append("--dependency=afterany:\(predecessor)") }
    let hasCores = settings.options.contains {
      $0 == "-c" || $0.hasPrefix("-c") || $0.hasPrefix("--cpus-per-task")
    }
    if cores > 1, !hasCores { words.append("--cpus-per-task=\(cores)") }
    return words + settings.options + ["\(folder)/task.sh"]
  }

  /// Options that are the program's own.
  private static let reserved = [
    "--array", "-a", "--job-name", "-J", "--wrap", "--wait", "-W", "--parsable", "--test-only",
    "--requeue", "--no-requeue", "--output", "-o", "--open-mode",
  ]

  /// The first option that would change what the program says itself; nil where there is none.
  package static func conflict(in options: [String]) -> String? {
    options.first { option in
      let key = String(option.prefix { $0 != "=" })
      return reserved.contains(key)
        || reserved.contains { $0.count == 2 && option.hasPrefix($0) && !option.hasPrefix("--") }
    }
  }

  /// Processors of a task that options ask for, the last of them where several do; nil where none does.
  package static func processors(in options: [String]) -> Int? {
    var count: Int?
    for (place, option) in options.enumerated() {
      let next = options.dropFirst(place + 1).first ?? ""
      switch option {
      case "-c", "--cpus-per-task": count = Int(next) ?? count
      case _ where option.hasPrefix("--cpus-per-task="):
        count = Int(option.dropFirst("--cpus-per-task=".count)) ?? count
      case _ where option.hasPrefix("-c"): count = Int(option.dropFirst(2)) ?? count
      default: break
      }
    }
    return count.flatMap { $0 > 0 ? $0 : nil }
  }

  /// The script of a task: it says in one sentence where a node cannot run the program.
  ///
  /// - Parameter program: The program's file, as every node sees it.
  /// - Returns: The text of the script.
  package func script(program: String) -> String {
    """
    #!/bin/sh
    program=\(Self.quoted(program))
    if ! said=$("$program" --version 2>&1); then
      echo "sweep: node $(uname -n) cannot run '$program': $said" >&2
      exit 69
    fi
    exec "$program" task --batch \(Self.quoted(folder))

    """
  }

  private static func quoted(_ word: String) -> String {
    "'" + word.replacing("'", with: "'\\''") + "'"
  }

  /// The number of the job that `sbatch --parsable` prints, before the name of its cluster; nil where it is none.
  package static func job(in answer: String) -> String? {
    let line = answer.split(whereSeparator: \.isNewline).last ?? ""
    let job = line.prefix { $0 != ";" }
    guard !job.isEmpty, job.count < 20, job.utf8.allSatisfy({ $0 >= 48 && $0 <= 57 }) else {
      return nil
    }
    return String(job)
  }

  /// Whether what `sbatch` said may be different the next time.
  package static func isTransient(_ words: String) -> Bool {
    let signs = [
      "timed out", "contact slurm", "onnection", "Zero Bytes", "temporarily", "QOSMax",
      "MaxSubmit", "job submit limit", "limit exceeded", "try again", "credential",
    ]
    return words.isEmpty || signs.contains { words.contains($0) }
  }

  /// The environment without what an allocation around this process would tell `sbatch` and `squeue`.
  package static func environment(_ inherited: [String: String]) -> [String: String] {
    let foreign = ["SLURM_", "SBATCH_", "SQUEUE_", "SCANCEL_", "SALLOC_", "SRUN_", "SWEEP_"]
    var environment = inherited.filter { name, _ in
      name == "SLURM_CONF" || !foreign.contains { name.hasPrefix($0) }
    }
    // Without it lists of tasks are cut.
    environment["SLURM_BITSTR_LEN"] = "0"
    return environment
  }

  /// Words as a shell would split them, quotes included, without doing anything else that a shell does.
  package static func options(in text: String) -> [String] {
    var words: [String] = []
    var word: String?
    var quote: Character?
    for character in text {
      if let open = quote {
        if character == open { quote = nil } else { word = (word ?? "") + String(character) }
      } else if character == "'" || character == "\"" {
        quote = character
        word = word ?? ""
      } else if character.isWhitespace {
        if let done = word { words.append(done) }
        word = nil
      } else {
        word = (word ?? "") + String(character)
      }
    }
    return words + (word.map { [$0] } ?? [])
  }
}
