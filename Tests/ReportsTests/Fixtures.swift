import Foundation
import Notation
import Reports
import Sweeps
import Training

/// A spec that was read from a text, for a trainer with any settings.
func spec(_ text: String) throws -> Spec {
  let trainer = Trainer(
    version: 1,
    settings: [],
    metrics: TrainerMetrics.all,
    dataSettings: [],
    dataDigest: { _, _ in "" }
  )
  return try Spec.stored(text: text, directory: "/", trainer: trainer)
}

/// Two axes, one of them with three ordered levels; names and texts that every format must leave text.
let smallSpec = """
  {
    "name": "small|sweep <b>",
    "question": "What does `dropout` do, and *what not*?",
    "command": ["train", "{dropout}", "{tuning}"],
    "axes": { "dropout": [0, 0.25, 0.5], "tuning": ["full", "head"] },
    "seeds": 3,
    "metrics": {
      "valid_loss": { "better": "lower", "delta": 0.02 },
      "accuracy": { "better": "higher", "delta": 0.005, "show": "points" },
      "train_loss": { "better": "none", "delta": 0.25, "scale": "log" }
    },
    "questions": [
      { "id": "dropout", "factor": "dropout", "from": 0, "to": 0.5, "metric": "valid_loss",
        "at": { "tuning": "full" }, "ask": "We add dropout. The validation loss ..." }
    ],
    "textbook": [
      { "question": "dropout", "direction": "up", "confidence_pct": 65, "premise": "any",
        "source": "a book", "fails_when": ["F1"] }
    ]
  }
  """

/// The runs of a spec in grid order, with numbers that a formula makes; the last run failed.
func records(of spec: Spec, failLast: Bool = true) -> [Record] {
  let cells = spec.axes.reduce([[]]) { heads, axis in
    heads.flatMap { head in axis.levels.map { head + [$0.text] } }
  }
  let runs = spec.seeds.flatMap { seed in
    cells.enumerated().map { place, levels in
      Run(
        id: String(format: "%016x", seed * 100 + place),
        seed: seed,
        levels: levels,
        settings: JSONObject()
      )
    }
  }
  return runs.enumerated().map { place, run in
    let failed = failLast && place == runs.count - 1
    return Record(
      run: run,
      attempt: 1,
      outcome: failed ? .failed(.exit(code: 3)) : .finished,
      measurements: failed ? Measurements() : measurements(place, seed: run.seed, run.levels),
      lastLines: failed ? ["Traceback:", "  ``` | <script>"] : [],
      started: Date(timeIntervalSince1970: 1_770_000_000),
      duration: .milliseconds(1500)
    )
  }
}

private func measurements(_ place: Int, seed: Int, _ levels: [String]) -> Measurements {
  let dropout = Double(levels[0]) ?? 0
  let head = levels[1] == "head" ? 1.0 : 0
  let luck = Double((place * 7 + seed * 4) % 5) / 1000
  var measurements = Measurements()
  measurements.final = [
    "valid_loss": 0.25 - 0.1 * dropout + 0.03 * head + luck,
    "accuracy": 0.94 + 0.01 * dropout - 0.005 * head - luck / 2,
    "train_loss": 0.002 * (1 + 8 * dropout) * (1 + head) + luck / 10,
  ]
  return measurements
}

/// The evidence of the small sweep, with what its finished runs measured changed by their places in the grid.
func smallEvidence(
  changing change: (Int, inout Measurements) -> Void = { _, _ in }
) throws -> Evidence {
  let spec = try spec(smallSpec)
  let records = records(of: spec).enumerated().map { place, record in
    var measurements = record.measurements
    if record.status == .ok { change(place, &measurements) }
    return Record(
      run: record.run,
      attempt: record.attempt,
      outcome: record.outcome,
      measurements: measurements,
      lastLines: record.lastLines,
      started: record.started,
      duration: record.duration
    )
  }
  return Evidence(spec: spec, records: records, planned: 18, excludedCells: 0, provenance: [])
}

/// Beside this file lies the folder of golden files, whichever folder a test is in.
let goldenAnchor = #filePath

/// A report of what a test is about and nothing else.
struct Page: Report {
  let title: String
  let sections: [Section]
  var runs: RunsTable?
}
