/// The views, and what their columns mean.
extension ResultView {
  package static let all = [sweeps, runs, metrics, curves, attempts]

  private static let sweeps = ResultView(
    name: "sweeps",
    row: "a sweep, under the spec with which it was last started",
    columns: [
      Column("sweep", .text, "sweep.name", "the name"),
      Column("folder", .text, "sweep.folder", "its folder among the results"),
      Column("spec_file", .text, "spec.file", "the path of the spec"),
      Column("spec_digest", .text, "spec.digest", "the SHA-256 of the spec"),
      Column("spec", .text, "spec.text", "the spec itself, JSON"),
      Column("created", .text, "datetime(sweep.created, 'unixepoch')", "the first start, UTC"),
      Column(
        "started",
        .text,
        """
        (SELECT datetime(max(session.started), 'unixepoch') FROM session
            WHERE session.sweepId = sweep.id)
        """,
        "the last start, UTC"
      ),
      Column("planned", .integer, "spec.planned", "how many runs the spec plans"),
      Column("excluded", .integer, "spec.excluded", "how many cells it leaves out"),
      Column("ok", .integer, count("ok"), "how many of the planned runs ended well"),
      Column("failed", .integer, count("failed"), "how many failed"),
      Column("diverged", .integer, count("diverged"), "how many diverged"),
      Column("timed_out", .integer, count("timed_out"), "how many took too long"),
      Column(
        "sealed",
        .integer,
        sealed,
        "1 while a question of the spec is sealed: then no row of `metrics` and `curves` is of this sweep"
      ),
      Column("tags", .text, list("sweepTag", of: "sweepId", "sweep.id"), "its tags, a JSON array"),
    ],
    holdsResults: false,
    source: "FROM sweep JOIN spec ON spec.sweepId = sweep.id AND spec.isCurrent"
  )

  private static let runs = ResultView(
    name: "runs",
    row: "a run that was started",
    columns: [
      sweepName, runID, seed,
      Column("status", .text, status, "ok, failed, diverged, timed_out, running or pending"),
      Column(
        "planned",
        .integer,
        """
        spec.id IS NOT NULL AND EXISTS (SELECT 1 FROM plannedRun
            WHERE plannedRun.runId = run.id AND plannedRun.specId = spec.id)
        """,
        "1 where the spec of the last start plans it"
      ),
      Column(
        "levels",
        .text,
        levels,
        "its level of each axis, a JSON object: `json_extract(levels, '$.dropout')`"
      ),
      Column("settings", .text, "run.settings", "all its settings, a JSON object"),
      Column("attempt", .integer, "attempt.number", "the number of the attempt that decides"),
      Column("started", .text, "datetime(attempt.started, 'unixepoch')", "its start, UTC"),
      Column("duration", .real, "CAST(attempt.duration AS REAL)", "what it took, seconds"),
      Column("tags", .text, list("runTag", of: "runId", "run.id"), "the run's tags, a JSON array"),
    ],
    holdsResults: false,
    source: """
      FROM sweep CROSS JOIN run ON run.sweepId = sweep.id
      LEFT JOIN spec ON spec.sweepId = sweep.id AND spec.isCurrent
      LEFT JOIN attempt ON attempt.runId = run.id AND \(isDeciding)
      """
  )

  private static let metrics = ResultView(
    name: "metrics",
    row: "a final value of a run, of the attempt that decides",
    columns: [
      sweepName, runID, seed,
      Column("status", .text, status, "the status of the run"),
      Column("metric", .text, "metric.name", "the name of the metric"),
      finiteValue(of: "finalValue"), otherValue(of: "finalValue"),
    ],
    holdsResults: true,
    source: """
      FROM sweep CROSS JOIN run ON run.sweepId = sweep.id
      CROSS JOIN attempt ON attempt.runId = run.id AND \(isDeciding)
      CROSS JOIN finalValue ON finalValue.attemptId = attempt.id
      CROSS JOIN metric ON metric.id = finalValue.metricId
      WHERE NOT \(sealed)
      """
  )

  private static let curves = ResultView(
    name: "curves",
    row: "a value of a learning curve, of the attempt that decides",
    columns: [
      sweepName, runID, seed,
      Column("metric", .text, "metric.name", "the name of the metric"),
      Column("unit", .text, "curvePoint.unit", "what the position counts: epoch or step"),
      Column("position", .real, "curvePoint.position", "where on the curve"),
      finiteValue(of: "curveValue"), otherValue(of: "curveValue"),
    ],
    holdsResults: true,
    source: """
      FROM sweep CROSS JOIN run ON run.sweepId = sweep.id
      CROSS JOIN attempt ON attempt.runId = run.id AND \(isDeciding)
      CROSS JOIN curvePoint ON curvePoint.attemptId = attempt.id
      CROSS JOIN curveValue ON curveValue.attemptId = attempt.id
        AND curveValue.number = curvePoint.number
      CROSS JOIN metric ON metric.id = curveValue.metricId
      WHERE NOT \(sealed)
      """
  )

  private static let attempts = ResultView(
    name: "attempts",
    row: "an attempt at a run",
    columns: [
      sweepName, runID, seed,
      Column("attempt", .integer, "attempt.number", "its number, from 1"),
      Column(
        "decides",
        .integer,
        isDeciding,
        "1 for the one attempt of a run that its status and metrics are of"
      ),
      Column(
        "outcome",
        .text,
        "attempt.outcome",
        "ok, exit, signal, no_result, not_started, diverged, timed_out, interrupted, lost or running"
      ),
      Column(
        "code",
        .real,
        "CASE WHEN attempt.code >= 0 THEN CAST(attempt.code AS REAL) END",
        "the exit code, signal, epoch or limit in seconds of that outcome; NULL for none"
      ),
      Column("reason", .text, "attempt.reason", "why it ended so, where the program said it"),
      Column(
        "last_lines",
        .text,
        "CASE WHEN attempt.outcome = 'ok' AND \(sealed) THEN '' ELSE attempt.lastLines END",
        "the end of its log; empty for a run that ended well while a question is sealed"
      ),
      Column("slot", .integer, "attempt.slot", "which of the programs at a time it was, from 0"),
      Column("started", .text, "datetime(attempt.started, 'unixepoch')", "its start, UTC"),
      Column("duration", .real, "CAST(attempt.duration AS REAL)", "what it took, seconds"),
      Column("version", .text, provenance("version"), "the version of the program"),
      Column("commit_id", .text, provenance("git.commit"), "the commit in git; NULL for none"),
      Column("dirty", .integer, provenance("git.isDirty"), "1 where files differed from it"),
      Column("host", .text, provenance("host.name"), "the machine"),
    ],
    holdsResults: false,
    source: """
      FROM sweep CROSS JOIN run ON run.sweepId = sweep.id
      CROSS JOIN attempt ON attempt.runId = run.id
      CROSS JOIN session ON session.id = attempt.sessionId
      """
  )
}

/// What several columns say alike.
extension ResultView {
  private static let sweepName = Column("sweep", .text, "sweep.name", "the sweep")
  private static let runID = Column(
    "run",
    .text,
    "run.identity",
    "the id of the run; sweeps that share a run share its id"
  )
  private static let seed = Column("seed", .integer, "run.seed", "the seed")

  private static func finiteValue(of table: String) -> Column {
    Column(
      "value",
      .real,
      "CASE WHEN typeof(\(table).value) IN ('integer', 'real') THEN CAST(\(table).value AS REAL) END",
      "the value; NULL where it is no finite number, so that means pass it over"
    )
  }

  private static func otherValue(of table: String) -> Column {
    Column(
      "not_finite",
      .text,
      "CASE WHEN typeof(\(table).value) = 'text' THEN \(table).value END",
      "nan, inf or -inf where `value` is NULL"
    )
  }

  private static func count(_ status: String) -> String {
    """
    (SELECT count(*) FROM plannedRun JOIN run ON run.id = plannedRun.runId
        WHERE plannedRun.specId = spec.id AND run.status = '\(status)')
    """
  }

  private static func list(_ table: String, of column: String, _ id: String) -> String {
    "(SELECT json_group_array(name) FROM \(table) WHERE \(table).\(column) = \(id))"
  }

  private static func provenance(_ path: String) -> String {
    """
    CASE WHEN json_valid(session.provenance)
        THEN json_extract(session.provenance, '$.\(path)') END
    """
  }

  /// The attempt that says where a run stands: the last that came to an end, or without one the last of all.
  private static let isDeciding = """
    attempt.number = CASE WHEN run.attempt > 0 THEN run.attempt
        ELSE (SELECT max(number) FROM attempt AS every WHERE every.runId = run.id) END
    """

  /// A run that says running without a coordinator was lost with it, and will be done again.
  private static let status = """
    CASE WHEN run.status = 'running' AND NOT EXISTS (
        SELECT 1 FROM coordinator WHERE coordinator.sweepId = sweep.id) THEN 'pending'
        ELSE run.status END
    """

  /// Levels as the spec has them: what is a JSON number, true, false or null is that, and all else a text.
  private static let levels = """
    coalesce((SELECT json_group_object(axis.name, json(
        CASE WHEN json_valid(level.text) AND json_type(level.text) NOT IN ('object', 'array', 'text')
          THEN level.text ELSE json_quote(level.text) END))
        FROM axisValue JOIN axis ON axis.id = axisValue.axisId
        JOIN level ON level.id = axisValue.levelId
        WHERE axisValue.runId = run.id AND axisValue.specId = spec.id), '{}')
    """

  /// Whether a question of the sweep's spec was not revealed, by the rules of ``Store/openQuestions(of:)``.
  ///
  /// A spec that cannot be read is taken for one that asks.
  private static let sealed = """
    (EXISTS (
        SELECT 1 FROM impliedQuestion AS implied
        WHERE implied.sweepId = sweep.id AND NOT EXISTS (
          SELECT 1 FROM reveal WHERE reveal.sweepId = implied.sweepId
          AND reveal.question = implied.question))
      OR EXISTS (
        SELECT 1 FROM spec AS asking, \(questions(of: "asking")) AS question
        WHERE asking.sweepId = sweep.id AND asking.isCurrent AND question.type = 'object'
        AND NOT EXISTS (
          SELECT 1 FROM reveal WHERE reveal.sweepId = asking.sweepId AND (
            (reveal.question <> '' AND reveal.question = \(id(of: "question")))
            OR (reveal.question = '' AND EXISTS (
              SELECT 1 FROM spec AS older, \(questions(of: "older")) AS asked
              WHERE older.sweepId = asking.sweepId AND older.created <= reveal.at
              AND asked.type = 'object' AND \(id(of: "asked")) = \(id(of: "question"))))))))
    """

  private static func questions(of spec: String) -> String {
    """
    json_each(CASE WHEN json_valid(\(spec).text) THEN \(spec).text
          ELSE '{"questions":[{}]}' END, '$.questions')
    """
  }

  private static func id(of question: String) -> String {
    "coalesce(json_extract(\(question).value, '$.id'), '')"
  }
}
