package import Sweeps
import Training

/// The built-in trainer as plain values, which is all that the domain knows of it.
package let builtInTrainer = Trainer(
  version: trainerVersion,
  settings: TrainingSettings.table,
  metrics: TrainerMetrics.all,
  dataSettings: ["dataset", "body"],
  dataDigest: { try dataDigest(of: $0, in: $1) },
  contradiction: { settings in
    do {
      _ = try TrainingSettings(settings)
      return nil
    } catch {
      return "\(error)"
    }
  },
  faultOfKeeping: { settings, files in
    (try? TrainingSettings(settings))?.faultOfKeeping(
      weights: files.contains(.weights),
      probabilities: files.contains(.probabilities)
    )
  },
  sharesFeatures: { settings in
    guard let settings = try? TrainingSettings(settings) else { return false }
    return settings.phases.contains { $0.bodyIsFrozen && $0.normsAreFrozen }
  }
)
