/// How many runs one task of a cluster makes.
package enum ChunkSize {
  /// What a task shall take, of which starting it is then a small part.
  package static let seconds = 300.0
  /// Runs of a task where nobody is there to learn from the first ones.
  package static let unattended = 50

  /// The size of a chunk.
  ///
  /// - Parameters:
  ///   - runs: How many wait.
  ///   - slots: Tasks at a time.
  ///   - median: Seconds of a run; nil where none has ended.
  ///   - atOnce: Runs that a task makes at a time.
  ///   - isUnattended: Whether nobody will be there when the first have ended.
  /// - Returns: At least 1, and so few that every slot gets four tasks where there are enough; where nothing is known
  ///   of the runs, 1: the first ones are the measure of the others.
  package static func automatic(
    runs: Int,
    slots: Int,
    median: Double?,
    atOnce: Int,
    isUnattended: Bool = false
  ) -> Int {
    let fair = max(1, (runs + 4 * slots - 1) / (4 * slots))
    guard let median else { return isUnattended ? min(fair, unattended) : 1 }
    let wanted = (seconds * Double(max(1, atOnce)) / max(median, 0.001)).rounded(.up)
    return max(1, min(fair, Int(min(wanted, 1e6))))
  }
}
