/// How a camera was held: what has to be done to the stored pixels so that the picture is upright.
///
/// Reference: Exif 2.32 (CIPA DC-008), tag 0x0112, with its numbers from 1 to 8; where files keep it is said by
/// JPEG's APP1, by PNG's chunk `eXIf` (PNG 3) and by WebP's chunk `EXIF`.
package enum PictureOrientation: Int, Sendable {
  case upright = 1, mirrored, upsideDown, flipped, transposed, turnedLeft, transversed, turnedRight

  /// Reads it; upright where a file says nothing, or nothing that makes sense.
  package init(of file: [UInt8], _ kind: PictureKind) {
    let block = ExifBlock(of: file, kind)
    self = block?.orientation.flatMap(PictureOrientation.init(rawValue:)) ?? .upright
  }

  /// Whether columns become rows, and which of the two run the other way in the stored pixels.
  private var change: (exchanges: Bool, reversesRows: Bool, reversesColumns: Bool) {
    switch self {
    case .upright: (false, false, false)
    case .mirrored: (false, false, true)
    case .upsideDown: (false, true, true)
    case .flipped: (false, true, false)
    case .transposed: (true, false, false)
    case .turnedLeft: (true, true, false)
    case .transversed: (true, true, true)
    case .turnedRight: (true, false, true)
    }
  }

  /// Turns a square upright.
  ///
  /// - Parameters:
  ///   - square: (side, side, channels) as stored.
  ///   - side: Pixels of a side.
  ///   - channels: Numbers of a pixel.
  /// - Returns: The same shape.
  package func upright(_ square: [UInt8], side: Int, channels: Int) -> [UInt8] {
    guard self != .upright else { return square }
    let change = change
    var turned = square
    for y in 0..<side {
      for x in 0..<side {
        let (row, column) = change.exchanges ? (x, y) : (y, x)
        let from =
          (change.reversesRows ? side - 1 - row : row) * side
          + (change.reversesColumns ? side - 1 - column : column)
        for c in 0..<channels {
          turned[(y * side + x) * channels + c] = square[from * channels + c]
        }
      }
    }
    return turned
  }
}

/// The part of a file in which a camera says how it took the picture: a TIFF file in little.
struct ExifBlock {
  private let bytes: ArraySlice<UInt8>

  /// Finds it.
  init?(of file: [UInt8], _ kind: PictureKind) {
    let found: ArraySlice<UInt8>? =
      switch kind {
      case .jpeg: Self.inJPEG(file)
      case .png: Self.inPNG(file)
      case .webP: Self.inWebP(file)
      default: nil
      }
    guard let found else { return nil }
    bytes = found.starts(with: "Exif\0\0".utf8) ? found.dropFirst(6) : found
  }

  private static func inJPEG(_ file: [UInt8]) -> ArraySlice<UInt8>? {
    var place = 2
    while place + 4 <= file.count, file[place] == 0xFF {
      let marker = file[place + 1]
      // Fill bytes before a marker; then the picture itself, before which all that is looked for has come.
      if marker == 0xFF {
        place += 1
        continue
      }
      guard marker != 0xDA, marker != 0xD9 else { return nil }
      let count = Int(file[place + 2]) << 8 | Int(file[place + 3])
      guard count >= 2, place + 2 + count <= file.count else { return nil }
      let content = file[place + 4..<place + 2 + count]
      if marker == 0xE1, content.starts(with: "Exif\0\0".utf8) { return content }
      place += 2 + count
    }
    return nil
  }

  private static func inPNG(_ file: [UInt8]) -> ArraySlice<UInt8>? {
    var place = 8
    while place + 12 <= file.count {
      let count = file[place..<place + 4].reduce(0) { $0 << 8 | Int($1) }
      let name = file[place + 4..<place + 8]
      guard count <= file.count - place - 12 else { return nil }
      if name.elementsEqual("eXIf".utf8) { return file[place + 8..<place + 8 + count] }
      place += 12 + count
    }
    return nil
  }

  private static func inWebP(_ file: [UInt8]) -> ArraySlice<UInt8>? {
    var place = 12
    while place + 8 <= file.count {
      let count = file[place + 4..<place + 8].reversed().reduce(0) { $0 << 8 | Int($1) }
      guard count <= file.count - place - 8 else { return nil }
      if file[place..<place + 4].elementsEqual("EXIF".utf8) {
        return file[place + 8..<place + 8 + count]
      }
      place += 8 + count + count % 2
    }
    return nil
  }

  /// The number of tag 0x0112 in the first list of entries.
  var orientation: Int? {
    let isLittle = bytes.starts(with: "II".utf8)
    guard isLittle || bytes.starts(with: "MM".utf8), let first = number(at: 4, bytes: 4, isLittle),
      let entries = number(at: first, bytes: 2, isLittle)
    else { return nil }
    for entry in 0..<entries {
      let place = first + 2 + 12 * entry
      guard let tag = number(at: place, bytes: 2, isLittle) else { return nil }
      if tag == 0x0112 { return number(at: place + 8, bytes: 2, isLittle) }
    }
    return nil
  }

  private func number(at place: Int, bytes count: Int, _ isLittle: Bool) -> Int? {
    guard place >= 0, place + count <= bytes.count else { return nil }
    let found = bytes[bytes.startIndex + place..<bytes.startIndex + place + count]
    return isLittle
      ? found.reversed().reduce(0) { $0 << 8 | Int($1) } : found.reduce(0) { $0 << 8 | Int($1) }
  }
}
