import Foundation
import Testing
import Training

/// Drawings brought to where the characters of a set are.
struct DrawnCharacterTests {
  private struct Reference: Decodable {
    struct Case: Decodable {
      let name: String
      let pixels: [UInt8]
      let centred: [Int]
    }

    let side: Int
    let cases: [Case]
  }

  @Test func `drawings are scaled and moved as NumPy does it`() throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appending(components: "Reference", "drawn.json")
    let reference = try JSONDecoder().decode(Reference.self, from: Data(contentsOf: file))
    #expect(reference.cases.count == 5)
    for expected in reference.cases {
      let found = try #require(DrawnCharacter.centred(expected.pixels, rows: reference.side))
      let apart = zip(found, expected.centred).map { abs(Int($0) - $1) }.max() ?? 255
      #expect(found.count == expected.centred.count && apart <= 1, "\(expected.name): \(apart)")
    }
  }

  /// The digit nine times as large, somewhere on a canvas.
  private static func canvas(_ digit: [Float], down: Int, right: Int) -> [UInt8] {
    var pixels = [UInt8](repeating: 0, count: 280 * 280)
    for y in 0..<280 {
      for x in 0..<280 {
        let (row, column) = ((y + down) / 9, (x + right) / 9)
        if row < 28, column < 28 { pixels[y * 280 + x] = UInt8(digit[row * 28 + column] * 255) }
      }
    }
    return pixels
  }

  @Test func `a digit that is drawn elsewhere and larger comes back as it was`() throws {
    let set = try Dataset.load(.bundled(.digits)).valid
    var isSame = 0
    for index in 0..<60 {
      var picture = Picture(rows: 28, columns: 28, channels: 1)
      set.read(index, into: &picture)
      let drawn = Self.canvas(picture.values, down: 20, right: 9)
      let centred = try #require(DrawnCharacter.centred(drawn, rows: 280))
      let apart = zip(centred, picture.values).reduce(0.0) { sum, pair in
        sum + abs(Double(pair.0) / 255 - Double(pair.1))
      }
      let ink = picture.values.reduce(0) { $0 + Double($1) }
      if apart < 0.12 * ink { isSame += 1 }
    }
    // Faint rims count as strokes in the set and not on a canvas.
    #expect(isSame >= 50, "\(isSame) of 60")
  }

  @Test func `nothing drawn is nothing`() {
    #expect(DrawnCharacter.centred(Array(repeating: 12, count: 400), rows: 20) == nil)
  }
}
