/// Runs as a table, whoever read them: a status, a level of each factor, a seed and the metrics'
/// values.
package struct RunTable: Sendable, Equatable {
  /// One attempt at one cell and seed.
  package struct Row: Sendable, Equatable {
    package let status: String

    /// The level of each factor, as text, in the order of the table's factors.
    package let levels: [String]

    package let seed: Int

    /// The value of each metric, in the order of the table's metrics; nil where it is missing.
    package let values: [Double?]

    package init(status: String, levels: [String], seed: Int, values: [Double?]) {
      self.status = status
      self.levels = levels
      self.seed = seed
      self.values = values
    }
  }

  /// What became of the run of one cell and seed, over all its attempts.
  package enum Fate: Sendable { case ok, failed, unfinished }

  package let factors: [String]
  package let metrics: [String]
  package let rows: [Row]

  /// What is taken to have become of a run without a row, where its cell has rows of other seeds.
  package let absence: Fate

  package init(
    factors: [String],
    metrics: [String],
    rows: [Row],
    absence: Fate = .unfinished
  ) {
    for row in rows {
      precondition(
        row.levels.count == factors.count && row.values.count == metrics.count,
        "a row has \(row.levels.count) levels and \(row.values.count) values, "
          + "the table \(factors.count) and \(metrics.count)"
      )
    }
    self.factors = factors
    self.metrics = metrics
    self.rows = rows
    self.absence = absence
  }

  /// How a status counts: `ok` rows are results, waiting and running ones are unfinished, the
  /// others failed.
  static func fate(of status: String) -> Fate {
    switch status {
    case "ok": .ok
    case "pending", "running": .unfinished
    default: .failed
    }
  }
}

/// How many runs of one kind ended how; one run is a cell and seed with all its attempts.
package struct RunCounts: Sendable, Equatable {
  package private(set) var ok = 0
  package private(set) var failed = 0
  package private(set) var unfinished = 0

  package var total: Int { ok + failed + unfinished }

  /// The share of failures among the runs that ended; nil when none did.
  package var failureShare: Double? {
    ok + failed == 0 ? nil : Double(failed) / Double(ok + failed)
  }

  mutating func count(_ fate: RunTable.Fate) {
    switch fate {
    case .ok: ok += 1
    case .failed: failed += 1
    case .unfinished: unfinished += 1
    }
  }
}
