import Foundation
import Storage
package import Sweeps
package import Training

extension Laboratory {
  /// The network of a run, and nothing of its results.
  ///
  /// - Parameters:
  ///   - text: The id of the run or the beginning of it.
  ///   - name: The sweep that it is of, or the beginning of its name; nil where only one has it.
  /// - Returns: The run, the settings it was made with, and its network.
  /// - Throws: `StoreError`, `TrainingError` where the data are not there any more, or
  ///   ``LaboratoryError/noNetwork(run:)``.
  package func network(
    ofRun text: String,
    in name: String? = nil
  ) throws -> (run: Run, settings: TrainingSettings, outline: NetworkOutline) {
    let history = try history(ofRun: text, in: name, .respectingPredictions).value
    let run = history.attempts[0].run
    guard history.provenance.command == nil, history.provenance.worker == nil else {
      throw LaboratoryError.noNetwork(run: run.id)
    }
    let folder = URL(fileURLWithPath: history.sweep.file).deletingLastPathComponent().path
    let settings = try TrainingSettings(run.settings, in: folder)
    return (run, settings, try TrainingSession(settings, seed: run.seed).outline)
  }
}
