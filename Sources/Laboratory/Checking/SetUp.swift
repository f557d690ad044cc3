import Notation
import Sweeps
import Training

/// A spec's baseline and its neighbours, tried out in this process.
struct SetUp: Sendable {
  /// Epochs of a trial that only has to differ from another.
  static let fewEpochs = 2

  let spec: Spec
  let grid: Grid
  /// The settings of the cell in which every axis is at its first level.
  let settings: JSONObject
  let seed: Int
  let dataset: Dataset
  /// A short trial and a whole run of the baseline.
  let short: Trial
  let whole: Trial
  /// Where trials share decoded pictures.
  let cache: String

  /// Runs the baseline.
  ///
  /// - Parameters:
  ///   - spec: What is to be tried.
  ///   - grid: All its runs.
  ///   - cache: A folder in which trials share decoded pictures.
  /// - Returns: What the checks look at.
  /// - Throws: `TrainingError` where it cannot be trained.
  static func trying(_ spec: Spec, _ grid: Grid, cache: String) throws -> SetUp {
    let settings = grid.settings(of: grid.axes.map { _ in 0 })
    let seed = grid.seeds.first ?? 0
    func trial(_ changes: JSONObject) throws -> Trial {
      try Trial.run(settings, changing: changes, seed: seed, in: spec.directory, cache: cache)
    }
    return SetUp(
      spec: spec,
      grid: grid,
      settings: settings,
      seed: seed,
      dataset: try Dataset.load(
        try TrainingSettings(settings, in: spec.directory).dataset,
        cache: SharedFolder(path: cache)
      ),
      short: try trial(brief(settings)),
      whole: try trial([:]),
      cache: cache
    )
  }

  /// Trains with other settings, or another seed.
  func trial(
    _ settings: JSONObject,
    changing changes: JSONObject = [:],
    seed: Int? = nil
  ) throws -> Trial {
    try Trial.run(
      settings,
      changing: changes,
      seed: seed ?? self.seed,
      in: spec.directory,
      cache: cache
    )
  }

  /// The settings of a trial that only has to differ: few epochs, unless the run has fewer.
  static func brief(_ settings: JSONObject) -> JSONObject {
    let planned = settings["epochs"]?.integer ?? .max
    return ["epochs": JSON(min(planned, fewEpochs))]
  }

  /// The text of a setting of the baseline; its default where it is not named.
  func value(of name: String) -> JSON? {
    settings[name] ?? builtInTrainer.setting(named: name)?.defaultValue
  }

  /// A number of the baseline.
  func number(_ name: String) -> Double { value(of: name)?.double ?? 0 }

  /// The settings of the baseline with one axis at another level.
  func settings(axis: Int, level: Int) -> JSONObject {
    var cell = grid.axes.map { _ in 0 }
    cell[axis] = level
    return grid.settings(of: cell)
  }

  /// What all checks find, each on a thread of its own.
  var findings: [Finding] {
    get async throws {
      try await withThrowingTaskGroup(of: (Int, [Finding]).self) { group in
        for (place, check) in SetUp.checks.enumerated() {
          group.addTask { (place, try check(self)) }
        }
        var found = [[Finding]](repeating: [], count: SetUp.checks.count)
        for try await (place, findings) in group { found[place] = findings }
        return found.flatMap(\.self)
      }
    }
  }

  /// Every check, in the order in which findings are told.
  private static let checks: [@Sendable (SetUp) throws -> [Finding]] = [
    { $0.unmeasuredMetrics }, { try $0.repetition() }, { try $0.seedEffect() },
    { try $0.axisEffects() }, { try $0.unreadSettings() }, { $0.initialLoss },
    { try $0.smallBatch() }, { $0.overlap }, { $0.pictureFiles }, { $0.flips }, { $0.premise },
    { $0.headroom },
    { try $0.learningRate() }, { try $0.shrink() }, { $0.validationSet },
  ]
}
