import Notation
import Statistics

/// Random changes of a text, of the kinds that hands, editors and broken programs make.
struct Mutation {
  private var generator: SeededGenerator

  init(seed: Int) {
    generator = SeededGenerator(purpose: "mutation", seed: seed)
  }

  mutating func index(below bound: Int) -> Int { generator.index(below: bound) }

  // MARK: Bytes

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
      let offset = 1 + generator.index(below: result.count - 1)
      let length = min(generator.index(below: 8), result.count - offset)
      switch generator.index(below: 5) {
      case 0: result[offset] ^= UInt8(1 << generator.index(below: 8))
      case 1: result.removeSubrange(offset..<offset + length)
      case 2: result.insert(contentsOf: result[offset..<offset + length], at: offset)
      case 3: result.removeSubrange(offset...)
      case _:
        result.insert(
          contentsOf: Self.pieces[generator.index(below: Self.pieces.count)],
          at: offset
        )
      }
    }
    return result
  }

  // MARK: Structure

  /// Values at the edges of what a key may have.
  private static let values: [JSON] = [
    .null, true, false, 0, 1, -1, 0.5, 2.5, 34, 100, 1_000_000, 1_000_001, 1e308, -1e-308,
    9_007_199_254_740_993, "", "a", "\n", "none", "up", "accuracy", "10m", "10%", "{x}", "{", "(",
    "\u{0}", "é\u{301}", [], [[]], [1, 1], ["a", "A"], [nil], [:], ["a": 1], ["$": 1],
    ["from": 1, "to": 2, "count": 3], ["from": 1, "to": 2, "count": 2, "scale": "log"],
    ["zip": ["p": [1], "q": ["x"]]], ["levels": [1, 2], "scores": [2]],
  ]

  /// A copy of a value in which members and elements were dropped, doubled, renamed, exchanged or replaced.
  mutating func changed(_ value: JSON, most: Int) -> JSON {
    var result = value
    for _ in 0...index(below: most) { result = changed(result) }
    return result
  }

  private mutating func changed(_ value: JSON) -> JSON {
    switch value {
    case .object(let object) where !object.members.isEmpty && index(below: 8) > 0:
      var members = object.members
      let chosen = index(below: members.count)
      let other = members[index(below: members.count)]
      switch index(below: 12) {
      case 0: members.remove(at: chosen)
      case 1: members[chosen] = .init(key: members[chosen].key, value: other.value)
      case 2: members[chosen] = .init(key: other.key + "s", value: members[chosen].value)
      case 3: members.append(.init(key: "", value: members[chosen].value))
      case _:
        let inner = changed(members[chosen].value)
        members[chosen] = .init(key: members[chosen].key, value: inner)
      }
      return .object(JSONObject(members))
    case .array(var elements) where !elements.isEmpty && index(below: 8) > 0:
      let chosen = index(below: elements.count)
      switch index(below: 8) {
      case 0: elements.remove(at: chosen)
      case 1: elements.append(elements[chosen])
      case 2: elements.swapAt(chosen, index(below: elements.count))
      case _: elements[chosen] = changed(elements[chosen])
      }
      return .array(elements)
    case .null, .boolean, .number, .string, .array, .object:
      return Self.values[index(below: Self.values.count)]
    }
  }
}
