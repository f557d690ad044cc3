import Execution
import Statistics
import Testing

/// The middle of durations that come one after another, beside the middle of all of them sorted.
struct SortedDurationsTests {
  private func middle(_ seconds: [Double]) -> Double? {
    let sorted = seconds.sorted()
    guard !sorted.isEmpty else { return nil }
    return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
  }

  // 3: nearly all are equal; a million kinds: nearly none are.
  @Test(arguments: [1, 3, 1_000_000], [0, 1, 700, 3000])
  func `the middle is that of all, whatever came first`(kinds: Int, before: Int) {
    var generator = SeededGenerator(purpose: "durations", seed: kinds + before)
    var all = (0..<before).map { _ in Double(generator.index(below: kinds)) }
    var durations = SortedDurations(all)
    #expect(durations.middle == middle(all))
    for count in 1...4000 {
      let value = Double(generator.index(below: kinds))
      all.append(value)
      durations.insert(value)
      if count < 5 || count.isMultiple(of: 97) { #expect(durations.middle == middle(all)) }
    }
  }

  @Test func `ascending and descending ones have the same middle`() {
    var up = SortedDurations([])
    var down = SortedDurations([])
    for value in 0..<5001 {
      up.insert(Double(value))
      down.insert(Double(5000 - value))
    }
    #expect(up.middle == 2500 && down.middle == 2500)
  }
}
