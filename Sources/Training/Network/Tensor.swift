import Foundation
package import Kernels

/// Zeroed floats on a 64-byte boundary, freed with the last reference.
package final class FloatBuffer {
  package let start: UnsafeMutablePointer<Float>
  package let count: Int
  private let block: UnsafeMutableRawPointer

  private static let alignment = 64

  package init(count: Int) {
    self.count = count
    // The system's own zeros: memory that is never written, as a body's whose features are known, takes none.
    let bytes = max(count, 1) * MemoryLayout<Float>.stride
    guard let block = calloc(1, bytes + Self.alignment) else {
      preconditionFailure("there is no memory for \(count) floats")
    }
    self.block = block
    start = block.alignedUp(toMultipleOf: Self.alignment).assumingMemoryBound(to: Float.self)
  }

  deinit { free(block) }
}

/// Rounds a number of channels up to whole vectors.
package func paddedChannels(_ channels: Int) -> Int {
  let width = Int(KERNEL_CHANNELS)
  return (channels + width - 1) / width * width
}

/// Images of floats in memory order N, H, W, C, with a border of zeros that convolutions read.
///
/// Channels beyond the real ones are zero everywhere: the weights that would fill them are zero.
package struct Tensor {
  package let rows: Int
  package let columns: Int
  /// Channels as stored, those of the padding included.
  package let channels: Int
  private let buffer: FloatBuffer
  package let border: Int

  /// Allocates a tensor of zeros.
  ///
  /// - Parameters:
  ///   - images: The most images it will hold.
  ///   - rows: H.
  ///   - columns: W.
  ///   - channels: C as stored.
  ///   - border: Rows and columns of zeros on each side.
  ///   - buffer: Memory that others use too, `nil` for its own; only without a border, for it need not be zeros.
  package init(
    images: Int,
    rows: Int,
    columns: Int,
    channels: Int,
    border: Int = 0,
    buffer: FloatBuffer? = nil
  ) {
    self.rows = rows
    self.columns = columns
    self.channels = channels
    self.border = border
    let side = 2 * border
    let count = images * (rows + side) * (columns + side) * channels
    precondition(buffer.map { $0.count >= count } ?? true, "\(count) floats do not fit")
    self.buffer = buffer ?? FloatBuffer(count: count)
  }

  package var rowStride: Int { (columns + 2 * border) * channels }
  package var imageStride: Int { (rows + 2 * border) * rowStride }

  /// The first number of the first real pixel.
  package var start: UnsafeMutablePointer<Float> {
    buffer.start + border * (rowStride + channels)
  }

  /// The first real pixel and the strides.
  package var pixels: kernel_pixels {
    kernel_pixels(start: start, image: imageStride, row: rowStride, pixel: channels)
  }

  /// The same pixels seen from the corner of a border of one: where a 3 × 3 window starts.
  package var windows: kernel_pixels {
    precondition(border == 1, "windows of 3 × 3 need a border of 1, not \(border)")
    return kernel_pixels(
      start: buffer.start,
      image: imageStride,
      row: rowStride,
      pixel: channels
    )
  }

  /// The first number of an image's row.
  package func row(_ y: Int, ofImage image: Int) -> UnsafeMutablePointer<Float> {
    start + image * imageStride + y * rowStride
  }
}

extension kernel_pixels {
  /// The view that starts so many floats later and takes only every so many rows and columns.
  func moved(by floats: Int, every step: Int = 1) -> kernel_pixels {
    kernel_pixels(
      start: start.map { $0 + floats },
      image: image,
      row: row * step,
      pixel: pixel * step
    )
  }
}
