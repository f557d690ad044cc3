import Statistics
import Testing

struct DiscoveryLevelsTests {
  /// The levels agree with the package online-fdr, to the last digits that the order of a sum leaves.
  @Test func `levels are those of an independent program`() throws {
    let series = try Reference.value("Gate/levels.json")["series"].list
    #expect(series.count == 4)
    for entry in series {
      let rule = DiscoveryLevels(share: try entry["share"].number)
      let levels = try entry["levels"].list.map { try $0.number }
      let found = try entry["found"].list.map { Int(try $0.number) }
      for (index, expected) in levels.enumerated() {
        let level = rule.level(ofTest: index + 1, discoveries: found.filter { $0 <= index })
        #expect(abs(level - expected) <= 1e-13 * expected + 1e-18)
      }
    }
  }

  @Test func `a test that begins while others are open counts no discovery of later`() {
    let rule = DiscoveryLevels(share: 0.1)
    #expect(rule.level(ofTest: 3, discoveries: [3, 4]) == rule.level(ofTest: 3, discoveries: []))
    #expect(rule.level(ofTest: 5, discoveries: [3, 4]) > rule.level(ofTest: 5, discoveries: [3]))
  }

  @Test func `what is spent before the first discovery is at most half of the share`() {
    let rule = DiscoveryLevels(share: 0.05)
    let spent = (1...20_000).reduce(0) { $0 + rule.level(ofTest: $1, discoveries: []) }
    #expect(spent < 0.025 && spent > 0.01)
  }
}
