/// A small grey or colour image.
package struct Picture: Sendable, Equatable {
  package let width: Int
  package let height: Int
  package let pixels: [UInt8]

  /// - Parameters:
  ///   - width: Columns of pixels, 1 to 4,096.
  ///   - height: Rows of pixels, 1 to 4,096.
  ///   - pixels: Row by row, width × height grey values or three times as many (red, green, blue);
  ///     with any other count there is no picture.
  package init?(width: Int, height: Int, pixels: [UInt8]) {
    guard 1...4_096 ~= width, 1...4_096 ~= height,
      pixels.count == width * height || pixels.count == 3 * width * height
    else { return nil }
    self.width = width
    self.height = height
    self.pixels = pixels
  }

  /// The image itself as an address, for a page that loads nothing.
  package var dataAddress: String { "data:image/png;base64," + base64(png) }

  /// The image as a PNG file, not compressed, because images of a few hundred pixels gain little.
  ///
  /// Reference: W3C, Portable Network Graphics Specification (Third Edition), sections 5 and 11;
  /// RFC 1950 and RFC 1951 (section 3.2.4, stored blocks).
  var png: [UInt8] {
    let isGrey = pixels.count == width * height
    let header = bytes(width) + bytes(height) + [8, isGrey ? 0 : 2, 0, 0, 0]
    return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
      + chunk("IHDR", header) + chunk("IDAT", compressed) + chunk("IEND", [])
  }

  private var compressed: [UInt8] {
    let rowLength = pixels.count / height
    var rows: [UInt8] = []
    for row in 0..<height {
      rows.append(0)  // This row is not filtered.
      rows += pixels[row * rowLength..<(row + 1) * rowLength]
    }
    var stream: [UInt8] = [0x78, 0x01]
    for start in stride(from: 0, to: rows.count, by: 65_535) {
      let block = rows[start..<min(start + 65_535, rows.count)]
      let length = [UInt8(block.count & 0xFF), UInt8(block.count >> 8)]
      stream.append(block.endIndex == rows.count ? 1 : 0)
      stream += length + length.map { ~$0 } + block
    }
    return stream + bytes(adler(rows))
  }

  private func chunk(_ name: String, _ content: [UInt8]) -> [UInt8] {
    let checked = Array(name.utf8) + content
    return bytes(content.count) + checked + bytes(cyclicCheck(checked))
  }

  /// Four bytes, the highest first.
  private func bytes(_ number: Int) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
  }

  /// The Adler-32 sum of RFC 1950.
  private func adler(_ data: [UInt8]) -> Int {
    var (low, high) = (1, 0)
    for byte in data {
      low = (low + Int(byte)) % 65_521
      high = (high + low) % 65_521
    }
    return high << 16 | low
  }

  /// The CRC-32 of the PNG specification's annex D.
  private func cyclicCheck(_ data: [UInt8]) -> Int {
    var check: UInt32 = .max
    for byte in data {
      check ^= UInt32(byte)
      for _ in 0..<8 { check = check & 1 == 1 ? 0xEDB8_8320 ^ check >> 1 : check >> 1 }
    }
    return Int(~check)
  }

  private func base64(_ data: [UInt8]) -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var text: [UInt8] = []
    for start in stride(from: 0, to: data.count, by: 3) {
      let group = data[start..<min(start + 3, data.count)]
      let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
      for place in 0..<4 {
        text.append(place > group.count ? 61 : alphabet[bits >> (18 - 6 * place) & 63])
      }
    }
    return String(decoding: text, as: UTF8.self)
  }
}
