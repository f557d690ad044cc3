import Execution
import Foundation
import Notation
import Statistics
import Storage
import Sweeps
import Testing

struct RunsFileTests {
  private let design = Design(
    factors: [Factor(name: "dropout", levels: ["0", "0.5"])],
    metrics: [Metric(name: "accuracy", delta: 0.01)]
  )

  private func file(
    _ text: String,
    design: Design? = nil,
    reading: TableReading = TableReading()
  ) throws -> RunsFile {
    let source = SourceText(path: "runs.csv", text: text)
    return try RunsFile(source, design: design ?? self.design, reading: reading)
  }

  private func faults(
    _ text: String,
    reading: TableReading = TableReading(),
    inferring: Bool = false
  ) -> String {
    do {
      let source = SourceText(path: "runs.csv", text: text)
      _ = try RunsFile(source, design: inferring ? nil : design, reading: reading)
      return "nothing"
    } catch {
      return "\(error)"
    }
  }

  @Test func `columns are found by name, in any order and among others`() throws {
    let table = try file("accuracy,note,seed,dropout\n0.9,hello,3,0.5\n").table
    #expect(table.rows == [RunTable.Row(status: "ok", levels: ["0.5"], seed: 3, values: [0.9])])
  }

  @Test func `metrics that are no finite numbers are kept apart from numbers`() throws {
    let rows = try file("status,dropout,seed,accuracy\nok,0,1,\nfailed,0,2,nan\nok,0,3,n/a\n").table
      .rows
    #expect(rows.map(\.status) == ["ok", "failed", "ok"])
    #expect(rows[0].values == [nil] && rows[2].values == [nil])
    #expect(rows[1].values[0]?.isNaN == true)
  }

  @Test func `levels stay as they are written, without a spreadsheet's apostrophe`() throws {
    let signed = Design(
      factors: [Factor(name: "dropout", levels: ["-x", "0.50"])],
      metrics: design.metrics
    )
    let file = try file("dropout,seed,accuracy\n'-x,0,1\n0.50,0,1\n", design: signed)
    #expect(file.table.rows.map(\.levels) == [["-x"], ["0.50"]])
    #expect(file.warnings.isEmpty)
  }

  @Test func `seeds of data frames have a decimal point`() throws {
    let rows = try file("dropout,seed,accuracy\n0,3.0,1\n0,-2,1\n").table.rows
    #expect(rows.map(\.seed) == [3, -2])
  }

  @Test func `what takes no part is warned of`() throws {
    let warnings = try file("dropout,seed\n0.9,0\n0,0\n").warnings
    #expect(
      warnings == [
        "The table has no column 'accuracy'; nothing can be said about it.",
        "1 row has a level of 'dropout' that the design does not name, such as '0.9'; left out.",
        "No row has the level '0.5' of 'dropout'.",
      ]
    )
  }

  @Test func `words of other programs are refused with their line, and taken from who is named`()
    throws
  {
    let text = "State,dropout,seed,accuracy\nfinished,0,0,1\ncrashed,0.5,0,1\n"
    #expect(
      faults(text) == """
        runs.csv: Line 2: 'State' is 'finished'; it is 'ok', 'failed', 'diverged', 'timed_out', 'pending' or 'running'; \
        --from wandb, --from mlflow, --from aim know that word; --drop-bad takes the run as failed.
        runs.csv: Line 3: 'State' is 'crashed'; it is 'ok', 'failed', 'diverged', 'timed_out', 'pending' or 'running'; \
        --from wandb knows that word; --drop-bad takes the run as failed.
        """
    )
    let rows = try file(text, reading: TableReading(origin: .wandb)).table.rows
    #expect(rows.map(\.status) == ["ok", "failed"])
    #expect(
      try file(text, reading: TableReading(dropsBad: true)).table.rows.map(\.status)
        == ["failed", "failed"]
    )
  }

  @Test func `two results of a cell and seed are refused, unless it is said what they are`() throws
  {
    let text = "dropout,seed,accuracy\n0,1,0.5\n0.5,1,0.75\n0,1,1\n"
    #expect(
      faults(text) == """
        runs.csv: Line 4: the same cell and seed as line 2 (dropout 0, seed 1). Leave one out, or take them with \
        --replicates mean, first or last.
        """
    )
    func values(_ replicates: TableReading.Replicates) throws -> [Double?] {
      try file(text, reading: TableReading(replicates: replicates)).table.rows.flatMap(\.values)
    }
    #expect(try values(.mean) == [0.75, 0.75])
    #expect(try values(.first) == [0.5, 0.75])
    #expect(try values(.last) == [1, 0.75])
  }

  @Test func `a factor that the design omits is named`() throws {
    var text = "dropout,width,seed,accuracy,seconds\n"
    for seed in 0..<2 {
      for dropout in ["0", "0.5"] {
        for width in [16, 32] { text += "\(dropout),\(width),\(seed),0.\(width),\(text.count)\n" }
      }
    }
    let told = faults(text)
    #expect(
      told.hasPrefix(
        "runs.csv: Line 3: the same cell and seed as line 2 (dropout 0, seed 0). They differ in 'width' ('16' and '32'), which the design does not name: name it as a factor"
      )
    )
    #expect(told.split(separator: "\n").count == 4)
  }

  @Test func `in a log of attempts a later result counts, and never the same line twice`() throws {
    let log = try file("status,dropout,seed,accuracy\nok,0,1,0.5\nok,0,1,0.25\n")
    #expect(log.table.rows.count == 2)
    #expect(log.warnings.contains { $0.hasSuffix("lines 2 and 3.") })
    #expect(
      faults("status,dropout,seed,accuracy\nok,0,1,0.5\nok,0,1,0.5\n").contains("the same cell")
    )
  }

  @Test(
    arguments: [
      ("dropout,seed,accuracy\n0,1,0.3O1\n", "Line 2: 'accuracy' is '0.3O1'; it is a number"),
      (
        "dropout,seed,accuracy\n0,1,np.float64(0.32)\n",
        "Line 2: 'accuracy' is 'np.float64(0.32)'; it is a number"
      ),
      ("dropout,seed,accuracy\no.5,1,0.3\n", "Line 2: 'dropout' is 'o.5'; it is a number"),
    ])
  func `a cell that is no number is refused, and taken for a failure`(text: String, message: String)
    throws
  {
    #expect(faults(text).contains(message))
    let dropped = try file(text, reading: TableReading(dropsBad: true))
    #expect(dropped.table.rows.map(\.status) == ["failed"])
    #expect(dropped.warnings[0] == "1 row that cannot be understood count as failed: line 2.")
  }

  @Test func `tabs and semicolons part fields, and commas are then in numbers`() throws {
    let tabs = try file("dropout\tseed\taccuracy\n0.5\t1\t0.25\n").table.rows
    let semicolons = try file("dropout;seed;accuracy\n0.5;1;0,25\n").table.rows
    #expect(tabs == semicolons && tabs[0].values == [0.25])
  }

  @Test func `a level is one however its number is written`() throws {
    let rows = try file("dropout,seed,accuracy\n0.50,0,1\n0.0,0,1\n").table.rows
    #expect(rows.map(\.levels) == [["0.5"], ["0"]])
  }

  @Test(arguments: TableOrigin.allCases)
  func `the exports of four programs say the same`(origin: TableOrigin) throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appending(path: "Exports")
    let bytes = try Data(contentsOf: folder.appending(path: "\(origin.rawValue).csv"))
    let source = SourceText(path: "export", bytes: Array(bytes))
    let reading = TableReading(origin: origin)
    let file = try RunsFile(source, design: nil, reading: reading)
    // Optuna calls what it minimizes the value.
    let loss = origin == .optuna ? "value" : "loss"
    #expect(file.design.factors.map(\.name) == ["lr", "optimizer"])
    #expect(file.design.factors[0].levels.compactMap(Double.init) == [0.1, 1])
    #expect(file.design.factors[1].levels == ["adam", "sgd"])
    #expect(Set(file.design.metrics.map(\.name)) == ["accuracy", loss])
    #expect(file.warnings.isEmpty)
    #expect(file.table.rows.count == 16)
    // Aim exports no word for how a run ended; the one that crashed has no values.
    #expect(file.table.rows.count { $0.values == [nil, nil] } == 1)
    #expect(file.table.rows.count { $0.status == "failed" } == (origin == .aim ? 0 : 1))
    // The crashed run keeps the verdict open; the seeds that have all runs are those of SciPy's test.
    let judged: [Effects] = PairedRuns(file.table, design: file.design).effects()
    #expect(judged.allSatisfy { $0.main.allSatisfy { $0.result.outcome == nil } })
    let strict = Design(
      minimumCoverage: 1,
      factors: file.design.factors,
      metrics: file.design.metrics
    )
    let expected = try JSONSerialization.jsonObject(
      with: Data(contentsOf: folder.appending(path: "expected.json"))
    )
    let wanted = try #require((expected as? [String: Any])?["effects"] as? [String: [String: Any]])
    for effects in PairedRuns(file.table, design: strict).effects() {
      let name = effects.metric.name == loss ? "loss" : effects.metric.name
      let t = try #require(wanted[name]?["t"] as? Double)
      let found = try #require(effects.main[0].result.test?.t)
      #expect(abs(found - t) <= 1e-9 * abs(t))
    }
  }

  @Test func `a setting that is sampled and not varied makes no design`() {
    var text = "number,value,params_lr,state\n"
    for trial in 0..<9 { text += "\(trial),0.\(trial),0.0\(trial)1,COMPLETE\n" }
    #expect(
      faults(text, reading: TableReading(origin: .optuna), inferring: true) == """
        runs.csv: Column 'params_lr' has 9 different values in 9 runs: that is no grid of levels. Name in a --design the \
        levels that are to be compared.
        """
    )
  }

  @Test func `runs without seeds are seeds of their own`() throws {
    var text = "number,value,params_lr,state\n"
    for trial in 0..<8 { text += "\(trial),0.\(trial),\(trial % 2),COMPLETE\n" }
    let source = SourceText(path: "runs.csv", text: text)
    let file = try RunsFile(source, design: nil, reading: TableReading(origin: .optuna))
    #expect(file.table.rows.map(\.seed) == Array(0..<8))
    #expect(file.warnings.count == 1 && file.warnings[0].contains("--seed NAME"))
    let main = PairedRuns(file.table, design: file.design).effects()[0].main[0]
    #expect(main.method.unpaired?.estimate.isFinite == true)
  }

  @Test(
    arguments: [
      (
        "drop_out,seed\n0,1\n",
        "runs.csv: There is no column 'dropout'. Did you mean 'drop_out'?"
      ),
      (
        "dropout,accuracy\n0,1\n",
        "runs.csv: There is no column 'seed'. The columns are dropout, accuracy."
      ),
      ("dropout,seed\n0,one\n", "runs.csv: Line 2: 'seed' is 'one'; it is a whole number."),
      ("dropout,seed\n0\n", "runs.csv: Line 2: 1 field under 2 columns."),
    ])
  func `a table that cannot be read says why`(text: String, message: String) {
    #expect(faults(text) == message)
  }
}
