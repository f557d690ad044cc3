/// What `squeue` says of the tasks of some batches.
///
/// ```
/// sweep-dose-1f2e|4711|0|RUNNING|n1|None
/// sweep-dose-1f2e|4711|3-63%16|PENDING||Resources
/// ```
package struct QueueAnswer: Sendable, Equatable {
  /// The format that ``init(_:)`` reads: text, for the JSON of Slurm differs from version to version.
  package static let format = "%j|%F|%K|%T|%N|%r"

  /// Tasks that one line tells of.
  package struct Line: Sendable, Equatable {
    package let name: String
    package let job: String
    package let tasks: [Int]
    package let state: String
    /// The node or the nodes; empty where there is none.
    package let node: String
    /// Why it waits, in Slurm's own word.
    package let reason: String

    /// Whether a task in this state may still run: every state is one that is not known for an end.
    package var isAlive: Bool { !TaskEnd.states.contains(state) }
  }

  package let lines: [Line]

  /// Reads an answer; lines of another form say nothing.
  package init(_ text: some StringProtocol) {
    var believed = TaskIndices.limit
    lines = Substring(text).split(whereSeparator: \.isNewline).compactMap { line -> Line? in
      let fields = line.split(separator: "|", maxSplits: 5, omittingEmptySubsequences: false)
      guard fields.count == 6, !fields[0].isEmpty, !fields[3].isEmpty,
        !fields[1].isEmpty, fields[1].utf8.allSatisfy({ $0 >= 48 && $0 <= 57 })
      else { return nil }
      // A state may have more words, as in "CANCELLED by 0".
      let state = fields[3].prefix { $0.isLetter || $0 == "_" }
      let tasks = TaskIndices(fields[2], limit: believed).indices
      believed -= tasks.count
      return Line(
        name: String(fields[0]),
        job: String(fields[1]),
        tasks: tasks,
        state: String(state),
        node: fields[4].hasPrefix("(") ? "" : String(fields[4]),
        reason: fields[5].withoutBlanks()
      )
    }
  }

  /// The lines of a batch.
  package func lines(of name: String) -> [Line] { lines.filter { $0.name == name } }
}

/// The ends that Slurm knows for a task, and what they mean to a run that was under way.
package enum TaskEnd {
  /// The states of an end; one that is missing here is taken for life.
  ///
  /// Reference: squeue(1), "JOB STATE CODES".
  static let states: Set = [
    "BOOT_FAIL", "CANCELLED", "COMPLETED", "DEADLINE", "FAILED", "NODE_FAIL", "OUT_OF_MEMORY",
    "PREEMPTED", "REVOKED", "TIMEOUT",
  ]

  /// Whether Slurm says in a task's log that it took more memory than it was given.
  ///
  /// Without cgroups Slurm ends such a task as one that failed, and only its log says why.
  package static func isLossOfMemory(_ log: [String]) -> Bool {
    log.contains { line in
      line.contains("slurmstepd")
        && ["exceeded memory limit", "oom-kill event", "oom_kill event"].contains(
          where: line.contains
        )
    }
  }

  /// Why a run has no end, in a sentence without its full stop.
  ///
  /// - Parameters:
  ///   - state: The last one that Slurm told of the task; nil where it has forgotten it.
  ///   - node: Where it was.
  /// - Returns: What the attempt is told to have come to.
  package static func sentence(_ state: String?, node: String) -> String {
    let place = node.isEmpty ? "its node" : "node \(node)"
    return switch state {
    case "NODE_FAIL", "BOOT_FAIL": "\(place) failed"
    case "PREEMPTED": "its task was preempted"
    case "CANCELLED": "somebody cancelled its task"
    case "TIMEOUT", "DEADLINE": "its task came to the time limit of its job"
    case "OUT_OF_MEMORY": "its task ran out of memory on \(place)"
    case "FAILED": "its task failed on \(place)"
    case "COMPLETED": "its task ended without it"
    case let state?: "its task ended on \(place) (\(state))"
    case nil: "its task is gone from Slurm's queue"
    }
  }
}

extension Substring {
  /// The text without blanks around it.
  fileprivate func withoutBlanks() -> String {
    var text = self
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
