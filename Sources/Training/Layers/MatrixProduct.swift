import Kernels

/// A product of matrices, (rows, depth) · (depth, columns), whose right factor is packed first.
struct MatrixProduct {
  let rows: Int
  let depth: Int
  /// A multiple of whole vectors.
  let columns: Int
  /// At least depth · columns floats, which keep the right factor until another is packed.
  let panels: FloatBuffer

  /// Packs the right factor, (depth, columns).
  func pack(_ right: UnsafePointer<Float>) {
    kernel_pack(right, Int32(depth), Int32(columns), Int32(rows), panels.start)
  }

  /// Packs the right factor from its transpose, (columns, depth), both whole vectors.
  func packTransposed(_ right: UnsafePointer<Float>) {
    kernel_pack_transposed(right, Int32(depth), Int32(columns), Int32(rows), panels.start)
  }

  /// Multiplies a left factor, whose rows lie so many floats apart as they are deep, by what is packed.
  func multiply(_ left: UnsafeMutablePointer<Float>, into product: UnsafeMutablePointer<Float>) {
    withUnsafePointer(to: 0) { offset in
      var sums = kernel_window_sums(
        input: kernel_pixels(start: left, image: 0, row: 0, pixel: depth),
        tap_offset: offset,
        taps: 1,
        tap_length: Int32(depth),
        panels: panels.start,
        panel_columns: Int32(rows),
        output: kernel_pixels(start: product, image: 0, row: 0, pixel: columns),
        images: 1,
        rows: 1,
        columns: Int32(rows),
        channels: Int32(columns),
        accumulates: false,
        skips_first: false,
        skips_last: false,
        ending: nil
      )
      kernel_sum_windows(&sums)
    }
  }
}
