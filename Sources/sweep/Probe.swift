import Execution
import Notation
import Storage
import Laboratory
import Sweeps
import Training

/// Short trials of each kind of run, from which whole durations are computed.
struct Probe {
  /// Kinds of runs that are tried; those beyond are taken to be like the baseline.
  private static let kindLimit = 24
  /// What a process needs before its first step and after its last, in seconds.
  private static let startUp = 0.02
  /// Epochs of the two trials of a kind, whose difference is the time of an epoch.
  private static let epochs = (few: 1, more: 3)

  let trials: [RunCosts.Trial]

  /// Tries the baseline and each other level with all other axes at their baseline.
  ///
  /// - Throws: `TrainingError` where the baseline cannot be trained.
  init(_ grid: Grid) throws {
    let baseline = grid.axes.map { _ in 0 }
    var cells = [baseline]
    for (axis, levels) in grid.axes.enumerated() {
      for level in levels.levels.indices.dropFirst() {
        var cell = baseline
        cell[axis] = level
        cells.append(cell)
      }
    }
    let seed = grid.seeds.first ?? 0
    var trials: [RunCosts.Trial] = []
    for cell in cells.prefix(Probe.kindLimit) {
      do {
        let seconds = try Probe.seconds(of: grid.settings(of: cell), seed: seed)
        trials.append(RunCosts.Trial(cell: cell, seconds: seconds))
      } catch  where !trials.isEmpty {
        // A level that does not go with the baseline's others is not planned like this.
        continue
      }
    }
    self.trials = trials
  }

  private static func seconds(of settings: JSONObject, seed: Int) throws -> Double {
    let planned = try TrainingSettings(settings).epochs
    func trial(_ epochs: Int) throws -> Double {
      try Trial(settings, changing: ["epochs": .number(JSONNumber(epochs))], seed: seed).seconds
    }
    let few = try trial(epochs.few)
    let more = try trial(epochs.more)
    let perEpoch = max(0, more - few) / Double(epochs.more - epochs.few)
    return startUp + max(0, few - perEpoch) + perEpoch * Double(planned)
  }
}
