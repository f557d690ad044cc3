import Reports
import Statistics
import Testing

struct ForestPlotTests {
  private func row(_ label: String, _ estimate: Double?, _ ends: (Double, Double)?)
    -> ForestPlot.Row
  {
    ForestPlot.Row(
      label: label,
      estimate: estimate,
      interval: ends.map { Interval(lower: $0.0, upper: $0.1) },
      text: estimate.map { "\($0)" } ?? "–"
    )
  }

  @Test func `intervals stand around the band of changes that do not matter`() {
    let plot = ForestPlot(
      [
        row("tuning", 3, (2, 4)), row("dropout", -0.25, (-0.75, 0.25)), row("one seed", 1, nil),
        row("no pairs", nil, nil),
      ],
      delta: 1
    )
    #expect(
      plot.text == """
                     −δ         0         +δ
        tuning        :         |         :         [==========*=========]   3.0
        dropout       : [====*====]       :                                  -0.25
        one seed      :         |         *                                  1.0
        no pairs      :         |         :                                  –
        """
    )
  }

  @Test func `an interval that leaves the picture says so, and does not squeeze the others`() {
    let plot = ForestPlot(
      [row("two seeds", 0.5, (-30, 31)), row("many", 1, (0.9, 1.1))],
      delta: 0.2
    )
    let lines = plot.text.split(separator: "\n")
    #expect(lines[1].contains("<") && lines[1].contains(">"))
    #expect(lines[2].contains("[") && lines[2].contains("]"))
  }

  @Test func `without a threshold there is no band`() {
    let plot = ForestPlot([row("x", 1, (0.5, 1.5))], delta: 0).text
    #expect(!plot.contains(":") && !plot.contains("δ"))
  }

  @Test func `nothing but zeros, and no rows at all, are drawn too`() {
    #expect(ForestPlot([row("x", 0, nil)], delta: 0).text.contains("*"))
    #expect(ForestPlot([], delta: 0).text.contains("0"))
  }
}
