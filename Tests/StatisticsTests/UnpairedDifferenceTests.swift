import Statistics
import Testing

struct UnpairedDifferenceTests {
  private let before = [0.91, 0.93, 0.925, 0.88]
  private let after = [0.95, 0.94, 0.97, 0.96, 0.955]

  /// Reference: SciPy 1.17.1, `ttest_ind(after, before, equal_var=False)` with its confidence intervals.
  @Test func `it agrees with SciPy's Welch test`() throws {
    let difference = try #require(UnpairedDifference(from: before, to: after, delta: 0))
    let test = try #require(difference.test)
    #expect(abs(test.t - 3.553_711_577_967_651_4) < 1e-12)
    #expect(abs(test.degreesOfFreedom - 4.179_920_035_539_760_5) < 1e-12)
    #expect(abs(test.p - 0.022_042_234_255_510_55) < 1e-13)
    #expect(abs(test.confidence95.lower - 0.010_141_483_031_567_582) < 1e-13)
    #expect(abs(test.confidence95.upper - 0.077_358_516_968_432_1) < 1e-13)
    #expect(abs(test.confidence90.lower - 0.017_825_926_933_415_42) < 1e-13)
  }

  /// Reference: SciPy 1.17.1, `t.sf(2.2, 3.7)`, `t.isf(0.025, 3.7)`, `t.sf(0.3, 1.25)`.
  @Test func `degrees of freedom need not be whole`() {
    let t = StudentT(degreesOfFreedom: 3.7)
    #expect(abs(t.upperTail(2.2) - 0.049_075_197_195_261_11) < 1e-14)
    #expect(abs(t.upperQuantile(0.025) - 2.867_520_707_191_190_3) < 1e-12)
    #expect(abs(StudentT(degreesOfFreedom: 1.25).upperTail(0.3) - 0.403_182_252_259_006_06) < 1e-14)
  }

  @Test func `values whose squares are no numbers give a difference and no test`() throws {
    let far = try #require(UnpairedDifference(from: [1e308, 9e307], to: [-1e308, 1], delta: 1))
    #expect(far.test == nil)
  }

  @Test func `one value on a side gives no interval, and equal values no test`() throws {
    #expect(UnpairedDifference(from: [1], to: after, delta: 0) == nil)
    let constant = try #require(UnpairedDifference(from: [1, 1], to: [2, 2], delta: 0))
    #expect(constant.estimate == 1 && constant.test == nil)
  }

  @Test func `small spreads do not vanish in their squares`() throws {
    let tiny = try #require(
      UnpairedDifference(from: before.map { $0 * 1e-120 }, to: after.map { $0 * 1e-120 }, delta: 0)
    )
    let usual = try #require(UnpairedDifference(from: before, to: after, delta: 0))
    let freedom = try #require(tiny.test?.degreesOfFreedom)
    #expect(abs(freedom - (usual.test?.degreesOfFreedom ?? 0)) < 1e-9)
  }
}
