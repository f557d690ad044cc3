import Charts
import Notation
import Statistics
import Sweeps

/// Where early stopping went back to, on the curves of the validation loss.
struct Stopping {
  let near: NearCells
  let sampleSize: Int?

  /// The curves of a cell, and on each the epoch whose network was kept.
  private func panel(_ cell: NearCell) -> (curves: SeedLines, kept: [Point], epochs: SeedMean)? {
    let isSampled = sampleSize != nil
    guard let loss = near.spec.vocabulary.name(of: .validLoss, as: .curve),
      let curves = SeedLines(loss, named: "validation loss", in: cell, isSampled: isSampled)
    else { return nil }
    let epochs = cell.runs.compactMap { $0.final(.bestEpoch, near.spec, as: .bookkeeping) }
    guard epochs.isEmpty || epochs.count == curves.lines.count else { return nil }
    let kept = zip(curves.lines, epochs).compactMap { line, epoch in
      line.last { $0.x <= epoch } ?? line.first
    }
    return (curves, kept, SeedMean(epochs))
  }

  /// nil where no run stopped early.
  var figure: Figure? {
    let panels = near.cells.compactMap { cell in panel(cell).map { (name: cell.name, panel: $0) } }
    guard panels.contains(where: { !$0.panel.kept.isEmpty }) else { return nil }
    let loss = Metric(name: "loss", delta: 0)
    /// Of the network that was kept, or the last one.
    func end(_ panel: (curves: SeedLines, kept: [Point], epochs: SeedMean)) -> SeedMean {
      SeedMean(
        panel.kept.isEmpty ? panel.curves.lines.compactMap { $0.last?.y } : panel.kept.map(\.y)
      )
    }
    let said = panels.map { name, panel in
      "\(name): \(loss.meanText(end(panel)))"
        + (panel.epochs.mean.map { " (epoch \(Numeral.fixed($0, decimals: 0)) on average)" } ?? "")
    }
    return Figure(
      name: "stopping",
      title: "Validation loss of the network that was kept – \(said.joined(separator: "; "))",
      label: "Validation loss of the network that was kept – \(said.joined(separator: "; ")).",
      chart: LearningCurves(
        panels: panels.map { name, panel in
          LearningCurves.Panel(title: name, series: [panel.curves.series], marks: panel.kept)
        },
        xLabel: "epoch",
        yLabel: "validation loss"
      ),
      data: Table(
        columns: [
          .words("cell"), .numbers("loss of what was kept"), .numbers("95 % CI"), .numbers("n"),
          .numbers("epochs kept"),
        ],
        rows: panels.map { name, panel in
          [name] + loss.cells(end(panel))
            + [panel.epochs.values.map(Numeral.plain).joined(separator: ", ")]
        }
      ),
      note: """
        \(SeedLines.note) A ring is one seed: the epoch whose network was \
        kept.\(sampleSize.map { " Measured on \($0.grouped) validation images." } ?? "") Early stopping watches a fifth of the training images, which are held out and \
        not learned from; the validation images choose nothing.
        """
    )
  }
}
