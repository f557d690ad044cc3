import Statistics

/// Random changes of a text, of the kinds that hands, editors and broken programs make.
struct Mutation {
  private var generator: SeededGenerator

  init(seed: Int) {
    generator = SeededGenerator(purpose: "mutation", seed: seed)
  }

  /// What is put in: pieces of the grammar, numbers at the edge, and bytes that are no UTF-8.
  private static let pieces: [[UInt8]] =
    [
      "{", "}", "[", "]", "\"", "\\", ":", ",", "null", "true", "NaN", "-Infinity", "1e999", "-0",
      "0.1e-400", "99999999999999999999", "\\u0000", "\\ud800", "$", "{\"a\":", "\"epoch\":",
      "\"final\":", "\"diverged\":", "\"axes\":", "\"seeds\":", "\"zip\":", "\"from\":", "\u{FEFF}",
      "\n", "\r\n", "\t", "é", "😀", "“", "//", "/*",
    ].map { Array($0.utf8) } + [[0xFF], [0xC3], [0xE2, 0x82], [0x00], [0x1B]]

  /// A copy of a text with one or more changes behind its first byte.
  mutating func changed(_ text: [UInt8], most: Int) -> [UInt8] {
    var result = text
    for _ in 0...generator.index(below: most) {
      guard result.count > 2 else { return result }
      let place = 1 + generator.index(below: result.count - 1)
      let length = min(generator.index(below: 8), result.count - place)
      switch generator.index(below: 5) {
      case 0: result[place] ^= UInt8(1 << generator.index(below: 8))
      case 1: result.removeSubrange(place..<place + length)
      case 2: result.insert(contentsOf: result[place..<place + length], at: place)
      case 3: result.removeSubrange(place...)
      case _:
        result.insert(contentsOf: Self.pieces[generator.index(below: Self.pieces.count)], at: place)
      }
    }
    return result
  }

  mutating func index(below bound: Int) -> Int { generator.index(below: bound) }
}
