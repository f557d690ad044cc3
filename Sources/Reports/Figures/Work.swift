import Charts
import Notation
import Statistics
import Sweeps

/// What a run costs at each level, and what all of them took.
struct WorkFigure {
  let spec: Spec
  let records: [Record]

  /// nil before a run came to an end.
  var figure: Figure? {
    let statuses = [RunStatus.ok, .failed, .diverged, .timedOut].filter { count($0) > 0 }
    let total = seconds(records)
    guard total > 0 else { return nil }
    let levels = spec.axes.enumerated().flatMap { place, axis in
      axis.levels.map { level in
        (
          name: "\(axis.name) \(level.text)",
          runs: records.filter { $0.run.levels[place] == level.text }
        )
      }
    }.filter { !$0.runs.isEmpty }
    let rows = (levels.isEmpty ? [(name: "all runs", runs: records)] : levels)
      .prefix(Self.workRows)
    return Figure(
      name: "work",
      title: """
        \(Numeral.time(total)) of work in \(Numeral.counted(records.count, "run")), \
        \(Numeral.time(perRun(records))) each\(ends(statuses))\(sharedTitle)
        """,
      label: rows.map { "\($0.name) \(Numeral.time(perRun($0.runs))) a run" }
        .joined(separator: "; ") + ".",
      chart: WorkBars(
        parts: ["mean of a run"],
        rows: rows.map { row in
          let mean = perRun(row.runs)
          return WorkBars.Row(label: row.name, values: [mean], texts: [Numeral.time(mean)])
        },
        arrangement: .stacked,
        xLabel: "mean work of a run, s"
      ),
      data: Table(
        columns: [.words("level"), .numbers("runs"), .numbers("mean of a run"), .numbers("work")]
          + [.numbers("runs with shared features")],
        rows: rows.map { row in
          [
            row.name, row.runs.count.grouped, Numeral.time(perRun(row.runs)),
            Numeral.time(seconds(row.runs)), row.runs.count(where: sharesFeatures).grouped,
          ]
        }
      ),
      note: """
        A bar is the mean over the runs of a level that came to an end, however they did. Time is that of the \
        programs themselves, however many ran at once; waiting and attempts before the last do not \
        count.\(rowNote(levels.count))
        """
    )
  }

  private func perRun(_ records: [Record]) -> Double {
    seconds(records) / Double(max(1, records.count))
  }

  private func count(_ status: RunStatus) -> Int { records.count { $0.status == status } }

  private static let workRows = 30

  /// How the time divides by how runs ended, where they ended in different ways.
  private func ends(_ statuses: [RunStatus]) -> String {
    guard statuses.count > 1 else { return "" }
    let parts = statuses.map { status in
      "\(Numeral.time(seconds(records, status))) in \(count(status).grouped) that "
        + Self.word(status)
    }
    return ": " + parts.joined(separator: ", ")
  }

  private func rowNote(_ count: Int) -> String {
    count > Self.workRows ? " The first \(Self.workRows) of \(count) levels are drawn." : ""
  }

  private var sharedTitle: String {
    let sharing = records.count(where: sharesFeatures)
    return sharing == 0
      ? "" : "; \(sharing.grouped) took features of images over from another run"
  }

  private func seconds(_ records: [Record], _ status: RunStatus? = nil) -> Double {
    records.reduce(0) { sum, record in
      status == nil || record.status == status ? sum + record.duration / .seconds(1) : sum
    }
  }

  private static func word(_ status: RunStatus) -> String {
    switch status {
    case .ok: "finished"
    case .failed: "failed"
    case .diverged: "diverged"
    case .timedOut: "timed out"
    case .pending, .running: "did not end"
    }
  }

  /// Whether a run used features that another run had worked out.
  private func sharesFeatures(_ record: Record) -> Bool {
    (record.final(.sharedFeatures, spec, as: .bookkeeping) ?? 0) > 0
  }
}
