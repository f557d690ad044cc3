import Charts
import TestSupport
import Testing

struct GoldenTests {
  @Test(arguments: Sample.all)
  func `each chart is drawn as its golden file`(sample: Sample) {
    expectGolden(sample.chart.drawing.file(label: sample.label), "\(sample.name).svg")
  }
}
