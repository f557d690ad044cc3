import Notation
import Statistics
import Sweeps
import Training

/// One training in this very process, to see how a set-up behaves.
struct Trial: Sendable {
  /// Final metrics by name; empty where the training diverged.
  let metrics: [String: Double]
  /// Why there are no final metrics, or nil.
  let divergence: String?
  let seconds: Double

  /// Trains.
  ///
  /// - Parameters:
  ///   - settings: Those of a cell.
  ///   - changes: Settings that are different in the trial.
  ///   - seed: The seed of the run.
  ///   - folder: What paths in the settings are relative to.
  ///   - cache: Where trials share decoded pictures, `nil` for nowhere.
  /// - Returns: What came of it.
  /// - Throws: `TrainingError` where the settings cannot be trained with.
  static func run(
    _ settings: JSONObject,
    changing changes: JSONObject = [:],
    seed: Int,
    in folder: String,
    cache: String? = nil
  ) throws -> Trial {
    // The curves would cost more than so short a training.
    let values = settings.merging(["evaluate_every": 0]).merging(changes)
    var metrics: [String: Double] = [:]
    var divergence: String?
    let clock = ContinuousClock()
    let start = clock.now
    try train(try TrainingSettings(values, in: folder), seed: seed, cache: cache) { event in
      switch event {
      case .point, .reliability, .answers: break
      case .final(let values, _): metrics = Dictionary(values.map { ($0.name, $0.value) }) { $1 }
      case .diverged(let epoch, let reason): divergence = "\(reason) in epoch \(epoch)"
      }
    }
    return Trial(
      metrics: metrics,
      divergence: divergence,
      seconds: start.duration(to: clock.now) / .seconds(1)
    )
  }

  /// What says how long or by whom work was done, not what came of it.
  private static let incidental = [
    TrainerMetrics.seconds, TrainerMetrics.sharedFeatures, TrainerMetrics.sharedImages,
  ].map(\.name)

  /// The metrics that training decides.
  var comparable: [String: Double] { metrics.filter { !Trial.incidental.contains($0.key) } }
}

extension Trial {
  /// Kinds of runs that are tried; those beyond are taken to be like the baseline.
  private static let kindLimit = 24
  /// What a process needs before its first step and after its last, in seconds.
  private static let startUp = 0.02
  /// Epochs of the two trials of a kind, whose difference is the time of an epoch.
  private static let epochs = (few: 1, more: 3)

  /// Times short trials of each kind of run, from which whole durations are computed.
  ///
  /// Tries the baseline and each other level with all other axes at their baseline.
  ///
  /// - Parameters:
  ///   - grid: All runs of a spec.
  ///   - folder: What paths in the settings are relative to.
  /// - Returns: The baseline first.
  /// - Throws: `TrainingError` where the baseline cannot be trained.
  static func probe(_ grid: Grid, in folder: String) throws -> [RunCosts.Trial] {
    var trials: [RunCosts.Trial] = []
    for cell in grid.cellsAroundBaseline.prefix(kindLimit) {
      do {
        let seconds = try seconds(of: grid.settings(of: cell), seed: grid.seeds.first ?? 0, folder)
        trials.append(RunCosts.Trial(cell: cell, seconds: seconds))
      } catch  where !trials.isEmpty {
        // A level that does not go with the baseline's others is not planned like this.
        continue
      }
    }
    return trials
  }

  private static func seconds(of settings: JSONObject, seed: Int, _ folder: String) throws -> Double
  {
    let planned = try TrainingSettings(settings, in: folder).epochs
    func seconds(_ epochs: Int) throws -> Double {
      try run(
        settings,
        changing: ["epochs": JSON(epochs)],
        seed: seed,
        in: folder
      ).seconds
    }
    let few = try seconds(epochs.few)
    let more = try seconds(epochs.more)
    let perEpoch = max(0, more - few) / Double(epochs.more - epochs.few)
    return startUp + max(0, few - perEpoch) + perEpoch * Double(planned)
  }
}

extension Grid {
  /// The cell in which every axis is at its first level, and the cells that differ from it in one axis.
  var cellsAroundBaseline: [[Int]] {
    let baseline = axes.map { _ in 0 }
    return [baseline]
      + axes.indices.flatMap { axis in
        axes[axis].levels.indices.dropFirst().map { level in
          var cell = baseline
          cell[axis] = level
          return cell
        }
      }
  }
}
