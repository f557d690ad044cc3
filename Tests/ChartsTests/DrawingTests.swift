import Charts
import TestSupport
import Testing

struct DrawingTests {
  @Test func `a chart within a page takes its colours from the page`() {
    let sample = VoteHistogram(down: 7, none: 3, up: 14)
    expectGolden(sample.drawing.svg(label: "14 voted up, 3 none, 7 down"), "votes-inline.svg")
    #expect(!sample.drawing.svg(label: "").contains("<style"))
    #expect(!sample.drawing.svg(label: "").contains(" id="))
  }

  @Test func `names that look like markup stay text`() {
    let name = "\"><script>alert('x')</script>\u{0}\u{202E}\n&amp;"
    let chart = PairedSlopes(
      from: name,
      to: name,
      pairs: [.init(label: name, from: 1, to: 2)],
      mean: nil,
      yLabel: name
    )
    for text in [chart.drawing.svg(label: name), chart.drawing.file(label: name)] {
      #expect(!text.contains("<script"))
      #expect(
        text.contains("aria-label=\"&quot;&gt;&lt;script&gt;alert('x')&lt;/script&gt; &amp;amp;\"")
      )
      #expect(!text.unicodeScalars.contains("\u{0}"))
      #expect(!text.unicodeScalars.contains("\u{202E}"))
    }
  }

  @Test func `a cut name keeps the whole one as its title`() {
    let name = String(repeating: "augmentation ", count: 20)
    let chart = ForestChart(
      rows: [.init(label: name, group: Group(mean: 1), outcome: "")],
      delta: 0,
      xLabel: ""
    )
    #expect(chart.drawing.texts.contains { $0.content.hasSuffix("…") && $0.title == name })
  }

  @Test func `what is left out is said`() {
    let dots = (0..<2_000).map(Double.init) + [.nan]
    let group = Group(mean: .infinity, dots: dots)
    let chart = DoseResponse(
      levels: [.init(label: "a", group: group)],
      xLabel: "",
      yLabel: "",
      dotLimit: 100
    )
    #expect(
      chart.drawing.notes == [
        "Showing 100 of 2000 dots.", "2 values that are not finite are left out.",
      ]
    )
    let curves = LearningCurves(
      panels: (0..<30).map {
        .init(
          title: "\($0)",
          series: [.init(name: "loss", seeds: [[Point(x: 0, y: 0), Point(x: 1, y: 1)]])]
        )
      },
      xLabel: "epoch",
      yLabel: "loss",
      isLogarithmic: true
    )
    #expect(
      curves.drawing.notes == [
        "Showing 24 of 30 cells.", "24 values that are not finite and positive are left out.",
      ]
    )
    let swarm = PredictionSwarm(rows: ["up"], predictions: [.init(row: 0, confidence: 180)])
    #expect(swarm.drawing.notes == ["One value that is no percentage is left out."])
  }

  @Test func `a picture must have as many values as its size says`() {
    #expect(Picture(width: 2, height: 2, pixels: [0, 1, 2]) == nil)
    #expect(Picture(width: 0, height: 0, pixels: []) == nil)
    #expect(Picture(width: 1, height: 1, pixels: [1, 2, 3]) != nil)
  }

  @Test func `an interval beyond the picture ends in an arrow`() {
    func marks(_ upper: Double) -> Int {
      let group = Group(mean: 1, interval: Span(lower: 0, upper: upper), dots: [1, 1.1])
      let chart = ForestChart(
        rows: [.init(label: "a", group: group, outcome: "")],
        delta: 1,
        xLabel: ""
      )
      return chart.drawing.svg(label: "").split(separator: "Z\" fill").count - 1
    }
    #expect(marks(1.2) == 0)
    #expect(marks(40) == 1)
  }

  /// The lengths of the bars of a picture, in the order in which they are drawn.
  private func bars(_ chart: some Chart) -> [Double] {
    chart.drawing.svg(label: "").matches(of: #/<rect [^>]*width="([0-9.]+)"/#)
      .compactMap { Double($0.output.1) }
  }

  @Test func `equal shares of votes are equal bars, however many voted`() {
    let few = bars(VoteHistogram(down: 1, none: 0, up: 1))
    let many = bars(VoteHistogram(down: 10, none: 5, up: 5))
    #expect(few.count == 3 && many.count == 3)
    #expect(few[0] == few[2] && few[1] == 0)
    let all = bars(VoteHistogram(down: 3, none: 0, up: 0))
    #expect(abs(all[2] - 2 * few[2]) < 0.2)
    #expect(many[2] == few[2] && abs(2 * many[0] - many[2]) < 0.2)
    let texts = VoteHistogram(down: 1, none: 0, up: 1).drawing.texts.map(\.content)
    #expect(texts.contains("0") && texts.contains("100"))
  }

  @Test(arguments: [
    ([0.4, 0.6, 3, 12], ["×0.5", "×1", "×2", "×5", "×10"]), ([0.96, 1.04], ["×0.96", "×1.04"]),
    ([0.001, 900], ["×0.01", "×1", "×100"]),
  ])
  func `an axis of ratios is labelled with round factors`(means: [Double], ticks: [String]) {
    let chart = ForestChart(
      rows: means.map { .init(label: "a", group: Group(mean: $0), outcome: "") },
      delta: 1.01,
      xLabel: "factor",
      unit: .ratio
    )
    let texts = chart.drawing.texts.map(\.content)
    for tick in ticks { #expect(texts.contains(tick), "\(tick) of \(texts)") }
  }

  @Test func `a level far off sets no scale, and is pointed to with its mean`() {
    func texts(_ isFar: Bool) -> [String] {
      let chart = DoseResponse(
        levels: [0.21, 0.19, 0.22, 0.95].enumerated().map { place, mean in
          .init(label: "\(place)", group: Group(mean: mean), isFar: isFar && place == 3)
        },
        xLabel: "x",
        yLabel: "y"
      )
      return chart.drawing.texts.map(\.content)
    }
    #expect(!texts(false).contains("0.19") && texts(false).contains("0.8"))
    #expect(texts(true).contains("0.190") || texts(true).contains("0.19"))
    #expect(!texts(true).contains("0.8") && texts(true).contains { $0.hasPrefix("0.95") })
  }
}
