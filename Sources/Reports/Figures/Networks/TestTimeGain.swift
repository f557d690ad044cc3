import Charts
import Statistics
import Sweeps

/// What averaging over augmented draws of each validation image adds to the accuracy of the same networks.
struct TestTimeGain {
  let near: NearCells
  let metric: Metric

  /// nil where no run was asked to average.
  var figure: Figure? {
    let rows = near.cells.compactMap { cell -> (cell: NearCell, gain: SeedMean)? in
      let gains = cell.runs.compactMap { run -> Double? in
        guard let averaged = run.final(.augmentedAccuracy, near.spec),
          let plain = run.final(.accuracy, near.spec)
        else { return nil }
        return averaged - plain
      }
      return gains.isEmpty ? nil : (cell, SeedMean(gains))
    }
    guard !rows.isEmpty else { return nil }
    let said = rows.map { "\($0.cell.name): \(text($0.gain))" }
    return Figure(
      name: "test-time",
      title: """
        Averaging over augmented draws of each validation image changes accuracy by – \
        \(said.joined(separator: "; "))
        """,
      label: "Change of accuracy by averaging over draws – \(said.joined(separator: "; ")).",
      chart: ForestChart(
        rows: rows.map { row in
          ForestChart.Row(
            label: row.cell.name,
            group: metric.group(row.gain),
            outcome: text(row.gain)
          )
        },
        delta: metric.delta * metric.displayFactor,
        xLabel: "accuracy with averaging − accuracy"
          + (metric.unit.isEmpty ? "" : "," + metric.unit)
      ),
      data: Table(
        columns: [.words("cell"), .numbers("plain"), .numbers("averaged")] + Table.Column.seedMean,
        rows: rows.map { row in
          [
            row.cell.name, metric.meanText(mean(.accuracy, row.cell)),
            metric.meanText(mean(.augmentedAccuracy, row.cell)),
          ] + metric.cells(row.gain)
        }
      ),
      note: """
        Both are of the same trained networks and the same images, a dot per seed. The average is three \
        quarters of the augmented draws and a quarter of the image as it is.
        """
    )
  }

  private func mean(_ measurand: Measurand, _ cell: NearCell) -> SeedMean {
    SeedMean(cell.runs.compactMap { $0.final(measurand, near.spec) })
  }

  /// The mean gain with its sign and its interval.
  private func text(_ gain: SeedMean) -> String {
    guard let mean = gain.mean.map(metric.drawn) else { return "–" }
    let sign = mean > 0 ? "+" : ""
    return sign + metric.text(gain)
  }
}
