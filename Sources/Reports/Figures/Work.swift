import Charts
import Notation
import Statistics
import Sweeps

/// Where the time went: the work of each level, by how its runs ended.
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
        \(Numeral.time(total)) of work in \(Numeral.counted(records.count, "run"))\
        \(ends(statuses))\(sharedTitle)
        """,
      label: rows.map { "\($0.name) \(Numeral.time(seconds($0.runs)))" }.joined(separator: "; ")
        + ".",
      chart: WorkBars(
        parts: statuses.map(Self.word),
        rows: rows.map { row in
          let times = statuses.map { seconds(row.runs, $0) }
          return WorkBars.Row(label: row.name, values: times, texts: times.map(Numeral.time))
        },
        arrangement: .stacked,
        xLabel: "work of all its runs, s"
      ),
      data: Table(
        columns: [.words("level"), .numbers("runs"), .numbers("work"), .numbers("mean of a run")]
          + [.numbers("runs with shared features")],
        rows: rows.map { row in
          [
            row.name, row.runs.count.grouped, Numeral.time(seconds(row.runs)),
            Numeral.time(seconds(row.runs) / Double(row.runs.count)),
            row.runs.count(where: sharesFeatures).grouped,
          ]
        }
      ),
      note: """
        The levels of one axis share out the same work. Time is that of the programs themselves, \
        however many ran at once; waiting and attempts before the last do not count.\(rowNote(levels.count))
        """
    )
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
