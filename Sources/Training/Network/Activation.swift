import Kernels

/// What flows between two layers: the values of a batch and, while training, the loss's gradient by them.
package final class Activation {
  package let capacity: Int
  package let rows: Int
  package let columns: Int
  /// Channels that carry something.
  package let realChannels: Int
  package let value: Tensor
  private let gradientBorder: Int
  private var storedGradient: Tensor?

  private let source: Activation?
  private let workspace: Workspace?
  /// Which memory of the workspace the gradient lies in.
  package let side: Workspace.Side
  private var isCut = false

  /// Where the values lie that were not written: what they are made of, and how; `nil` where `value` holds them.
  ///
  /// Set by a norm whose only reader makes them anew on the way, which saves writing and reading them.
  var unwritten: (value: Tensor, line: kernel_line)?
  /// How the gradient is made that was not written, `nil` where `gradient` holds it.
  ///
  /// Set by a norm on the way back where the layer before it can make the gradient on the way.
  var unwrittenGradient: kernel_normal_gradient?
  /// Whether the layer that gave this one makes the gradient on the way.
  var takesUnwrittenGradient = false
  /// Per channel the sum of the latest batch's values, then of their squares, where the layer before took them.
  var moments: [Double]?

  /// Whether the layers after this one have to work out the gradient.
  package var wantsGradient: Bool {
    get { !isCut && source?.wantsGradient ?? true }
    set { isCut = !newValue }
  }

  /// Describes images of (rows, columns, channels).
  ///
  /// - Parameters:
  ///   - images: The most images of a batch.
  ///   - rows: H.
  ///   - columns: W.
  ///   - channels: The channels that carry something.
  ///   - packed: Whether channels are stored without padding, as a network's input is.
  ///   - border: Zeros around the values, where a convolution reads them.
  ///   - gradientBorder: Zeros around the gradient, where a convolution reads that.
  ///   - source: What this one is made of by a layer without parameters: its gradient is wanted only for that.
  ///   - workspace: Holds the gradient where the layer before this one uses it up at once.
  ///   - side: Which memory of the workspace.
  package init(
    images: Int,
    rows: Int = 1,
    columns: Int = 1,
    channels: Int,
    packed: Bool = false,
    border: Int = 0,
    gradientBorder: Int = 0,
    source: Activation? = nil,
    workspace: Workspace? = nil,
    side: Workspace.Side = .even
  ) {
    self.source = source
    self.workspace = workspace
    self.side = side
    capacity = images
    self.rows = rows
    self.columns = columns
    realChannels = channels
    self.gradientBorder = gradientBorder
    value = Tensor(
      images: images,
      rows: rows,
      columns: columns,
      channels: packed ? channels : paddedChannels(channels),
      border: border
    )
    if gradientBorder == 0 { workspace?.expect(side, count: images * size) }
  }

  /// Channels as stored.
  package var channels: Int { value.channels }

  /// The pixels of so many images, for the loops that pass over all of them.
  func grid(images: Int) -> kernel_grid {
    kernel_grid(
      images: Int32(images),
      rows: Int32(rows),
      columns: Int32(columns),
      channels: Int32(channels)
    )
  }

  /// Numbers of one image, padding included, borders not.
  package var size: Int { rows * columns * channels }

  /// Takes over the values of a batch of the same shape, whatever borders there are.
  func copyValues(of other: Activation, images: Int) {
    precondition(
      (rows, columns, channels) == (other.rows, other.columns, other.channels),
      "values of another shape"
    )
    for n in 0..<images {
      for y in 0..<rows {
        value.row(y, ofImage: n)
          .update(from: other.value.row(y, ofImage: n), count: columns * channels)
      }
    }
  }

  /// The gradient's storage, made when first asked for: a frozen body never does.
  package var gradient: Tensor {
    if let storedGradient { return storedGradient }
    let gradient =
      workspace?.gradient(
        images: capacity,
        rows: rows,
        columns: columns,
        channels: channels,
        border: gradientBorder,
        side: side
      )
      ?? Tensor(
        images: capacity,
        rows: rows,
        columns: columns,
        channels: channels,
        border: gradientBorder
      )
    storedGradient = gradient
    return gradient
  }
}
