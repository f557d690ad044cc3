/// Memory that the layers of a network use one after the other, so that it is there once.
package final class Workspace {
  private var gradients: [Shape: Tensor] = [:]
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

  /// Which of two gradients of one shape is meant, where one is read while the other is written.
  package enum Side {
    case after, before
  }

  private struct Shape: Hashable {
    let images: Int
    let rows: Int
    let columns: Int
    let channels: Int
    let border: Int
    let side: Side
  }

  /// A tensor that is the same for all who ask for this shape: its content lasts until the next one writes.
  func gradient(
    images: Int,
    rows: Int,
    columns: Int,
    channels: Int,
    border: Int,
    side: Side = .after
  ) -> Tensor {
    let shape = Shape(
      images: images,
      rows: rows,
      columns: columns,
      channels: channels,
      border: border,
      side: side
    )
    if let gradient = gradients[shape] { return gradient }
    let gradient = Tensor(
      images: images,
      rows: rows,
      columns: columns,
      channels: channels,
      border: border
    )
    gradients[shape] = gradient
    return gradient
  }

  /// At least so many floats for a purpose, whose content lasts until the next layer writes.
  func room(_ purpose: Purpose, _ count: Int) -> UnsafeMutablePointer<Float> {
    if let room = rooms[purpose], room.count >= count { return room.start }
    let room = FloatBuffer(count: count)
    rooms[purpose] = room
    return room.start
  }
}
