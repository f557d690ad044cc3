import Charts
import Testing

struct NumberTests {
  @Test(arguments: [
    (0.25, 0.05, "0.25"), (0.25, 1, "0"), (0.5, 0.1, "0.5"), (-3.14159, 0.01, "−3.14"),
    (-0.001, 0.01, "0.00"), (1_000, 500, "1000"), (12_345.6, 1, "12,346"), (0.1 + 0.2, 0.1, "0.3"),
    (2.5e-7, 1e-8, "2.5e−7"), (3e9, 5e8, "3.0e9"), (0, 1e-9, "0"), (1e6, 1e5, "1,000,000"),
    (1.7e308, 1e307, "1.7e308"), (.nan, 1, ""), (1_000, 1e-3, "1000.000"),
  ])
  func `a number has the decimals its step needs`(value: Double, step: Double, text: String) {
    #expect(Number.text(value, step: step) == text)
  }
}
