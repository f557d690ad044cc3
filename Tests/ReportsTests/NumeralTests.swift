import Notation
import Reports
import Testing

struct NumeralTests {
  @Test func `a mean carries the decimals that its spread has`() {
    #expect(Numeral.meanAndSpread(0.94871, 0.00512) == "0.9487 ± 0.0051")
    #expect(Numeral.meanAndSpread(12.3456, 3.2) == "12.3 ± 3.2")
    #expect(Numeral.meanAndSpread(1234.5, 250) == "1234 ± 250")
  }

  @Test func `a mean of one seed stands alone`() {
    #expect(Numeral.meanAndSpread(0.94871, nil) == "0.9487")
  }

  @Test func `a negative number that rounds to zero has no sign`() {
    #expect(Numeral.fixed(-0.0004, decimals: 2) == "0.00")
    #expect(Numeral.signed(-0.4, decimals: 1) == "−0.4")
    #expect(Numeral.signed(0.4, decimals: 1) == "+0.4")
  }

  @Test func `counts have commas`() {
    #expect(1_234_567.grouped == "1,234,567")
    #expect(999.grouped == "999")
    #expect(Numeral.counted(1, "run") == "1 run")
    #expect(Numeral.counted(0, "run") == "0 runs")
  }

  @Test func `what is not finite is a word`() {
    #expect(Numeral.fixed(.nan, decimals: 2) == "nan")
    #expect(Numeral.significant(-.infinity) == "−inf")
  }

  @Test func `a number too large for digits after the point is told by its power of ten`() {
    #expect(Numeral.fixed(-1.2345e300, decimals: 3) == "−1.234e+300")
    #expect(Numeral.signed(9e15, decimals: 8) == "+9000000000000000.00000000")
    #expect(Numeral.meanAndSpread(1.01e308, 1e306) == "1.01e+308 ± 1e+306")
    #expect(Numeral.time(1e300) == "1e+300 s")
  }

  @Test func `times are said as people say them`() {
    #expect(Numeral.time(0.84) == "0.8 s")
    #expect(Numeral.time(42.4) == "42 s")
    #expect(Numeral.time(185) == "3 min 5 s")
    #expect(Numeral.time(7800) == "2 h 10 min")
  }
}
