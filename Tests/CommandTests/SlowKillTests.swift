import TestSupport
import Testing

/// The long proof, for `make slow`.
@Suite(.enabled(if: runsLongTests), .serialized)
struct SlowKillTests {
  @Test(arguments: 1...2)
  func `300 runs survive 110 kills of coordinators, programs and guards`(seed: Int) throws {
    try Massacre(runs: 300, kills: 110, jobs: 8, seed: seed).survive()
  }
}
