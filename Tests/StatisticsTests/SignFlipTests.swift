import Statistics
import Testing

struct SignFlipTests {
  /// The definition, pattern by pattern.
  private func literal(_ differences: [Double]) -> Double {
    let total = abs(differences.reduce(0, +))
    let tolerance = 1e-12 * differences.map(abs).reduce(0, +)
    let patterns = 0..<(1 << differences.count)
    let hits = patterns.count { pattern in
      let sum = differences.enumerated().reduce(0) {
        $0 + (pattern >> $1.offset & 1 == 0 ? $1.element : -$1.element)
      }
      return abs(sum) >= total - tolerance
    }
    return Double(hits) / Double(patterns.count)
  }

  @Test(arguments: 1...11)
  func `p is the share of sign patterns at least as extreme`(count: Int) {
    var rng = SeededGenerator(purpose: "test", seed: count)
    for _ in 0..<20 {
      // Few distinct values make many patterns with equal sums.
      let differences = (0..<count).map { _ in Double(rng.index(below: 7)) - 2.5 }
      #expect(signFlip(differences) == literal(differences))
    }
  }

  @Test func `the smallest p of n seeds is 2 over 2 to the n`() {
    #expect(signFlip([1, 2, 3, 4, 5]) == 0.0625)
    #expect(signFlip((1...20).map(Double.init)) == 0x1p-19)
  }

  @Test func `more than 20 seeds and none at all have no exact p`() {
    #expect(signFlip((1...21).map(Double.init)) == nil)
    #expect(signFlip([]) == nil)
  }

  @Test func `differences of nothing are as extreme as any`() {
    #expect(signFlip([0, 0, 0]) == 1)
    #expect(signFlip([1, -1]) == 1)
  }
}
