import Kernels

#if canImport(ImageIO)
import CoreGraphics
import Foundation
import ImageIO
#endif

/// The pixels of a PNG or JPEG file, in memory order H, W, C: red, green and blue, black where it is transparent.
package struct PictureFile {
  package let rows: Int
  package let columns: Int
  private let pixels: [UInt8]

  static let channels = 3

  /// Larger pictures are refused by what their header says: they would take 300 MB each.
  private static let pixelLimit = 100_000_000

  /// Decodes a file.
  ///
  /// - Throws: `TrainingError.unreadableFile` where it is broken, cut short or too large.
  package init(_ file: [UInt8], name: String) throws {
    func fault(_ reason: String) -> TrainingError { .unreadableFile(name, reason: reason) }
    let broken = fault("it is no whole PNG or JPEG file")
    guard let size = Self.size(of: file) else { throw broken }
    guard size.rows * size.columns <= Self.pixelLimit else {
      throw fault(
        "it has \(size.columns) × \(size.rows) pixels, more than \(Self.pixelLimit / 1_000_000) million"
      )
    }
    guard let pixels = Self.pixels(of: file, rows: size.rows, columns: size.columns) else {
      throw broken
    }
    (rows, columns) = size
    self.pixels = pixels
  }

  /// The middle of the picture, after it was scaled.
  ///
  /// - Parameters:
  ///   - side: Pixels of the square's side.
  ///   - shorter: Pixels that the picture's shorter side is scaled to.
  /// - Returns: (side, side, channels), nil where there is no memory for it.
  func square(side: Int, shorter: Int) -> [UInt8]? {
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
    return hasRoom ? square : nil
  }
}

#if canImport(ImageIO)
extension PictureFile {
  private static func source(of file: [UInt8]) -> CGImageSource? {
    guard let source = CGImageSourceCreateWithData(Data(file) as CFData, nil),
      CGImageSourceGetStatus(source) == .statusComplete
    else { return nil }
    return source
  }

  /// What the header says.
  private static func size(of file: [UInt8]) -> (rows: Int, columns: Int)? {
    let properties =
      source(of: file).flatMap { CGImageSourceCopyPropertiesAtIndex($0, 0, nil) }
      as? [CFString: Any]
    guard let rows = properties?[kCGImagePropertyPixelHeight] as? Int,
      let columns = properties?[kCGImagePropertyPixelWidth] as? Int
    else { return nil }
    return (rows, columns)
  }

  private static func pixels(of file: [UInt8], rows: Int, columns: Int) -> [UInt8]? {
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
      context?.draw(image, in: CGRect(x: 0, y: 0, width: columns, height: rows))
      return context != nil
    }
    guard isDrawn else { return nil }
    return drawn.indices.lazy.filter { $0 % 4 < channels }.map { drawn[$0] }
  }
}
#else
extension PictureFile {
  /// What the header says.
  private static func size(of file: [UInt8]) -> (rows: Int, columns: Int)? {
    var (rows, columns): (Int32, Int32) = (0, 0)
    guard kernel_read_picture(file, file.count, &rows, &columns, nil) else { return nil }
    return (Int(rows), Int(columns))
  }

  private static func pixels(of file: [UInt8], rows: Int, columns: Int) -> [UInt8]? {
    var (height, width): (Int32, Int32) = (0, 0)
    let count = rows * columns * channels
    let pixels = [UInt8](unsafeUninitializedCapacity: count) { room, filled in
      let isRead = kernel_read_picture(file, file.count, &height, &width, room.baseAddress)
      filled = isRead ? count : 0
    }
    return pixels.isEmpty ? nil : pixels
  }
}
#endif
