import Foundation
import Statistics
import Testing

struct DistributionTests {
  @Test(arguments: [1, 2, 3, 7, 30, 499, 20_000])
  func `a quantile of t has the tail that it was asked for`(df: Int) {
    let t = StudentT(degreesOfFreedom: df)
    for tail in [0.5, 0.4, 0.1, 0.025, 1e-3, 1e-6, 1e-12] {
      let found = t.upperTail(t.upperQuantile(tail))
      #expect(abs(found / tail - 1) < 1e-9, "df \(df), tail \(tail)")
    }
  }

  @Test func `t is symmetric about 0`() {
    let t = StudentT(degreesOfFreedom: 4)
    #expect(t.upperTail(0) == 0.5)
    #expect(t.upperTail(-1.3) == 1 - t.upperTail(1.3))
    #expect(t.upperQuantile(0.9) == -t.upperQuantile(1 - 0.9))
  }

  @Test func `one degree of freedom is the Cauchy distribution, far out in the tail too`() {
    let t = StudentT(degreesOfFreedom: 1)
    for point in [0.1, 1, 50, 1e6, 1e12] {
      let cauchy = atan2(1, point) / .pi
      #expect(abs(t.upperTail(point) / cauchy - 1) < 1e-12)
    }
  }

  @Test func `a t beyond all numbers has no tail, and what is no number stays none`() {
    let t = StudentT(degreesOfFreedom: 3)
    #expect(t.upperTail(.infinity) == 0)
    #expect(t.upperTail(-.infinity) == 1)
    #expect(t.upperTail(1e200) == 0)
    #expect(t.upperTail(.nan).isNaN)
  }

  @Test func `many degrees of freedom are close to the normal distribution`() {
    let t = StudentT(degreesOfFreedom: 1_000_000)
    for point in [-2, 0.5, 3] {
      #expect(abs(t.upperTail(point) - Normal.upperTail(point)) < 1e-6)
    }
  }
}
