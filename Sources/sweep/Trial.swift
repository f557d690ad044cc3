import Execution
import Notation
import Storage
import Laboratory
import Sweeps
import Foundation
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
  /// - Throws: `TrainingError` where the settings cannot be trained with.
  init(_ settings: JSONObject, changing changes: JSONObject = [:], seed: Int) throws {
    // The curves would cost more than so short a training.
    let values = settings.merging(["evaluate_every": 0]).merging(changes)
    var metrics: [String: Double] = [:]
    var divergence: String?
    let clock = ContinuousClock()
    let start = clock.now
    try train(try TrainingSettings(values), seed: seed) { event in
      switch event {
      case .point, .reliability: break
      case .final(let values, _): metrics = Dictionary(values.map { ($0.name, $0.value) }) { $1 }
      case .diverged(let epoch, let reason): divergence = "\(reason) in epoch \(epoch)"
      }
    }
    self.metrics = metrics
    self.divergence = divergence
    seconds = start.duration(to: clock.now) / .seconds(1)
  }

  /// The metrics that training decides, without what a clock measured.
  var comparable: [String: Double] { metrics.filter { $0.key != "seconds" } }
}
