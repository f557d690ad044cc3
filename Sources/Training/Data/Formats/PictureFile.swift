import Kernels

#if canImport(ImageIO)
import CoreGraphics
import Foundation
import ImageIO
#endif

/// The pixels of a PNG, JPEG or WebP file, in memory order H, W, C: red, green and blue, on a ground where it is
/// transparent.
package struct PictureFile {
  /// As they are stored: a camera that was held sideways says so beside them.
  package let rows: Int
  package let columns: Int
  private let pixels: [UInt8]
  private let orientation: PictureOrientation

  static let channels = 3

  /// More pixels are not decoded at once: they would take 200 MB with their transparency.
  static let pixelLimit = 50_000_000
  /// More are not even decoded at a smaller scale, which has to read them all.
  private static let readLimit = 500_000_000

  /// Decodes a file.
  ///
  /// - Parameters:
  ///   - file: Its bytes.
  ///   - name: What an error calls it.
  ///   - shorter: Pixels of the shorter side that are enough; a JPEG file with more than twice as many is decoded at a
  ///     smaller scale. `nil` for all.
  ///   - ground: What shines through where it is transparent.
  ///   - limit: More pixels are not decoded at once.
  /// - Throws: `TrainingError.unreadableFile` where it is broken, cut short, too large, or of a kind that is not read.
  package init(
    _ file: [UInt8],
    name: String,
    shorter: Int? = nil,
    on ground: PictureGround = .white,
    limit: Int = Self.pixelLimit
  ) throws {
    func fault(_ reason: String) -> TrainingError { .unreadableFile(name, reason: reason) }
    let kind = PictureKind(file)
    guard let kind, kind.isRead else {
      throw fault(kind?.advice ?? "it is no whole PNG, JPEG or WebP file")
    }
    let broken = fault("it is no whole \(kind.rawValue) file")
    guard let whole = Self.header(of: file, reducedBy: 1) else { throw broken }
    var reduction = 1
    if let shorter, kind == .jpeg {
      while reduction < 8, min(whole.rows, whole.columns) / (2 * reduction) >= 2 * shorter {
        reduction *= 2
      }
    }
    guard let header = reduction == 1 ? whole : Self.header(of: file, reducedBy: reduction) else {
      throw broken
    }
    let held = whole.isHeldWhole ? whole : header
    let size = "it has \(whole.columns) × \(whole.rows) pixels, more than "
    let readLimit = limit * (Self.readLimit / Self.pixelLimit)
    for (count, most) in [
      (held.rows * held.columns, limit), (whole.rows * whole.columns, readLimit),
    ] where count > most {
      throw fault(size + "\(most / 1_000_000) million")
    }
    guard let pixels = Self.pixels(of: file, header, reducedBy: reduction, on: ground) else {
      throw broken
    }
    (rows, columns) = (header.rows, header.columns)
    self.pixels = pixels
    orientation = PictureOrientation(of: file, kind)
  }

  private struct Header {
    let rows: Int
    let columns: Int
    let isHeldWhole: Bool
  }

  /// The middle of the picture, upright, after it was scaled.
  ///
  /// - Parameters:
  ///   - side: Pixels of the square's side.
  ///   - shorter: Pixels that the picture's shorter side is scaled to.
  /// - Returns: (side, side, channels), nil where there is no memory for it.
  package func square(side: Int, shorter: Int) -> [UInt8]? {
    var square = [UInt8](repeating: 0, count: side * side * Self.channels)
    let hasRoom = kernel_resize_and_crop(
      pixels,
      Int32(rows),
      Int32(columns),
      Int32(Self.channels),
      Int32(shorter),
      Int32(side),
      &square
    )
    // What is cut from the middle is the same part of the picture however it is turned.
    return hasRoom ? orientation.upright(square, side: side, channels: Self.channels) : nil
  }
}

/// What is seen where a picture is transparent.
package enum PictureGround: String, CaseIterable, Sendable {
  case white, black, grey

  var color: [UInt8] {
    switch self {
    case .white: [255, 255, 255]
    case .black: [0, 0, 0]
    case .grey: [128, 128, 128]
    }
  }
}

#if canImport(ImageIO)
extension PictureFile {
  private static func source(of file: [UInt8]) -> CGImageSource? {
    guard let source = CGImageSourceCreateWithData(Data(file) as CFData, nil),
      CGImageSourceGetStatus(source) == .statusComplete, CGImageSourceGetCount(source) == 1
    else { return nil }
    return source
  }

  /// What the header says; the system always holds the whole.
  private static func header(of file: [UInt8], reducedBy reduction: Int) -> Header? {
    let properties =
      source(of: file).flatMap { CGImageSourceCopyPropertiesAtIndex($0, 0, nil) }
      as? [CFString: Any]
    guard let rows = properties?[kCGImagePropertyPixelHeight] as? Int,
      let columns = properties?[kCGImagePropertyPixelWidth] as? Int
    else { return nil }
    return Header(
      rows: (rows + reduction - 1) / reduction,
      columns: (columns + reduction - 1) / reduction,
      isHeldWhole: true
    )
  }

  private static func pixels(
    of file: [UInt8],
    _ header: Header,
    reducedBy reduction: Int,
    on ground: PictureGround
  ) -> [UInt8]? {
    let (rows, columns) = (header.rows, header.columns)
    guard let image = source(of: file).flatMap({ CGImageSourceCreateImageAtIndex($0, 0, nil) })
    else { return nil }
    // The system draws four bytes a pixel; the fourth is not used.
    var drawn = [UInt8](repeating: 0, count: rows * columns * 4)
    let isDrawn = drawn.withUnsafeMutableBytes { bytes in
      let context = CGContext(
        data: bytes.baseAddress,
        width: columns,
        height: rows,
        bitsPerComponent: 8,
        bytesPerRow: columns * 4,
        space: CGColorSpaceCreateDeviceRGB(),
        bitmapInfo: CGImageAlphaInfo.noneSkipLast.rawValue
      )
      let place = CGRect(x: 0, y: 0, width: columns, height: rows)
      let color = ground.color.map { CGFloat($0) / 255 }
      context?.setFillColor(red: color[0], green: color[1], blue: color[2], alpha: 1)
      context?.fill(place)
      context?.interpolationQuality = .high
      context?.draw(image, in: place)
      return context != nil
    }
    guard isDrawn else { return nil }
    return drawn.indices.lazy.filter { $0 % 4 < channels }.map { drawn[$0] }
  }
}
#else
extension PictureFile {
  /// What the header says, after a JPEG file's reduction.
  private static func header(of file: [UInt8], reducedBy reduction: Int) -> Header? {
    var picture = kernel_picture()
    let ground = PictureGround.white.color
    guard kernel_read_picture(file, file.count, Int32(reduction), ground, &picture, nil) else {
      return nil
    }
    return Header(
      rows: Int(picture.rows),
      columns: Int(picture.columns),
      isHeldWhole: picture.is_held_whole
    )
  }

  private static func pixels(
    of file: [UInt8],
    _ header: Header,
    reducedBy reduction: Int,
    on ground: PictureGround
  ) -> [UInt8]? {
    var picture = kernel_picture()
    let count = header.rows * header.columns * channels
    let pixels = [UInt8](unsafeUninitializedCapacity: count) { room, filled in
      let isRead = kernel_read_picture(
        file,
        file.count,
        Int32(reduction),
        ground.color,
        &picture,
        room.baseAddress
      )
      filled = isRead ? count : 0
    }
    return pixels.isEmpty ? nil : pixels
  }
}
#endif
