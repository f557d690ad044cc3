/// Why runs cannot be handed to Slurm.
package enum SlurmError: Error, Sendable, Equatable {
  /// A program of Slurm is not in `PATH`.
  case noProgram(String)
  /// An option that the program sets itself.
  case reservedOption(String)
  /// What `sbatch` said.
  case refused(String)
  /// Tasks failed before any run of theirs began; the end of the log of one, and where all of it is.
  case tasksFail(count: Int, lastLines: [String], log: String)
  /// The folder of a task is none that this version reads.
  case noBatch(path: String, task: Int)
  /// The program is not the one that handed the runs in.
  case otherProgram(path: String)
}

extension SlurmError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .noProgram(let name):
      "There is no program '\(name)' in the folders of PATH: this machine is none from which Slurm takes jobs."
    case .reservedOption(let option):
      "The option '\(option)' of Slurm is set by 'sweep' itself. Leave it out; 'slots', 'chunk' and 'requeue' say the same."
    case .refused(let words): "Slurm refused the runs: \(words)"
    case .tasksFail(let count, let lines, let log):
      "\(count) task\(count == 1 ? "" : "s") of Slurm failed before a run began"
        + (lines.isEmpty ? "" : "; the last words: '\(lines.joined(separator: " "))'")
        + ". The log is \(log)."
    case .noBatch(let path, let task):
      "'\(path)' holds no task \(task) that this version of the program can make."
    case .otherProgram(let path):
      "'\(path)' is not the program that handed the runs in; it was replaced."
    }
  }
}
