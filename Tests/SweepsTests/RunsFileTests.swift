import Execution
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

  private func file(_ text: String, design: Design? = nil) throws -> RunsFile {
    try RunsFile(SourceText(path: "runs.csv", text: text), design: design ?? self.design)
  }

  private func faults(_ text: String) -> String {
    do {
      _ = try file(text)
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

  @Test func `a table of another tool may call its finished runs otherwise`() throws {
    let warnings = try file("status,dropout,seed,accuracy\nfinished,0,0,1\nfinished,0.5,0,1\n")
      .warnings
    #expect(
      warnings == [
        "No row has the status 'ok', the only one that counts; there are 'finished'."
      ]
    )
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
