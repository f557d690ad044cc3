/// The version of the trainer's arithmetic, raised by hand when its bits change; part of every run's identity.
package let trainerVersion = 4

/// Trains a network and tells how it went.
///
/// - Parameters:
///   - settings: What to train, on what and how.
///   - seed: The seed of every random stream of the run.
///   - cache: A folder through which runs share decoded data and features, `nil` for none; it never changes a
///     result.
///   - report: Receives the points of the curves as they are measured, then the results.
/// - Returns: The session at its end, whose `body` can be kept.
/// - Throws: `TrainingError` before any training where data or weights cannot be used; what `report` throws.
@discardableResult
package func train(
  _ settings: TrainingSettings,
  seed: Int,
  cache: String? = nil,
  report: (TrainingEvent) throws -> Void
) throws -> TrainingSession {
  let session = try TrainingSession(settings, seed: seed, cache: cache)
  try session.run(report: report)
  return session
}
