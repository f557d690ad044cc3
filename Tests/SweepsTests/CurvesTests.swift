import Sweeps
import Testing

struct CurvesTests {
  @Test func `points become series with a gap where nothing was measured`() {
    let curve = Curve(
      run: "a",
      points: [
        CurvePoint(unit: .epoch, position: 1, metrics: ["loss": 0.5]),
        CurvePoint(unit: .epoch, position: 2, metrics: ["loss": .infinity, "accuracy": 0.9]),
      ]
    )
    #expect(curve.series.map(\.metric) == ["accuracy", "loss"])
    #expect(curve.series[0].values == [nil, 0.9])
    #expect(curve.series[1].values == [0.5, .infinity])
    #expect(curve.coordinates.map(\.position) == [1, 2])
  }
}
