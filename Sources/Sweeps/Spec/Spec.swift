package import Notation
package import Statistics

/// What one JSON file asks for: settings, the axes that vary, seeds, and what to look at afterwards.
package struct Spec: Sendable, Equatable {
  package let name: String
  package let question: String?
  /// The merged spec as it is stored: bases and overrides applied, the name filled in, comments kept.
  package let text: String
  /// SHA-256, in hexadecimal, of the canonical JSON of the merged spec without comments.
  package let digest: String
  /// The folder of the spec file, to which its paths are relative and in which commands start.
  package let directory: String
  /// Fixed for every run.
  package let settings: JSONObject
  package let axes: [Axis]
  /// All seeds that a cell may come to, each cell from the first.
  package let seeds: [Int]
  /// After how many of them it is looked whether more are needed; nil where every cell gets all.
  package let looks: LookSchedule?
  /// Cells that match one of these are left out of the grid.
  package let exclude: [CellPattern]
  /// What `when` forbids: an axis away from its baseline where its condition does not hold.
  package let inactive: [CellPattern]
  /// Extra cells, the index of a level for each axis.
  package let include: [[Int]]
  package let sample: Sample?
  /// The program and its arguments that replace the built-in trainer, placeholders not yet filled in.
  package let command: [String]?
  /// The program that replaces the built-in trainer and makes one run after another; at most one of the two is there.
  package let worker: [String]?
  /// Files and folders, relative to the spec's, whose content is part of a run's identity.
  package let inputs: [String]
  /// Values at which a setting does not enter a run's identity, so that an axis can be added to runs that are there.
  package let defaults: JSONObject
  package let results: ResultsSource?
  /// What runs of the built-in trainer leave in their folders.
  package let keep: [KeptFile]
  package let limits: Limits
  /// Where the runs are made.
  package let executor: ExecutorSettings
  package let metrics: [Metric]
  /// The trainer's words for what runs measure; a program of one's own is understood by them too.
  package let vocabulary: [MetricDescription]
  package let questions: [AskedQuestion]
  package let textbook: [TextbookForecast]
  /// What overrides of axes left out, and what is hardly wanted, in sentences.
  package let notes: [String]

  /// The program of one's own that makes the runs, however it is given them; nil for the built-in trainer.
  package var program: [String]? { command ?? worker }

  /// The name of the sweep's folder among the results.
  package var folder: String { SweepFolder.name(of: name) }

  /// The names of the metrics that the analysis is about, where the spec declares them.
  package var metricNames: [String] { metrics.map(\.name) }

  /// The axis of a name and its index, or nil.
  package func axis(named name: String) -> (index: Int, axis: Axis)? {
    axes.firstIndex { $0.name == name }.map { ($0, axes[$0]) }
  }
}

/// Where metrics come from when the program does not print them as JSON lines.
package struct ResultsSource: Sendable, Equatable {
  /// A regular expression whose named groups, or whose groups `name` and `value`, are metrics of a printed line.
  package let pattern: String?
  /// A CSV or JSON file in the run's folder.
  package let file: String?

  package init(pattern: String? = nil, file: String? = nil) {
    self.pattern = pattern
    self.file = file
  }

  /// Says whether a path leads into the run's own folder, and nowhere else.
  package static func isOwn(_ file: String) -> Bool {
    let steps = file.split(separator: "/", omittingEmptySubsequences: false)
    return steps.allSatisfy { !["", ".", ".."].contains($0) }
  }
}

/// The subset of the grid's cells that a spec asks for.
package struct Sample: Sendable, Equatable {
  /// How the cells are chosen.
  package enum Method: String, Sendable, CaseIterable {
    /// Every level, and as far as possible every pair of levels, equally often.
    case balanced
    /// Each subset of the size equally likely.
    case random
  }

  package let count: Int
  package let method: Method
  package let seed: Int

  package init(count: Int, method: Method, seed: Int) {
    self.count = count
    self.method = method
    self.seed = seed
  }
}
