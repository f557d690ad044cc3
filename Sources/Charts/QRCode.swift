/// A text as a square of light and dark modules that a phone's camera reads.
///
/// Byte mode, error correction of level M (a seventh of the picture may be lost), versions 1 to 10: an address of
/// this machine fits, and so does every one that a person would type.
///
/// Reference: ISO/IEC 18004:2015; the numbers of its tables 1, 3, 7, 9 and E.1 are below.
package struct QRCode: Sendable, Equatable {
  /// The most bytes of a text that a code holds.
  package static let capacity = Version.all[9].dataBytes - 3

  /// Modules on a side, without the light margin.
  package let size: Int
  /// Row by row; true is dark.
  private var modules: [Bool]
  /// Row by row; true where a pattern stands that no mask changes.
  private var isFixed: [Bool]

  /// Encodes a text; nil where it is too long.
  ///
  /// - Parameters:
  ///   - text: Up to ``capacity`` bytes of UTF-8.
  ///   - mask: Which of the eight patterns lies over the data; nil for the one that reads best.
  package init?(_ text: String, mask: Int? = nil) {
    let bytes = Array(text.utf8)
    guard let version = Version.all.first(where: { bytes.count <= $0.textBytes }) else {
      return nil
    }
    self.init(blank: version)
    place(version.interleaved(version.codewords(of: bytes)))
    let candidates = (mask.map { [$0] } ?? Array(0..<8)).map { masked(by: $0) }
    guard let best = candidates.min(by: { $0.penalty < $1.penalty }) else { return nil }
    self = best
  }

  /// Whether a module is dark; those outside of the square are light.
  package func isDark(column: Int, row: Int) -> Bool {
    guard 0..<size ~= column, 0..<size ~= row else { return false }
    return modules[row * size + column]
  }

  /// Modules of light margin that a reader needs on each side.
  private static let margin = 4

  /// The code as an element of an HTML page, dark on light in every scheme of colours.
  ///
  /// - Parameter label: What it leads to, for those who cannot see it.
  /// - Returns: One `svg` element with a line end after it.
  package func svg(label: String) -> String {
    let side = size + 2 * Self.margin
    var path = ""
    for row in 0..<size {
      var column = 0
      while column < size {
        let start = column
        while isDark(column: column, row: row) { column += 1 }
        if column > start {
          path +=
            "M\(start + Self.margin) \(row + Self.margin)h\(column - start)v1H\(start + Self.margin)z"
        }
        column += 1
      }
    }
    return "<svg class=\"qr\" role=\"img\" aria-label=\"\(escaped(label))\""
      + " viewBox=\"0 0 \(side) \(side)\" shape-rendering=\"crispEdges\">"
      + "<rect width=\"\(side)\" height=\"\(side)\" fill=\"#fff\"/>"
      + "<path d=\"\(path)\" fill=\"#000\"/></svg>\n"
  }

  /// The code in half blocks for a terminal, two rows of modules a line, margin included.
  ///
  /// A terminal that writes light on dark shows blocks light, so that the light modules are the blocks.
  package var blocks: String {
    let margin = Self.margin
    return stride(from: -margin, to: size + margin, by: 2).map { row in
      (-margin..<size + margin).map { column in
        switch (isDark(column: column, row: row), isDark(column: column, row: row + 1)) {
        case (false, false): "█"
        case (false, true): "▀"
        case (true, false): "▄"
        case (true, true): " "
        }
      }.joined() + "\n"
    }.joined()
  }
}

// MARK: Patterns

extension QRCode {
  /// A square with the patterns that are there whatever it says.
  private init(blank version: Version) {
    size = version.size
    modules = Array(repeating: false, count: size * size)
    isFixed = modules
    for index in 0..<size {
      fix(index, 6, index.isMultiple(of: 2))
      fix(6, index, index.isMultiple(of: 2))
    }
    for (column, row) in [(3, 3), (size - 4, 3), (3, size - 4)] {
      for y in -4...4 {
        for x in -4...4 {
          let ring = max(abs(x), abs(y))
          fix(column + x, row + y, ring != 2 && ring != 4)
        }
      }
    }
    let centres = version.alignment
    for row in centres {
      for column in centres
      where !(row == 6 && (column == 6 || column == size - 7)) && !(row == size - 7 && column == 6)
      {
        for y in -2...2 {
          for x in -2...2 { fix(column + x, row + y, max(abs(x), abs(y)) != 1) }
        }
      }
    }
    write(format: 0)
    if version.number >= 7 { write(version: version.number) }
  }

  private mutating func fix(_ column: Int, _ row: Int, _ isDark: Bool) {
    guard 0..<size ~= column, 0..<size ~= row else { return }
    modules[row * size + column] = isDark
    isFixed[row * size + column] = true
  }

  /// Writes level and mask twice beside the corners, with the module that is always dark.
  private mutating func write(format mask: Int) {
    // Level M is 0. The ten bits after the five are the remainder of a division by the generator of the code.
    let data = mask
    let bits = (data << 10 | Self.remainder(of: data << 10, by: 0x537)) ^ 0x5412
    for index in 0..<15 {
      let isDark = bits >> index & 1 == 1
      // Around the upper left corner, over the timing patterns ...
      let place = index < 6 ? index : index < 8 ? index + 1 : 0
      if index < 8 { fix(8, place, isDark) } else { fix(index == 8 ? 7 : 14 - index, 8, isDark) }
      // ... and once more, along the two others.
      if index < 8 { fix(size - 1 - index, 8, isDark) } else { fix(8, size - 15 + index, isDark) }
    }
    fix(8, size - 8, true)
  }

  /// Writes the version twice, as codes of 45 modules and more have it.
  private mutating func write(version: Int) {
    let bits = version << 12 | Self.remainder(of: version << 12, by: 0x1F25)
    for index in 0..<18 {
      let isDark = bits >> index & 1 == 1
      fix(size - 11 + index % 3, index / 3, isDark)
      fix(index / 3, size - 11 + index % 3, isDark)
    }
  }

  /// The remainder of a division of polynomials over one bit.
  private static func remainder(of value: Int, by generator: Int) -> Int {
    var value = value
    let degree = Int.bitWidth - 1 - generator.leadingZeroBitCount
    while value >> degree != 0 {
      value ^= generator << (Int.bitWidth - 1 - value.leadingZeroBitCount - degree)
    }
    return value
  }

  /// Lays bits in columns of two, up and down by turns from the right, over what no pattern takes.
  private mutating func place(_ codewords: [UInt8]) {
    var index = 0
    var isUpward = true
    // The column of the timing pattern is left out, so that the pairs left of it start one further.
    for right in stride(from: size - 1, through: 1, by: -2).map({ $0 <= 6 ? $0 - 1 : $0 }) {
      for step in 0..<size {
        let row = isUpward ? size - 1 - step : step
        for column in [right, right - 1] where !isFixed[row * size + column] {
          guard index < codewords.count * 8 else { continue }
          modules[row * size + column] = codewords[index / 8] >> (7 - index % 8) & 1 == 1
          index += 1
        }
      }
      isUpward.toggle()
    }
  }
}

// MARK: Masks

extension QRCode {
  private func masked(by mask: Int) -> QRCode {
    var code = self
    for row in 0..<size {
      for column in 0..<size
      where !isFixed[row * size + column] && Self.inverts(mask, row, column) {
        code.modules[row * size + column].toggle()
      }
    }
    code.write(format: mask)
    return code
  }

  private static func inverts(_ mask: Int, _ row: Int, _ column: Int) -> Bool {
    let product = row * column
    let sum =
      switch mask {
      case 0: row + column
      case 1: row
      case 2: column % 3 * 2
      case 3: (row + column) % 3 * 2
      case 4: row / 2 + column / 3
      case 5: (product % 2 + product % 3) * 2
      case 6: product % 2 + product % 3
      default: (row + column) % 2 + product % 3
      }
    return mask == 2 || mask == 3 || mask == 5 ? sum == 0 : sum.isMultiple(of: 2)
  }

  /// How badly a reader fares: long runs, blocks of one colour, what looks like a corner, too much of one colour.
  private var penalty: Int {
    let lines =
      (0..<size).map { row in (0..<size).map { isDark(column: $0, row: row) } }
      + (0..<size).map { column in (0..<size).map { isDark(column: column, row: $0) } }
    var penalty = lines.map { Self.runs(of: $0) + Self.corners(in: $0) }.reduce(0, +)
    for row in 1..<size {
      for column in 1..<size {
        let colour = isDark(column: column, row: row)
        if isDark(column: column - 1, row: row) == colour,
          isDark(column: column, row: row - 1) == colour,
          isDark(column: column - 1, row: row - 1) == colour
        {
          penalty += 3
        }
      }
    }
    let dark = modules.count { $0 }
    return penalty + abs(dark * 20 - modules.count * 10) / modules.count * 10
  }

  private static func runs(of line: [Bool]) -> Int {
    var penalty = 0
    var length = 0
    for index in line.indices {
      length = index > 0 && line[index] == line[index - 1] ? length + 1 : 1
      if length == 5 { penalty += 3 } else if length > 5 { penalty += 1 }
    }
    return penalty
  }

  /// A corner's 1:1:3:1:1 with four light modules before or after it; what lies outside is light.
  private static func corners(in line: [Bool]) -> Int {
    let pattern = [true, false, true, true, true, false, true]
    var penalty = 0
    for start in 0...line.count - pattern.count
    where line[start..<start + pattern.count].elementsEqual(pattern) {
      let end = start + pattern.count
      let before = line[max(0, start - 4)..<start]
      let after = line[end..<min(line.count, end + 4)]
      if !before.contains(true) || !after.contains(true) { penalty += 40 }
    }
    return penalty
  }
}

// MARK: Codewords

extension QRCode {
  /// One of the sizes of a code, at level M.
  fileprivate struct Version {
    /// 1 to 10.
    let number: Int
    /// All codewords, and of each block those that correct.
    let total: Int
    let corrections: Int
    let blocks: Int
    /// The middles of the alignment patterns, in rows as in columns.
    let alignment: [Int]

    static let all = [
      Version(number: 1, total: 26, corrections: 10, blocks: 1, alignment: []),
      Version(number: 2, total: 44, corrections: 16, blocks: 1, alignment: [6, 18]),
      Version(number: 3, total: 70, corrections: 26, blocks: 1, alignment: [6, 22]),
      Version(number: 4, total: 100, corrections: 18, blocks: 2, alignment: [6, 26]),
      Version(number: 5, total: 134, corrections: 24, blocks: 2, alignment: [6, 30]),
      Version(number: 6, total: 172, corrections: 16, blocks: 4, alignment: [6, 34]),
      Version(number: 7, total: 196, corrections: 18, blocks: 4, alignment: [6, 22, 38]),
      Version(number: 8, total: 242, corrections: 22, blocks: 4, alignment: [6, 24, 42]),
      Version(number: 9, total: 292, corrections: 22, blocks: 5, alignment: [6, 26, 46]),
      Version(number: 10, total: 346, corrections: 26, blocks: 5, alignment: [6, 28, 50]),
    ]

    var size: Int { 17 + 4 * number }
    var dataBytes: Int { total - corrections * blocks }
    /// Bits that say how long the text is.
    var lengthBits: Int { number < 10 ? 8 : 16 }
    var textBytes: Int { dataBytes - (4 + lengthBits + 7) / 8 }

    /// The mode, the length, the text, four bits of nothing, and what fills up.
    func codewords(of bytes: [UInt8]) -> [UInt8] {
      var bits = Self.bits(of: 0b0100, count: 4) + Self.bits(of: bytes.count, count: lengthBits)
      for byte in bytes { bits += Self.bits(of: Int(byte), count: 8) }
      bits += Self.bits(of: 0, count: min(4, dataBytes * 8 - bits.count))
      bits += Array(repeating: false, count: -bits.count & 7)
      var words = stride(from: 0, to: bits.count, by: 8).map { start in
        bits[start..<start + 8].reduce(UInt8(0)) { $0 << 1 | ($1 ? 1 : 0) }
      }
      var fill: UInt8 = 0xEC
      while words.count < dataBytes {
        words.append(fill)
        fill ^= 0xEC ^ 0x11
      }
      return words
    }

    private static func bits(of value: Int, count: Int) -> [Bool] {
      (0..<count).map { value >> (count - 1 - $0) & 1 == 1 }
    }

    /// The blocks' data by turns, then their corrections by turns; the longer blocks come last.
    func interleaved(_ data: [UInt8]) -> [UInt8] {
      let short = data.count / blocks
      let longer = data.count % blocks
      var start = 0
      let parts = (0..<blocks).map { block in
        let length = short + (block >= blocks - longer ? 1 : 0)
        defer { start += length }
        return Array(data[start..<start + length])
      }
      let checks = parts.map { ReedSolomon.remainder(of: $0, count: corrections) }
      return Self.byTurns(parts, short + 1) + Self.byTurns(checks, corrections)
    }

    private static func byTurns(_ blocks: [[UInt8]], _ length: Int) -> [UInt8] {
      (0..<length).flatMap { index in blocks.compactMap { index < $0.count ? $0[index] : nil } }
    }
  }

  /// Corrections over the field of 256 elements.
  private enum ReedSolomon {
    /// The field's generator, x⁸ + x⁴ + x³ + x² + 1.
    private static func product(_ a: UInt8, _ b: UInt8) -> UInt8 {
      var result: UInt8 = 0
      for bit in (0..<8).reversed() {
        result = result << 1 ^ (result >> 7 == 1 ? 0x1D : 0)
        if b >> bit & 1 == 1 { result ^= a }
      }
      return result
    }

    /// The remainder of a message divided by (x − 1)(x − 2)(x − 4) … of a degree.
    static func remainder(of message: [UInt8], count: Int) -> [UInt8] {
      var generator = Array(repeating: UInt8(0), count: count - 1) + [1]
      var root: UInt8 = 1
      for _ in 0..<count {
        for index in 0..<count {
          generator[index] = product(generator[index], root)
          if index + 1 < count { generator[index] ^= generator[index + 1] }
        }
        root = product(root, 2)
      }
      var remainder = Array(repeating: UInt8(0), count: count)
      for byte in message {
        let factor = byte ^ remainder.removeFirst()
        remainder.append(0)
        for index in 0..<count { remainder[index] ^= product(generator[index], factor) }
      }
      return remainder
    }
  }
}
