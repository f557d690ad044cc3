import Charts
import Statistics

extension Pictures.Fits {
  /// What networks made of the curve, with the kinks of their straight pieces; nil where no training was repeated.
  var figure: Figure? {
    guard !cells.isEmpty else { return nil }
    let rows = cells.map { cell in
      (
        name: cell.name, pieces: Numeral.counted(cell.kinks.count + 1, "straight piece"),
        error: error(of: cell.curve).map { Numeral.fixed($0, decimals: 3) } ?? "–"
      )
    }
    let said = rows.map { "\($0.name): \($0.pieces), \($0.error)" }
    return Figure(
      name: "fit",
      title: """
        What the first seed of each cell made of the curve, and its mean distance from the curve without \
        noise – \(said.joined(separator: "; "))
        """,
      label: "Pieces of each fit and its mean distance from the curve: "
        + said.joined(separator: "; ") + ".",
      chart: FitChart(
        panels: cells.map {
          FitChart.Panel(title: $0.name, fits: [$0.curve], kinks: $0.kinks)
        },
        data: data,
        truth: truth
      ),
      data: Table(
        columns: [.words("cell"), .numbers("kinks"), .numbers("mean distance")],
        rows: zip(cells, rows).map { [$0.name, "\($0.kinks.count)", $1.error] }
      ),
      note: """
        Trained again for the picture with the first seed, where that is little work, for the baseline \
        and the cells next to it; dots are training examples. A ReLU is a line with one kink, and so a \
        network of them draws straight pieces; without them a stack of layers is one line. Kinks too \
        faint to see are not marked.
        """
    )
  }

  /// The mean absolute distance from the curve without noise, at the same places.
  private func error(of curve: [Point]) -> Double? {
    guard curve.count == truth.count, !curve.isEmpty else { return nil }
    return mean(zip(curve, truth).map { abs($0.y - $1.y) })
  }
}
