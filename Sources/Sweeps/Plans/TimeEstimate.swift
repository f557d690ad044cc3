import Foundation
package import Notation

/// How long a sweep will take, with its error.
package struct TimeEstimate: Sendable, Equatable {
  /// Where the durations come from.
  package enum Basis: Sendable, Equatable {
    /// Finished runs with the same fixed settings.
    case stored(runs: Int)
    /// Short trials, one for each kind of run.
    case probe(kinds: Int)
  }

  /// Runs whose durations are added up; of more, every n-th.
  private static let sampleLimit = 500
  /// The relative spread of single durations where too few are known to tell.
  private static let usualSpread = 0.25

  /// Wall-clock time of all the runs, in seconds.
  package let seconds: Double
  /// Its standard error, in seconds.
  package let standardError: Double
  package let secondsPerRun: Double
  /// How many runs it is about.
  package let runs: Int
  package let jobs: Int
  package let basis: Basis

  /// Adds up the durations of runs; nil where nothing is known of them.
  ///
  /// - Parameters:
  ///   - count: How many runs there are to do.
  ///   - levels: The texts of a run's levels, by its ordinal among those to do.
  ///   - costs: What is known of durations; not empty.
  ///   - jobs: Runs at a time.
  package init?(count: Int, levels: (Int) -> [String], costs: RunCosts, jobs: Int) {
    guard costs.count > 0 else { return nil }
    let step = max(1, count / TimeEstimate.sampleLimit)
    let sampled = stride(from: 0, to: count, by: step).compactMap { costs.seconds(levels($0)) }
    let longest = sampled.max() ?? 0
    let mean = sampled.isEmpty ? 0 : sampled.reduce(0, +) / Double(sampled.count)
    let total = mean * Double(count)
    let spread = costs.spread ?? TimeEstimate.usualSpread
    self.jobs = jobs
    runs = count
    basis = costs.basis
    secondsPerRun = mean
    seconds = count == 0 ? 0 : max(total / Double(jobs), longest)
    // Each run scatters around its mean, and all the means together are only as sure as the runs behind them.
    let scatter = spread * mean * Double(count).squareRoot()
    let doubt = total * spread / Double(costs.count).squareRoot()
    standardError = (scatter * scatter + doubt * doubt).squareRoot() / Double(jobs)
  }

  /// The estimate in words: `about 40 s at -j 2, 32 s to 48 s (two standard errors), from 32 stored runs like these`.
  package var text: String {
    let source =
      switch basis {
      case .stored(let runs): "\(runs.grouped) stored runs like these"
      case .probe(let kinds): "a probe of \(kinds) kinds of run"
      }
    return "about \(Duration.seconds(seconds).readable) at -j \(jobs), "
      + "\(Duration.seconds(interval.lowerBound).readable) to "
      + "\(Duration.seconds(interval.upperBound).readable) (two standard errors), from \(source)"
  }

  /// The interval of two standard errors around the estimate, in seconds.
  package var interval: ClosedRange<Double> {
    max(0, seconds - 2 * standardError)...seconds + 2 * standardError
  }
}

extension TimeEstimate {
  /// Reads what a session keeps of what was expected of it.
  ///
  /// - Returns: nil where it is no estimate.
  package init?(_ json: JSON) {
    guard let object = json.object, let seconds = object["seconds"]?.double,
      let standardError = object["standardError"]?.double,
      let secondsPerRun = object["secondsPerRun"]?.double, let runs = object["runs"]?.integer,
      let jobs = object["jobs"]?.integer, let basis = object["basis"]?.object.flatMap(Basis.init)
    else { return nil }
    self.seconds = seconds
    self.standardError = standardError
    self.secondsPerRun = secondsPerRun
    self.runs = runs
    self.jobs = jobs
    self.basis = basis
  }

  package var json: JSON {
    [
      "seconds": JSON(seconds), "standardError": JSON(standardError),
      "secondsPerRun": JSON(secondsPerRun), "runs": JSON(runs), "jobs": JSON(jobs),
      "basis": basis.json,
    ]
  }
}

extension TimeEstimate.Basis {
  fileprivate init?(_ object: JSONObject) {
    if let runs = object["stored"]?.object?["runs"]?.integer {
      self = .stored(runs: runs)
    } else if let kinds = object["probe"]?.object?["kinds"]?.integer {
      self = .probe(kinds: kinds)
    } else {
      return nil
    }
  }

  fileprivate var json: JSON {
    switch self {
    case .stored(let runs): ["stored": ["runs": JSON(runs)]]
    case .probe(let kinds): ["probe": ["kinds": JSON(kinds)]]
    }
  }
}
