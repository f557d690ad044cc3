import Charts
import Statistics

extension Pictures {
  /// What the networks saw, what they look for, and what they made of it; empty where there is nothing.
  var figures: [Figure] { [augmentation, weights, fit].compactMap { $0 } }

  private var augmentation: Figure? {
    guard let first = sheets.first, !first.images.isEmpty else { return nil }
    let levels = sheets.map(\.level).joined(separator: ", ")
    return Figure(
      name: "augmentation",
      title:
        "\(Numeral.counted(first.images.count, "training image")) as each augmentation shows them to the network: \(levels)",
      label: "The same training images, changed by \(levels).",
      chart: ImageGrid(rows: sheets.map { ImageGrid.Row(label: $0.level, images: $0.images) }),
      data: Table(
        columns: [.words("augmentation"), .numbers("images")],
        rows: sheets.map { [$0.level, "\($0.images.count)"] }
      ),
      note: """
        A column is one image of the first seed's training set in its first epoch, as the run itself \
        drew it; every epoch draws anew.
        """
    )
  }

  private var weights: Figure? {
    guard let first = filters.first, !first.images.isEmpty else { return nil }
    let names = filters.map(\.network).joined(separator: " and ")
    return Figure(
      name: "filters",
      title: """
        \(Numeral.counted(first.images.count, "filter")) of the first layer \(names) the training of \
        the baseline
        """,
      label: "First-layer weights as images, \(names) the training of the baseline.",
      chart: ImageGrid(rows: filters.map { ImageGrid.Row(label: $0.network, images: $0.images) }),
      data: Table(
        columns: [.words("network"), .numbers("filters"), .words("size")],
        rows: filters.map { row in
          let size = row.images.first.map { "\($0.height) × \($0.width)" } ?? "–"
          return [row.network, "\(row.images.count)", size]
        }
      ),
      note: """
        A filter is bright where its weight is positive and dark where it is negative, on the scale of \
        the largest weight of its row. The training is repeated for the picture with the first seed, \
        where it is little work.
        """
    )
  }

  private var fit: Figure? {
    guard let fits, !fits.cells.isEmpty else { return nil }
    let errors = fits.cells.map { cell in
      (name: cell.name, error: Self.error(of: cell.curve, against: fits.truth))
    }
    let said = errors.map { name, error in
      "\(name) \(error.map(Numeral.significant) ?? "–")"
    }
    return Figure(
      name: "fit",
      title: """
        What the first seed of each cell made of the curve; mean distance from the curve without \
        noise: \(said.joined(separator: ", "))
        """,
      label: "Mean distance of the fit from the curve: \(said.joined(separator: "; ")).",
      chart: FitChart(
        panels: fits.cells.map { FitChart.Panel(title: $0.name, fits: [$0.curve]) },
        data: fits.data,
        truth: fits.truth
      ),
      data: Table(
        columns: [.words("cell"), .numbers("mean distance")],
        rows: errors.map { [$0.name, $0.error.map(Numeral.significant) ?? "–"] }
      ),
      note: """
        Trained again for the picture with the first seed, where that is little work, for the baseline \
        and the cells next to it; dots are training examples.
        """
    )
  }

  /// The mean absolute distance of two curves at the same places.
  private static func error(of curve: [Point], against truth: [Point]) -> Double? {
    guard curve.count == truth.count, !curve.isEmpty else { return nil }
    return mean(zip(curve, truth).map { abs($0.y - $1.y) })
  }
}
