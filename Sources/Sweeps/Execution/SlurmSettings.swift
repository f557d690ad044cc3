package import Notation

/// How a sweep's runs are handed to Slurm.
package struct SlurmSettings: Sendable, Equatable {
  /// Tasks at a time where nothing is said.
  package static let usualSlots = 16

  /// What `sbatch` is told besides, an argument each; no shell sees them.
  package var options: [String]
  /// Tasks at a time.
  package var slots: Int
  /// Runs of a task; nil for as many as take five minutes.
  package var chunk: Int?
  /// A folder that all nodes see at the same path; nil for the results folder.
  package var shared: String?
  /// Whether Slurm puts a task that was preempted, or whose node failed, back into its queue.
  package var requeue: Bool
  /// Attempts at a run that may begin and be lost before it counts as failed.
  package var attempts: Int

  package init(
    options: [String] = [],
    slots: Int = SlurmSettings.usualSlots,
    chunk: Int? = nil,
    shared: String? = nil,
    requeue: Bool = true,
    attempts: Int = 3
  ) {
    self.options = options
    self.slots = slots
    self.chunk = chunk
    self.shared = shared
    self.requeue = requeue
    self.attempts = attempts
  }

  /// Reads what ``json`` wrote; nil where it is something else.
  package init?(_ json: JSON) {
    guard let object = json.object, let slots = object["slots"]?.integer, slots > 0,
      case .array(let options)? = object["options"],
      case .boolean(let requeue)? = object["requeue"],
      let attempts = object["attempts"]?.integer, attempts > 0
    else { return nil }
    self.init(
      options: options.compactMap(\.string),
      slots: slots,
      chunk: object["chunk"]?.integer.map { max(1, $0) },
      shared: object["shared"]?.string,
      requeue: requeue,
      attempts: attempts
    )
  }

  package var json: JSON {
    [
      "options": JSON(options), "slots": JSON(slots), "chunk": JSON(chunk), "shared": JSON(shared),
      "requeue": .boolean(requeue), "attempts": JSON(attempts),
    ]
  }
}
