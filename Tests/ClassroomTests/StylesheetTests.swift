import Classroom
import Foundation
import Testing

struct StylesheetTests {
  /// The palette's shades by name, of light surroundings or of dark ones.
  private func shades(isDark: Bool) throws -> [String: [Double]] {
    let roots = Stylesheet.room.matches(of: #/:root\{([^}]*--chart-paper[^}]*)\}/#).map {
      $0.output.1
    }
    try #require(roots.count == 2)
    var shades: [String: [Double]] = [:]
    for shade in roots[isDark ? 1 : 0].matches(of: #/--chart-(\w+):#(\w{6})/#) {
      let number = try #require(Int(shade.output.2, radix: 16))
      shades[String(shade.output.1)] = [16, 8, 0].map { Double(number >> $0 & 255) / 255 }
    }
    return shades
  }

  /// Reference: Web Content Accessibility Guidelines 2.2, relative luminance and contrast ratio.
  private func luminance(_ shade: [Double]) -> Double {
    let linear = shade.map { $0 <= 0.04045 ? $0 / 12.92 : pow(($0 + 0.055) / 1.055, 2.4) }
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
  }

  @Test(arguments: [false, true])
  func `letters have a contrast of 4.5 to what they stand on, and shapes of 3`(isDark: Bool) throws
  {
    let shades = try shades(isDark: isDark)
    let pairs = Stylesheet.texts.map { ($0, 4.5) } + Stylesheet.shapes.map { ($0, 3) }
    for ((front, ground), least) in pairs {
      let pair = [try #require(shades[front]), try #require(shades[ground])].map(luminance).sorted()
      let ratio = (pair[1] + 0.05) / (pair[0] + 0.05)
      #expect(ratio >= least, "\(front) on \(ground): \(ratio)")
    }
  }

  @Test func `no letter on the screen is smaller than 36 pixels`() throws {
    var sizes: [String: String] = [:]
    for rule in Stylesheet.screen.matches(of: #/([^{}]+)\{([^{}]*)\}/#) {
      guard let size = rule.output.2.firstMatch(of: #/font-size: ([^;]*);/#) else { continue }
      for selector in rule.output.1.split(separator: ",") {
        sizes[selector.trimmingCharacters(in: .whitespacesAndNewlines)] = String(size.output.1)
      }
    }
    #expect(sizes["body"]?.hasPrefix("max(36px") == true)
    for (selector, size) in sizes where !size.hasPrefix("max(36px") {
      let number = try #require(
        Double(size.prefix { $0.isNumber || $0 == "." }),
        "\(selector): \(size)"
      )
      #expect(size.hasSuffix("em") ? number >= 1 : number >= 36, "\(selector): \(size)")
    }
    for moment in try Tour().moments {
      let page = ScreenPage(moment.lesson, facts: moment.facts).live
      for picture in page.matches(of: #/font-size="(\d+)"/#) {
        // Pictures are 1200 units wide and fill all but six hundredths of the screen.
        #expect(try #require(Double(picture.output.1)) * 1280 * 0.94 / 1200 >= 36)
      }
    }
  }
}
