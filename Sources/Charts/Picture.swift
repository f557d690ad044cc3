/// A small grey or colour image.
package struct Picture: Sendable, Equatable {
  package let width: Int
  package let height: Int
  package let pixels: [UInt8]

  /// - Parameters:
  ///   - width: Columns of pixels, at least 1.
  ///   - height: Rows of pixels, at least 1.
  ///   - pixels: Row by row, width × height grey values or three times as many (red, green, blue);
  ///     with any other count there is no picture.
  package init?(width: Int, height: Int, pixels: [UInt8]) {
    guard width > 0, height > 0, width <= 4_096, height <= 4_096,
      pixels.count == width * height || pixels.count == 3 * width * height
    else { return nil }
    self.width = width
    self.height = height
    self.pixels = pixels
  }
}
