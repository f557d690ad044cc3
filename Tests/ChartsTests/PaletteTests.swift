import Charts
import Testing

struct PaletteTests {
  @Test(arguments: [0, 1])
  func `words in every colour of a series can be read on paper`(scheme: Int) throws {
    let shades = try shades(scheme)
    let paper = try #require(shades["paper"])
    for name in ["ink", "muted", "1", "2", "3", "4", "5", "6", "right", "wrong"] {
      let shade = try #require(shades[name])
      #expect(contrast(shade, paper) >= 4.5, "\(name)")
    }
  }

  @Test(arguments: [0, 1])
  func `words in ink can be read on every cell and band`(scheme: Int) throws {
    let shades = try shades(scheme)
    let ink = try #require(shades["ink"])
    let paper = try #require(shades["paper"])
    for name in ["high", "low", "band"] {
      let shade = try #require(shades[name])
      for share in stride(from: 0, through: 1, by: 0.1) {
        let mixed = zip(paper, shade).map { $0 * (1 - share) + $1 * share }
        #expect(contrast(mixed, ink) >= 4.5, "\(name) at \(share)")
      }
    }
  }

  @Test func `two colours are never the same`() throws {
    for scheme in [0, 1] {
      let all = try shades(scheme).values
      #expect(Set(all).count == all.count)
    }
  }

  /// The colours of one scheme, light or dark, as shares of red, green and blue.
  private func shades(_ scheme: Int) throws -> [String: [Double]] {
    let css = Palette.css
    let start = try #require(css.ranges(of: ":root{").map(\.upperBound).dropFirst(scheme).first)
    let rule = css[start...]
    var shades: [String: [Double]] = [:]
    for property in rule.prefix(while: { $0 != "}" }).split(separator: ";") {
      let parts = property.split(separator: ":")
      guard parts.count == 2, parts[0].hasPrefix("--chart-") else { continue }
      let code = try #require(Int(parts[1].dropFirst(), radix: 16))
      shades[String(parts[0].dropFirst(8))] = [16, 8, 0].map { Double(code >> $0 & 255) / 255 }
    }
    return shades
  }

  /// The contrast of two colours as WCAG 2.2 defines it.
  private func contrast(_ one: [Double], _ other: [Double]) -> Double {
    let lights = [one, other].map(luminance)
    return (max(lights[0], lights[1]) + 0.05) / (min(lights[0], lights[1]) + 0.05)
  }

  private func luminance(_ colour: [Double]) -> Double {
    let weights = [0.2126, 0.7152, 0.0722]
    return zip(colour, weights).reduce(0) { sum, part in
      let share = (part.0 + 0.055) / 1.055
      // The power 2.4 without a library: share² times the fifth root of share².
      let linear = part.0 <= 0.04045 ? part.0 / 12.92 : share * share * fifthRoot(share * share)
      return sum + linear * part.1
    }
  }

  private func fifthRoot(_ value: Double) -> Double {
    var root = 1.0
    for _ in 0..<60 {
      root -= (root * root * root * root * root - value) / (5 * root * root * root * root)
    }
    return root
  }
}
