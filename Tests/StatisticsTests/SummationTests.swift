import Statistics
import Testing

struct SummationTests {
  @Test func `a mean keeps the digits that a plain sum would lose`() {
    #expect(mean([1e16, 1, -1e16]) == 1.0 / 3)
  }

  @Test func `a mean of huge values is finite`() {
    let huge = Double.greatestFiniteMagnitude
    #expect(abs(mean([huge, huge, huge]) / huge - 1) < 1e-15)
  }

  @Test func `a spread is the same in any unit`() {
    let values = [1.0, 2, 4, 7]
    let spread = standardDeviation(values)
    #expect(abs(spread - 7.0.squareRoot()) < 1e-15)
    for unit in [0x1p-600, 0x1p600] {
      #expect(standardDeviation(values.map { $0 * unit }) == spread * unit)
    }
  }

  @Test func `equal values have no spread`() {
    #expect(standardDeviation([0.3, 0.3]) == 0)
    #expect(standardDeviation([-0.0, 0.0]) == 0)
  }
}
