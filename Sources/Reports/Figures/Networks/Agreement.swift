import Charts
import Notation
import Statistics
import Sweeps

/// How often a network says what a linear model beside it says, epoch by epoch.
struct Agreement {
  let near: NearCells
  let sampleSize: Int?

  /// nil where no run has the curve.
  var figure: Figure? {
    let panels = near.cells.compactMap { cell -> (cell: NearCell, curves: [SeedLines])? in
      let curves = [
        (Measurand.linearAgreement, "says what the linear model says"), (.accuracy, "is right"),
      ]
      .compactMap { measurand, name in
        near.spec.vocabulary.name(of: measurand, as: .curve)
          .flatMap { SeedLines($0, named: name, in: cell, isSampled: sampleSize != nil) }
      }
      return curves.first?.name == "is right" || curves.isEmpty ? nil : (cell, curves)
    }
    guard !panels.isEmpty else { return nil }
    let metric = Metric(name: "agreement", delta: 0)
    let said = panels.map { panel in
      let means = panel.curves[0].means
      return "\(panel.cell.name): \(means.first.map { metric.meanText($0.sample) } ?? "–") → "
        + "\(means.last.map { metric.meanText($0.sample) } ?? "–")"
    }
    return Figure(
      name: "agreement",
      title: """
        How often the network says what a linear model says, from the first point to the last – \
        \(said.joined(separator: "; "))
        """,
      label: "Agreement with a linear model, first to last – \(said.joined(separator: "; ")).",
      chart: LearningCurves(
        panels: panels.map { panel in
          LearningCurves.Panel(title: panel.cell.name, series: panel.curves.map(\.series))
        },
        xLabel: "epoch",
        yLabel: "share of validation images"
      ),
      data: Table(
        columns: [.words("cell"), .words("curve"), .numbers("epoch")] + Table.Column.seedMean,
        rows: panels.flatMap { panel in
          panel.curves.flatMap { curve in
            [curve.means.first, curve.means.last].compactMap(\.self).map { x, sample in
              [panel.cell.name, curve.name, Numeral.plain(x)] + metric.cells(sample)
            }
          }
        }
      ),
      note: """
        \(SeedLines.note) The linear model learns beside the network from the same batches, so that both have \
        seen as much.\(sampleSize.map { " All points are measured on the same \($0.grouped) images." } ?? "")
        """
    )
  }
}
