import Charts
import Statistics

extension Pictures {
  /// What the networks saw, what they look for, and what they made of it; empty where there is nothing.
  var figures: [Figure] { [augmentation, mixup, weights, fits?.figure, sure].compactMap { $0 } }

  private var augmentation: Figure? {
    guard let most = sheets.map(\.images.count).max(), most > 0 else { return nil }
    let levels = sheets.map(\.level).joined(separator: ", ")
    return Figure(
      name: "augmentation",
      title: "One training image, drawn up to \(most) times by each augmentation: \(levels)",
      label: "The same training image, changed by \(levels).",
      chart: ImageGrid(rows: sheets.map { ImageGrid.Row(label: $0.level, images: $0.images) }),
      data: Table(
        columns: [.words("augmentation"), .numbers("different draws")],
        rows: sheets.map { [$0.level, "\($0.images.count)"] }
      ),
      note: """
        What is changed at random never looks the same to the network: these are the draws of the first seed's \
        first \(Numeral.counted(most, "epoch")). A row of one image is one that nothing changes.
        """
    )
  }

  private var mixup: Figure? {
    guard !mixtures.isEmpty else { return nil }
    let shares = mixtures.map { mixture in
      [mixture.share, 1 - mixture.share].map { Numeral.fixed($0 * 100, decimals: 0) }
    }
    return Figure(
      name: "mixup",
      title: """
        \(Numeral.counted(mixtures.count, "training image")) as mixup shows them to the network: each is \
        blended with another, and so is its label
        """,
      label: "Training images blended with another of their batch, by "
        + shares.map { "\($0[0]) to \($0[1])" }.joined(separator: ", ") + " per cent.",
      chart: ImageGrid(
        rows: [
          ImageGrid.Row(label: "the image", images: mixtures.map(\.image)),
          ImageGrid.Row(label: "another", images: mixtures.map(\.partner)),
          ImageGrid.Row(label: "the blend", images: mixtures.map(\.blend)),
        ],
        columns: shares.map { "\($0[0]) : \($0[1])" }
      ),
      data: Table(
        columns: [.numbers("of the image, %"), .numbers("of the other, %")],
        rows: shares
      ),
      note: """
        The first batch of the first seed's first epoch, as the run itself drew it, at the first level that \
        mixes. The label is blended by the same shares: the network learns to be that unsure.
        """
    )
  }

  private var sure: Figure? {
    guard let first = mistakes.first else { return nil }
    func percent(_ mistake: Mistake) -> String {
      Numeral.fixed(mistake.confidence * 100, decimals: 0)
    }
    let worst = "'\(first.answer)' at \(percent(first)) % for '\(first.label)'"
    return Figure(
      name: "mistakes",
      title:
        "\(Numeral.counted(mistakes.count, "mistake")) of the baseline that it was surest of: \(worst)",
      label: mistakes.map { "\($0.label), taken for \($0.answer) at \(percent($0)) per cent" }
        .joined(separator: "; ") + ".",
      chart: ImageGrid(
        rows: mistakes.map { mistake in
          ImageGrid.Row(
            label: "\(mistake.label): said \(mistake.answer), \(percent(mistake)) %",
            images: [mistake.image]
          )
        }
      ),
      data: Table(
        columns: [.words("is"), .words("taken for"), .numbers("confidence, %")],
        rows: mistakes.map { [$0.label, $0.answer, percent($0)] }
      ),
      note: """
        Validation images that the first seed's network answered wrong, the surest first. Look at them: some are hard, \
        some carry a wrong label, and of some only the network knows why it was so sure.
        """
    )
  }

  private var weights: Figure? {
    guard filters.count > 1, let first = filters.first, !first.images.isEmpty else { return nil }
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
}
