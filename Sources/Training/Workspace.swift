/// Memory that the layers of a network use one after the other, so that it is there once.
package final class Workspace {
  private var gradients: [Shape: Tensor] = [:]
  private var room = FloatBuffer(count: 0)

  private struct Shape: Hashable {
    let images: Int
    let rows: Int
    let columns: Int
    let channels: Int
    let border: Int
    let trailing: Int
  }

  /// A tensor that is the same for all who ask for this shape: its content lasts until the next one writes.
  func gradient(
    images: Int,
    rows: Int,
    columns: Int,
    channels: Int,
    border: Int,
    trailing: Int
  ) -> Tensor {
    let shape = Shape(
      images: images,
      rows: rows,
      columns: columns,
      channels: channels,
      border: border,
      trailing: trailing
    )
    if let gradient = gradients[shape] { return gradient }
    let gradient = Tensor(
      images: images,
      rows: rows,
      columns: columns,
      channels: channels,
      border: border,
      trailing: trailing
    )
    gradients[shape] = gradient
    return gradient
  }

  /// At least so many floats, whose content lasts until the next one writes.
  func room(_ count: Int) -> FloatBuffer {
    if room.count < count { room = FloatBuffer(count: count) }
    return room
  }
}
