import Foundation

/// The programs of Slurm, called without a shell and each for a limited time.
package struct SlurmCalls: Sendable {
  /// Seconds after which a call is given up: a controller that is busy answers late.
  static let patience = 60.0

  private let environment: [String: String]

  /// - Parameter inherited: This process's environment.
  package init(_ inherited: [String: String] = ProcessInfo.processInfo.environment) {
    environment = Submission.environment(inherited)
  }

  /// Whether a program of Slurm is in `PATH`.
  package func hasProgram(_ name: String) -> Bool {
    (environment["PATH"] ?? "").split(separator: ":").contains {
      access("\($0)/\(name)", X_OK) == 0
    }
  }

  package func submit(_ submission: Submission) async -> ProgramAnswer {
    await call(submission.words)
  }

  /// What Slurm says of batches by their names; nil where it did not answer.
  ///
  /// An unknown name is no error to `squeue`, so that every failure is one of the call.
  package func queue(_ names: [String]) async -> QueueAnswer? {
    let words = ["squeue", "-h", "-t", "all", "-n", names.joined(separator: ","), "-o"]
    let answer = await call(words + [QueueAnswer.format])
    return answer.isGood ? QueueAnswer(answer.output) : nil
  }

  /// Cancels jobs by their numbers: by name Slurm would forget which of their tasks waited.
  package func cancel(_ jobs: [String], onlyPending: Bool = false) async -> ProgramAnswer {
    await call(["scancel"] + (onlyPending ? ["--state=PENDING"] : []) + jobs)
  }

  /// The greatest number of tasks of an array; nil where the controller did not say.
  package func arrayLimit() async -> Int? {
    let answer = await call(["scontrol", "show", "config"])
    for line in answer.output.split(whereSeparator: \.isNewline)
    where line.hasPrefix("MaxArraySize") {
      return line.split(separator: "=").last
        .flatMap { Int($0.trimmingCharacters(in: .whitespaces)) }
        .flatMap { $0 > 0 ? $0 : nil }
    }
    return nil
  }

  private func call(_ words: [String]) async -> ProgramAnswer {
    await ProgramAnswer.asked(words, environment: environment, patience: Self.patience)
  }
}
