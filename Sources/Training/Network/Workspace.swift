/// Memory that the layers of a network use one after the other, so that it is there once.
package final class Workspace {
  /// Gradients with a border, whose zeros have to stay.
  private var gradients: [Shape: Tensor] = [:]
  private var sides: [Side: FloatBuffer] = [:]
  private var sizes: [Side: Int] = [:]
  private var rooms: [Purpose: FloatBuffer] = [:]

  /// What a layer needs room for while it works; the rooms of two purposes are never the same.
  enum Purpose {
    /// Weights with inputs and outputs exchanged.
    case transposed
    /// Winograd's windows and products.
    case transforms
    /// The pixels that a product reads next, once they are what their line makes of them.
    case inputs
    /// The gradient of the pixels that a product gave.
    case gradients
    /// Weights that took a norm's scales in.
    case scaled
    /// The padded rows of a depthwise convolution.
    case rows
  }

  /// One of two stretches of memory: while a layer reads the gradient of its output in one, it writes that of its input
  /// in the other.
  package enum Side {
    case even, odd

    var other: Side { self == .even ? .odd : .even }
  }

  private struct Shape: Hashable {
    let images: Int
    let rows: Int
    let columns: Int
    let channels: Int
    let border: Int
  }

  /// Takes note that a gradient without a border will be asked for, so that the memory of its side is large enough.
  func expect(_ side: Side, count: Int) { sizes[side] = max(sizes[side] ?? 0, count) }

  /// A gradient whose content lasts until the next one of its side is written, or with a border, of its shape.
  func gradient(
    images: Int,
    rows: Int,
    columns: Int,
    channels: Int,
    border: Int,
    side: Side
  ) -> Tensor {
    let shape = Shape(
      images: images,
      rows: rows,
      columns: columns,
      channels: channels,
      border: border
    )
    if border > 0, let gradient = gradients[shape] { return gradient }
    let gradient = Tensor(
      images: images,
      rows: rows,
      columns: columns,
      channels: channels,
      border: border,
      buffer: border > 0 ? nil : memory(of: side)
    )
    if border > 0 { gradients[shape] = gradient }
    return gradient
  }

  private func memory(of side: Side) -> FloatBuffer {
    if let buffer = sides[side], buffer.count >= sizes[side] ?? 0 { return buffer }
    let buffer = FloatBuffer(count: sizes[side] ?? 0)
    sides[side] = buffer
    return buffer
  }

  /// At least so many floats for a purpose, whose content lasts until the next layer writes.
  func room(_ purpose: Purpose, _ count: Int) -> UnsafeMutablePointer<Float> {
    if let room = rooms[purpose], room.count >= count { return room.start }
    let room = FloatBuffer(count: count)
    rooms[purpose] = room
    return room.start
  }
}
