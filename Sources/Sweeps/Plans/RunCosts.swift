import Foundation
package import Notation

/// How long a run took that finished, and what it was.
package struct RunDuration: Sendable, Equatable {
  package let settings: JSONObject
  package let seconds: Double

  package init(settings: JSONObject, seconds: Double) {
    self.settings = settings
    self.seconds = seconds
  }
}

/// What is known of the durations of runs, judged by their levels.
package struct RunCosts: Sendable {
  /// One short trial of one kind of run.
  package struct Trial: Sendable, Equatable {
    /// The index of its level for each axis; at most one axis is away from its baseline.
    package let cell: [Int]
    /// How long the whole run would take.
    package let seconds: Double

    package init(cell: [Int], seconds: Double) {
      self.cell = cell
      self.seconds = seconds
    }

    /// Reads a kept trial; nil where it is none.
    package init?(_ json: JSON) {
      guard let object = json.object, let seconds = object["seconds"]?.double,
        let cell = object["cell"]?.array?.map(\.integer), !cell.contains(nil)
      else { return nil }
      self.init(cell: cell.compactMap(\.self), seconds: seconds)
    }

    package var json: JSON {
      ["cell": .array(cell.map { JSON($0) }), "seconds": JSON(seconds)]
    }
  }

  private enum Model: Sendable {
    case stored(DurationModel)
    /// The baseline's seconds, and by axis and text of a level its ratio to the baseline.
    case ratios(Double, [[String: Double]])
  }

  package let basis: TimeEstimate.Basis
  /// Runs or trials that were taken in.
  package let count: Int
  /// The relative standard deviation of runs around what their levels say; nil where too few are known.
  package let spread: Double?
  private let model: Model

  /// Takes in the baseline and cells that differ from it in one axis; the ratios of several axes multiply.
  ///
  /// - Parameters:
  ///   - trials: The baseline first.
  ///   - axes: Those of the spec.
  package init(trials: [Trial], axes: [Axis]) {
    basis = .probe(kinds: trials.count)
    count = trials.count
    spread = nil
    let base = trials.first?.seconds ?? 0
    var ratios: [[String: Double]] = axes.map { _ in [:] }
    for trial in trials {
      for (axis, level) in trial.cell.enumerated() where level > 0 {
        ratios[axis][axes[axis].levels[level].text] = trial.seconds / base
      }
    }
    model = .ratios(base, ratios)
  }

  /// Takes in the stored runs that are like those of a spec: what it fixes is the same in them.
  ///
  /// - Parameters:
  ///   - stored: Finished runs of any sweeps.
  ///   - spec: What is planned.
  ///   - trainer: For the defaults of settings that one of them does not name; nil for a command.
  package init(_ stored: [RunDuration], like spec: Spec, trainer: Trainer?) {
    let varied = Set(spec.axes.flatMap(\.settings))
    func fixed(_ settings: JSONObject) -> JSONObject {
      let plain = trainer?.withoutDefaults(settings) ?? settings
      return JSONObject(plain.members.filter { !varied.contains($0.key) })
    }
    let wanted = fixed(spec.settings)
    // By settings, which the seeds of a cell have in common; nil where they are not those that are wanted.
    var known: [JSONObject: [String]?] = [:]
    var runs: [(levels: [String], seconds: Double)] = []
    for run in stored {
      let levels =
        known[run.settings]
        ?? (fixed(run.settings) == wanted
          ? spec.axes.map { $0.text(of: run.settings, trainer) } : nil)
      known[run.settings] = .some(levels)
      if let levels { runs.append((levels, run.seconds)) }
    }
    var durations = DurationModel()
    for run in runs { durations.add(levels: run.levels, seconds: run.seconds) }
    basis = .stored(runs: runs.count)
    count = runs.count
    model = .stored(durations)
    spread = RunCosts.spread(of: runs, around: durations)
  }

  /// Seconds that a run of these levels takes; nil while nothing is known.
  package func seconds(_ levels: [String]) -> Double? {
    switch model {
    case .stored(let durations): durations.seconds(levels: levels)
    case .ratios(let base, let ratios):
      count == 0 ? nil : zip(ratios, levels).reduce(base) { $0 * ($1.0[$1.1] ?? 1) }
    }
  }

  private static func spread(
    of runs: [(levels: [String], seconds: Double)],
    around model: DurationModel
  ) -> Double? {
    guard runs.count > 2 else { return nil }
    let squares = runs.reduce(0.0) { sum, run in
      let expected = model.seconds(levels: run.levels) ?? run.seconds
      let ratio = log(max(run.seconds, 1e-6) / max(expected, 1e-6))
      return sum + ratio * ratio
    }
    return (squares / Double(runs.count - 1)).squareRoot()
  }
}

extension Axis {
  /// The text of the level that a run's settings are at; empty where they are at none of them.
  fileprivate func text(of settings: JSONObject, _ trainer: Trainer?) -> String {
    let level = levels.first { level in
      level.values.members.allSatisfy { member in
        (settings[member.key] ?? trainer?.setting(named: member.key)?.defaultValue) == member.value
      }
    }
    return level?.text ?? ""
  }
}
