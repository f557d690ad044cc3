import Foundation
import Notation
import Testing
import Training

/// Against the numbers that Reference/elementary.py got from mpmath with 400 bits.
struct ElementaryTests {
  private func pairs(_ name: String) throws -> [(x: Double, exact: Double)] {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appending(components: "Reference", "elementary.json")
    let all = try JSONDecoder().decode([String: [[Double]]].self, from: Data(contentsOf: file))
    return try #require(all[name]).map { ($0[0], $0[1]) }
  }

  /// The largest distance from the nearest double, in units of its last place.
  private func worst(_ name: String, _ function: (Double) -> Double) throws -> Double {
    try pairs(name).map { abs(function($0.x) - $0.exact) / $0.exact.ulp }.max() ?? .infinity
  }

  @Test func `the exponential is within a last place`() throws {
    #expect(try worst("exponential", Elementary.exponential) <= 1)
    #expect(Elementary.exponential(-800) == 0)
    #expect(Elementary.exponential(710) == .infinity)
    #expect(Elementary.exponential(.nan).isNaN)
  }

  @Test func `the logarithm is within a last place`() throws {
    let error = try worst("logarithm") { Elementary.logarithm($0) }
    #expect(error <= 1)
    #expect(Elementary.logarithm(0) == -.infinity)
    #expect(Elementary.logarithm(-1).isNaN)
    #expect(Elementary.logarithm(.infinity) == .infinity)
  }

  @Test func `the logarithm of a number just above 1 is within two last places`() throws {
    let error = try worst("logarithm of 1 plus") { Elementary.logarithm(onePlus: $0) }
    #expect(error <= 2)
  }

  @Test func `sine and cosine are within a last place`() throws {
    #expect(try worst("sine", Elementary.sine) <= 1)
    #expect(try worst("cosine", Elementary.cosine) <= 1)
  }

  @Test func `powers are those of repeated products and of the logarithm`() {
    #expect(Elementary.power(0.9, 0) == 1)
    #expect(Elementary.power(3, 5) == 243)
    #expect(abs(Elementary.power(0.999, 1000) - 0.367695424770964) < 1e-13)
    #expect(abs(Elementary.power(0.01, 0.5) - 0.1) < 1e-16)
  }
}
