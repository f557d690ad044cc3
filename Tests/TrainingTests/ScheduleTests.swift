import Testing
import Training

struct ScheduleTests {
  @Test
  func `one cycle climbs from a twenty-fifth to the top in a quarter of the steps and ends at 0`() {
    let total = 40
    let shares = (0..<total).map { Schedule.oneCycle.share(step: $0, of: total) }
    #expect(abs(shares[0] - 0.04) < 1e-12)
    #expect(abs(shares[9] - 1) < 1e-12)
    #expect(abs(shares[39]) < 1e-12)
    #expect(zip(shares[..<9], shares[1...9]).allSatisfy { $0 < $1 })
    #expect(zip(shares[9...], shares[10...]).allSatisfy { $0 > $1 })
  }

  @Test func `a cosine falls from the top, and a constant rate stays there`() {
    #expect(Schedule.cosine.share(step: 0, of: 10) == 1)
    #expect(abs(Schedule.cosine.share(step: 5, of: 10) - 0.5) < 1e-12)
    #expect((0..<10).allSatisfy { Schedule.constant.share(step: $0, of: 10) == 1 })
  }

  @Test(arguments: Schedule.named.map(\.name), 1...6)
  func `a run of a few steps has shares between 0 and 1`(name: String, total: Int) throws {
    let schedule = try #require(Schedule.named.first { $0.name == name }).schedule
    for step in 0..<total {
      #expect((0...1).contains(schedule.share(step: step, of: total)))
    }
  }
}
