internal import GRDB
import Sweeps

/// The tables of `sweeps.sqlite`, as a list of migrations that is only ever appended to.
///
/// Every table is singular, every column NOT NULL: what may be missing is a row of its own or an empty text.
/// Columns of measured values have no type, because SQLite turns a bound NaN into NULL: a value that
/// is not finite is stored as one of the texts `nan`, `inf`, `-inf`.
enum Schema {
  /// "SWEP": what tells a results database from any other SQLite file (`PRAGMA application_id`).
  static let applicationID = 0x5357_4550

  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("sweeps, runs, attempts and what they measured") { database in
      for statement in [plans, attempts, measurements, disclosure] {
        try database.execute(sql: statement)
      }
    }
    migrator.registerMigration("the estimate of a start") { database in
      // JSON of a TimeEstimate; empty where nothing was known of the runs' durations.
      try database.execute(
        sql: "ALTER TABLE session ADD COLUMN estimate TEXT NOT NULL DEFAULT ''"
      )
    }
    migrator.registerMigration("the executor's handle of an attempt") { database in
      try database.execute(sql: handles)
    }
    migrator.registerMigration("the question of a reveal") { database in
      // Empty where results of all questions were shown that the spec asked at that time.
      try database.execute(
        sql: "ALTER TABLE reveal ADD COLUMN question TEXT NOT NULL DEFAULT ''"
      )
    }
    migrator.registerMigration("after how many seeds verdicts were shown") { database in
      try database.execute(sql: showings)
    }
    migrator.registerMigration("where an attempt was made") { database in
      // JSON of a Site; empty where all is said by the session.
      try database.execute(sql: "ALTER TABLE attempt ADD COLUMN site TEXT NOT NULL DEFAULT ''")
    }
    migrator.registerMigration("runs handed to a cluster") { database in
      try database.execute(sql: batches)
    }
    migrator.registerMigration("tags, notes and environments") { database in
      try database.execute(sql: labels)
    }
    // A migration that changes a table makes the views anew, for SQLite reads them again when a table is altered.
    migrator.registerMigration("views for questions in SQL") { database in
      for view in ResultView.all {
        try database.execute(sql: "CREATE VIEW \(view.name) AS \(view.query)")
      }
      try database.execute(sql: "PRAGMA user_version = \(ResultView.version)")
    }
    migrator.registerMigration("questions that somebody answered and no spec asks") { database in
      try database.execute(sql: impliedQuestions)
      for view in ResultView.all {
        try database.execute(sql: "DROP VIEW \(view.name)")
        try database.execute(sql: "CREATE VIEW \(view.name) AS \(view.query)")
      }
    }
    return migrator
  }

  /// What is sealed of a spec without questions; its own need no table.
  private static let impliedQuestions = """
    CREATE TABLE impliedQuestion (
      sweepId INTEGER NOT NULL REFERENCES sweep ON DELETE CASCADE,
      position INTEGER NOT NULL,
      question TEXT NOT NULL,
      PRIMARY KEY (sweepId, position),
      UNIQUE (sweepId, question)
    ) WITHOUT ROWID;
    """

  /// What people say of sweeps and runs, and what was installed where programs ran.
  private static let labels = """
    CREATE TABLE sweepTag (
      sweepId INTEGER NOT NULL REFERENCES sweep ON DELETE CASCADE,
      name TEXT NOT NULL,
      PRIMARY KEY (sweepId, name)
    ) WITHOUT ROWID;
    CREATE TABLE runTag (
      runId INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
      name TEXT NOT NULL,
      PRIMARY KEY (runId, name)
    ) WITHOUT ROWID;
    CREATE TABLE sweepNote (
      id INTEGER PRIMARY KEY,
      sweepId INTEGER NOT NULL REFERENCES sweep ON DELETE CASCADE,
      text TEXT NOT NULL,
      at REAL NOT NULL
    );
    CREATE TABLE runNote (
      id INTEGER PRIMARY KEY,
      runId INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
      text TEXT NOT NULL,
      at REAL NOT NULL
    );
    CREATE TABLE environment (
      digest TEXT PRIMARY KEY,
      text TEXT NOT NULL
    ) WITHOUT ROWID;
    """

  /// What a cluster was given to do: an array of tasks each.
  private static let batches = """
    CREATE TABLE batch (
      id INTEGER PRIMARY KEY,
      sweepId INTEGER NOT NULL REFERENCES sweep ON DELETE CASCADE,
      name TEXT NOT NULL UNIQUE,
      folder TEXT NOT NULL,
      -- Empty until the cluster's answer was written down.
      job TEXT NOT NULL,
      tasks INTEGER NOT NULL,
      runs INTEGER NOT NULL,
      submitted REAL NOT NULL,
      settings TEXT NOT NULL,
      isOpen INTEGER NOT NULL
    );
    CREATE INDEX batchOfSweep ON batch (sweepId, isOpen);
    """

  /// Each number of seeds once for each version of the spec; what was declared then is the spec's.
  private static let showings = """
    CREATE TABLE showing (
      id INTEGER PRIMARY KEY,
      specId INTEGER NOT NULL REFERENCES spec ON DELETE CASCADE,
      seeds INTEGER NOT NULL,
      command TEXT NOT NULL,
      at REAL NOT NULL,
      UNIQUE (specId, seeds)
    );
    """

  /// What an executor finds an attempt again by; earlier versions knew processes of this machine only.
  private static let handles = """
    ALTER TABLE attempt ADD COLUMN handle TEXT NOT NULL DEFAULT '';
    UPDATE attempt SET handle = pid || ' ' || processStart || ' ' || (
      SELECT CASE WHEN json_valid(provenance)
        THEN coalesce(json_extract(provenance, '$.host.boot'), '') ELSE '' END
      FROM session WHERE session.id = attempt.sessionId
    ) WHERE outcome = 'running';
    ALTER TABLE attempt DROP COLUMN pid;
    ALTER TABLE attempt DROP COLUMN processStart;
    """

  /// What was asked for: a sweep, the versions of its spec, and the runs that each version plans.
  ///
  /// A run is written down when it is first started, so that a grid of a million costs nothing before.
  private static let plans = """
    CREATE TABLE sweep (
      id INTEGER PRIMARY KEY,
      name TEXT NOT NULL UNIQUE,
      folder TEXT NOT NULL UNIQUE,
      created REAL NOT NULL
    );
    CREATE TABLE spec (
      id INTEGER PRIMARY KEY,
      sweepId INTEGER NOT NULL REFERENCES sweep ON DELETE CASCADE,
      digest TEXT NOT NULL,
      text TEXT NOT NULL,
      file TEXT NOT NULL,
      planned INTEGER NOT NULL,
      excluded INTEGER NOT NULL,
      isCurrent INTEGER NOT NULL,
      created REAL NOT NULL,
      UNIQUE (sweepId, digest)
    );
    CREATE TABLE axis (
      id INTEGER PRIMARY KEY,
      specId INTEGER NOT NULL REFERENCES spec ON DELETE CASCADE,
      position INTEGER NOT NULL,
      name TEXT NOT NULL,
      UNIQUE (specId, position)
    );
    CREATE TABLE level (
      id INTEGER PRIMARY KEY,
      axisId INTEGER NOT NULL REFERENCES axis ON DELETE CASCADE,
      position INTEGER NOT NULL,
      text TEXT NOT NULL,
      UNIQUE (axisId, position),
      UNIQUE (axisId, text)
    );
    CREATE TABLE run (
      id INTEGER PRIMARY KEY,
      sweepId INTEGER NOT NULL REFERENCES sweep ON DELETE CASCADE,
      identity TEXT NOT NULL,
      seed INTEGER NOT NULL,
      settings TEXT NOT NULL,
      status TEXT NOT NULL DEFAULT 'pending',
      -- The attempt that decides the status: the last that came to an end, 0 when none did.
      attempt INTEGER NOT NULL DEFAULT 0,
      UNIQUE (sweepId, identity)
    );
    CREATE INDEX runStatus ON run (id, status);
    CREATE INDEX runIdentity ON run (identity);
    CREATE TABLE plannedRun (
      specId INTEGER NOT NULL REFERENCES spec ON DELETE CASCADE,
      position INTEGER NOT NULL,
      runId INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
      PRIMARY KEY (specId, position)
    ) WITHOUT ROWID;
    CREATE INDEX plannedRunOfRun ON plannedRun (runId);
    CREATE TABLE axisValue (
      specId INTEGER NOT NULL REFERENCES spec ON DELETE CASCADE,
      runId INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
      axisId INTEGER NOT NULL REFERENCES axis ON DELETE CASCADE,
      levelId INTEGER NOT NULL REFERENCES level ON DELETE CASCADE,
      PRIMARY KEY (specId, runId, axisId)
    ) WITHOUT ROWID;
    CREATE INDEX axisValueOfRun ON axisValue (runId);
    """

  /// What was done: starts of a coordinator, the lock one of them holds, and the attempts at runs.
  private static let attempts = """
    CREATE TABLE session (
      id INTEGER PRIMARY KEY,
      sweepId INTEGER NOT NULL REFERENCES sweep ON DELETE CASCADE,
      specId INTEGER NOT NULL REFERENCES spec ON DELETE CASCADE,
      token TEXT NOT NULL UNIQUE,
      provenance TEXT NOT NULL,
      started REAL NOT NULL,
      -- 0 until the coordinator has ended its last program.
      ended REAL NOT NULL DEFAULT 0
    );
    CREATE INDEX sessionOfSweep ON session (sweepId, ended);
    CREATE TABLE coordinator (
      sweepId INTEGER PRIMARY KEY REFERENCES sweep ON DELETE CASCADE,
      sessionId INTEGER NOT NULL REFERENCES session ON DELETE CASCADE,
      host TEXT NOT NULL,
      boot TEXT NOT NULL,
      pid INTEGER NOT NULL,
      processStart TEXT NOT NULL
    );
    CREATE TABLE attempt (
      id INTEGER PRIMARY KEY,
      runId INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
      number INTEGER NOT NULL,
      sessionId INTEGER NOT NULL REFERENCES session ON DELETE CASCADE,
      slot INTEGER NOT NULL,
      pid INTEGER NOT NULL,
      processStart TEXT NOT NULL,
      predictionHead TEXT NOT NULL,
      outcome TEXT NOT NULL,
      -- Exit code, signal, epoch or limit in seconds, whichever the outcome has; -1 for none.
      code REAL NOT NULL,
      reason TEXT NOT NULL,
      lastLines TEXT NOT NULL,
      started REAL NOT NULL,
      duration REAL NOT NULL,
      UNIQUE (runId, number)
    );
    CREATE INDEX attemptOfSession ON attempt (sessionId, outcome);
    """

  private static let measurements = """
    CREATE TABLE metric (
      id INTEGER PRIMARY KEY,
      name TEXT NOT NULL UNIQUE
    );
    CREATE TABLE finalValue (
      attemptId INTEGER NOT NULL REFERENCES attempt ON DELETE CASCADE,
      metricId INTEGER NOT NULL REFERENCES metric,
      value NOT NULL,
      PRIMARY KEY (attemptId, metricId)
    ) WITHOUT ROWID;
    CREATE TABLE curvePoint (
      attemptId INTEGER NOT NULL REFERENCES attempt ON DELETE CASCADE,
      number INTEGER NOT NULL,
      unit TEXT NOT NULL,
      position REAL NOT NULL,
      PRIMARY KEY (attemptId, number)
    ) WITHOUT ROWID;
    CREATE TABLE curveValue (
      attemptId INTEGER NOT NULL REFERENCES attempt ON DELETE CASCADE,
      number INTEGER NOT NULL,
      metricId INTEGER NOT NULL REFERENCES metric,
      value NOT NULL,
      PRIMARY KEY (attemptId, number, metricId)
    ) WITHOUT ROWID;
    CREATE TABLE note (
      attemptId INTEGER NOT NULL REFERENCES attempt ON DELETE CASCADE,
      name TEXT NOT NULL,
      text TEXT NOT NULL,
      PRIMARY KEY (attemptId, name)
    ) WITHOUT ROWID;
    CREATE TABLE correct (
      attemptId INTEGER PRIMARY KEY REFERENCES attempt ON DELETE CASCADE,
      bits BLOB NOT NULL
    );
    """

  /// When the results of a sweep with questions were looked at.
  private static let disclosure = """
    CREATE TABLE reveal (
      id INTEGER PRIMARY KEY,
      sweepId INTEGER NOT NULL REFERENCES sweep ON DELETE CASCADE,
      command TEXT NOT NULL,
      at REAL NOT NULL
    );
    """
}
