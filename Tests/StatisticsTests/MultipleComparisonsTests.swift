import Statistics
import Testing

struct MultipleComparisonsTests {
  private func randomValues(_ stream: Int) -> [Double?] {
    var rng = SeededGenerator(purpose: "test", seed: stream)
    return (0..<12).map { _ in rng.index(below: 5) == 0 ? nil : rng.uniform() * rng.uniform() }
  }

  @Test(arguments: 0..<20)
  func `adjusted values lie between the original and 1, and keep their order`(stream: Int) throws {
    let original = randomValues(stream)
    for adjusted in [holm(original), benjaminiHochberg(original)] {
      #expect(adjusted.map { $0 == nil } == original.map { $0 == nil })
      let pairs = zip(original, adjusted).compactMap { p, q in p.flatMap { p in q.map { (p, $0) } }
      }
      #expect(pairs.allSatisfy { $0.0 <= $0.1 * (1 + 1e-15) && $0.1 <= 1 })
      let sorted = pairs.sorted { $0.0 < $1.0 }.map(\.1)
      #expect(sorted == sorted.sorted())
    }
  }

  @Test(arguments: 0..<20)
  func `the false discovery rate is never stricter than the family-wise error`(stream: Int) {
    let original = randomValues(stream)
    for (strict, lenient) in zip(holm(original), benjaminiHochberg(original)) {
      #expect((lenient ?? 0) <= (strict ?? 0) + 1e-15)
    }
  }

  @Test func `one test alone is not adjusted, and contrasts without a test do not count`() {
    #expect(holm([nil, 0.03, nil]) == [nil, 0.03, nil])
    #expect(benjaminiHochberg([0.03, nil]) == [0.03, nil])
    #expect(holm([]) == [])
  }
}
