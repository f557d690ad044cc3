import Charts
import Testing

/// Where the words of charts stand, by the estimate of their widths.
struct LayoutTests {
  @Test(arguments: Sample.all)
  func `no text meets another or leaves the picture`(sample: Sample) {
    expectTidy(sample)
  }

  @Test(arguments: Extremes.all)
  func `no chart of extreme values or words does either`(extreme: Extremes) {
    for sample in extreme.samples { expectTidy(sample) }
  }

  @Test(arguments: Extremes.all)
  func `every coordinate is a number`(extreme: Extremes) {
    for sample in extreme.samples {
      let text = sample.chart.drawing.svg(label: sample.label)
      #expect(!text.contains("nan") && !text.contains("inf"), "\(sample.name)")
      #expect(sample.chart.drawing.width <= 740, "\(sample.name)")
    }
  }

  private func expectTidy(
    _ sample: Sample,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let drawing = sample.chart.drawing
    let texts = drawing.texts.sorted { $0.box.y < $1.box.y }
    for (index, text) in texts.enumerated() {
      let box = text.box
      let isInside =
        box.x >= -0.5 && box.maxX <= drawing.width + 0.5 && box.y >= -0.5
        && box.maxY <= drawing.height + 0.5
      #expect(
        isInside,
        "\(sample.name): '\(text.content)' leaves the picture",
        sourceLocation: sourceLocation
      )
      for other in texts[(index + 1)...].prefix(while: { $0.box.y < box.maxY - 0.5 }) {
        let meets = other.box.x < box.maxX - 0.5 && box.x < other.box.maxX - 0.5
        #expect(
          !meets,
          "\(sample.name): '\(text.content)' meets '\(other.content)'",
          sourceLocation: sourceLocation
        )
      }
    }
  }
}
