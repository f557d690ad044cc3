import Charts
import Testing

/// Every kind of chart over values and words that nobody would choose.
struct Extremes {
  static let arabic = "نموذج كبير <script>alert(\"x\")</script> & a name\nthat \u{202E}does not end"

  /// The values that stand for runs, epochs, cells and all else that is many.
  let values: [Double]
  /// What each row, level, panel and axis is called, with its number.
  let words: String
  /// How many rows, levels and panels there are at most.
  var count = 5

  /// One sample for each kind, in the order of the kinds' names.
  var samples: [Sample] {
    [
      Sample(name: "dose", label: words, chart: dose),
      Sample(name: "dose by scores", label: words, chart: scoredDose),
      Sample(name: "dose with levels far off", label: words, chart: farDose),
      Sample(name: "fit", label: words, chart: fit),
      Sample(name: "forest", label: words, chart: forest(.difference)),
      Sample(name: "forest of ratios", label: words, chart: forest(.ratio)),
      Sample(name: "gap", label: words, chart: gap),
      Sample(name: "heat", label: words, chart: heat(.sequential)),
      Sample(name: "heat diverging", label: words, chart: heat(.diverging(around: 0))),
      Sample(name: "images", label: words, chart: images),
      Sample(name: "interaction", label: words, chart: interaction),
      Sample(name: "curves", label: words, chart: curves(panels: 1, isLogarithmic: false)),
      Sample(
        name: "curves logarithmic",
        label: words,
        chart: curves(panels: 1, isLogarithmic: true)
      ),
      Sample(
        name: "curve panels",
        label: words,
        chart: curves(panels: count, isLogarithmic: false)
      ),
      Sample(name: "reliability", label: words, chart: reliability),
      Sample(name: "slopes", label: words, chart: slopes),
      Sample(name: "small curve", label: words, chart: smallCurve),
      Sample(name: "swarm", label: words, chart: swarm),
      Sample(name: "votes", label: words, chart: votes),
      Sample(name: "work paired", label: words, chart: work(.paired)),
      Sample(name: "work stacked", label: words, chart: work(.stacked)),
    ]
  }

  private var kept: [Double] { Array(values.prefix(count)) }
  private var indices: Range<Int> { kept.indices }
  private var points: [Point] { values.enumerated().map { Point(x: Double($0), y: $1) } }

  private func name(_ index: Int) -> String { words.isEmpty ? "" : "\(index) \(words)" }

  private func group(_ index: Int) -> Group {
    Group(
      mean: kept[index],
      interval: Span(lower: kept[index] - 1, upper: kept[index] + 1),
      dots: values
    )
  }

  private var dose: DoseResponse {
    DoseResponse(
      levels: indices.map { .init(label: name($0), group: group($0)) },
      baseline: values.first.map { .init(label: words, value: $0) },
      xLabel: words,
      yLabel: words
    )
  }

  private var scoredDose: DoseResponse {
    DoseResponse(
      levels: indices.map { .init(label: name($0), position: Double($0 * $0), group: group($0)) },
      xLabel: words,
      yLabel: words
    )
  }

  private var farDose: DoseResponse {
    DoseResponse(
      levels: indices.map { .init(label: name($0), group: group($0), isFar: $0 > 0) },
      xLabel: words,
      yLabel: words,
      isLogarithmic: true
    )
  }

  private var fit: FitChart {
    FitChart(
      panels: indices.map { .init(title: name($0), fits: [points, points]) },
      data: points,
      truth: points,
      xLabel: words,
      yLabel: words
    )
  }

  private func forest(_ unit: ForestChart.Unit) -> ForestChart {
    ForestChart(
      rows: indices.map { .init(label: name($0), group: group($0), outcome: words) },
      delta: unit == .ratio ? 1.01 : 0.01,
      xLabel: words,
      unit: unit
    )
  }

  private var gap: GapBars {
    GapBars(
      rows: indices.map {
        .init(label: name($0), train: group($0), valid: group($0), gap: words)
      },
      xLabel: words
    )
  }

  private func heat(_ shading: HeatMap.Shading) -> HeatMap {
    let row: [HeatMap.Cell?] = values.map { HeatMap.Cell(value: $0, halfWidth: $0) }
    return HeatMap(
      rows: indices.map(name),
      columns: values.indices.map(name),
      cells: indices.map { _ in row },
      rowTitle: words,
      columnTitle: words,
      valueLabel: words,
      shading: shading
    )
  }

  private var images: ImageGrid {
    let picture = Picture(width: 2, height: 2, pixels: [0, 90, 180, 255])
    return ImageGrid(
      rows: indices.map { .init(label: name($0), images: values.compactMap { _ in picture }) },
      columns: words.isEmpty ? [] : values.indices.map(name)
    )
  }

  private var interaction: InteractionPlot {
    InteractionPlot(
      levels: indices.map(name),
      lines: indices.map { .init(label: name($0), groups: indices.map(group)) },
      xLabel: words,
      yLabel: words
    )
  }

  private func curves(panels: Int, isLogarithmic: Bool) -> LearningCurves {
    LearningCurves(
      panels: (0..<panels).map { panel in
        let series = indices.map { index in
          LearningCurves.Series(
            name: name(index),
            seeds: [points, points],
            mean: points,
            lower: points,
            upper: points
          )
        }
        return LearningCurves.Panel(title: name(panel), series: series)
      },
      xLabel: words,
      yLabel: words,
      isLogarithmic: isLogarithmic
    )
  }

  private var reliability: ReliabilityDiagram {
    let width = 1 / Double(max(values.count, 1))
    let bins = values.enumerated().map { index, value in
      let start = Double(index) * width
      return ReliabilityDiagram.Bin(
        edges: Span(lower: start, upper: start + width),
        meanConfidence: start,
        shareCorrect: value,
        interval: Span(lower: value - 1, upper: value + 1),
        count: 1_234_567
      )
    }
    return ReliabilityDiagram(
      series: [.init(name: words, bins: bins), .init(name: name(1), bins: bins)],
      xLabel: words,
      yLabel: words
    )
  }

  private var slopes: PairedSlopes {
    PairedSlopes(
      from: words,
      to: words,
      pairs: values.enumerated().map { .init(label: name($0), from: $1, to: 2 * $1) },
      mean: values.first.map { .init(label: words, from: $0, to: 2 * $0) },
      yLabel: words
    )
  }

  private var smallCurve: SmallCurve {
    SmallCurve(seeds: [points, points], mean: points, xLabel: words)
  }

  private var swarm: PredictionSwarm {
    PredictionSwarm(
      rows: ["↑ up", "none", "↓ down"],
      predictions: values.map { .init(row: 2, confidence: $0, isRight: $0 > 50) },
      outcome: 0
    )
  }

  private var votes: VoteHistogram {
    VoteHistogram(down: values.count, none: 0, up: 1_000 * values.count)
  }

  private func work(_ arrangement: WorkBars.Arrangement) -> WorkBars {
    WorkBars(
      parts: [words, words, words],
      rows: indices.map {
        .init(label: name($0), values: kept, texts: kept.map { _ in words })
      },
      arrangement: arrangement,
      xLabel: words
    )
  }
}

extension Extremes: CustomTestStringConvertible {
  static let all: [Extremes] = [
    Extremes(values: [], words: "nothing"),
    Extremes(values: [], words: ""),
    Extremes(values: [0.5], words: "one value"),
    Extremes(values: [0], words: ""),
    Extremes(values: [.nan, .infinity, -.infinity], words: "not finite"),
    Extremes(values: [.nan, 3, .infinity, -2, 90, 1e-300], words: "partly finite"),
    Extremes(values: [1.7e308, -1.7e308, 0], words: "largest"),
    Extremes(values: [5, 5, 5], words: "equal"),
    Extremes(values: [1e-9, 3e-9, 2e-9], words: "tiny"),
    Extremes(values: [1_000_000, 1_000_001], words: "far from zero"),
    Extremes(values: [1, 44, 50, 1_000, 92, 33, 99, 20, 18], words: arabic),
    Extremes(values: [60, 70, 80], words: String(repeating: "unbroken", count: 30)),
    Extremes(values: [60, 70, 80], words: "模型的名字很长很长很长很长很长很长很长很长很长很长很长 👩‍👩‍👧‍👦 é́"),
    Extremes(values: (0..<10_000).map { Double($0 % 100) }, words: "many"),
    Extremes(values: (0..<60).map(Double.init), words: "rows", count: 40),
  ]

  var testDescription: String { "\(values.count) values, \(words.prefix(20))" }
}
