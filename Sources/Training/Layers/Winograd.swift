import Kernels

/// The transforms by which a 3 × 3 convolution of stride 1 takes about a third of the products.
///
/// Whether is a matter of shapes alone, never of timing, so that a run's bits are those of its settings.
final class Winograd {
  private let tile: Int
  private let rows: Int
  private let columns: Int
  private let inputs: Int
  private let outputs: Int
  private let workspace: Workspace
  private let roomCount: Int

  /// Fewer channels than these do not pay for the transforms.
  private static let fewestChannels = 32
  /// The largest side of images that take the larger tile.
  ///
  /// On larger ones the smaller tile costs hardly more, and its smaller error moves fewer numbers across the
  /// kink of ReLU.
  private static let largestSideOfFour = 8

  /// Plans a convolution between images of (rows, columns), `nil` where the direct sum is better.
  init?(rows: Int, columns: Int, inputs: Int, outputs: Int, workspace: Workspace) {
    guard inputs >= Self.fewestChannels, outputs >= Self.fewestChannels,
      inputs == paddedChannels(inputs)
    else { return nil }
    let tile = max(rows, columns) <= Self.largestSideOfFour ? 4 : 3
    guard min(rows, columns) >= tile else { return nil }
    let positions = (tile + 2) * (tile + 2)
    let tiles = ((rows - 1) / tile + 1) * ((columns - 1) / tile + 1)
    self.tile = tile
    self.rows = rows
    self.columns = columns
    self.inputs = inputs
    self.outputs = outputs
    roomCount =
      max(Int(KERNEL_WINOGRAD_ROOM), positions * tiles * (inputs + outputs))
      + 2 * positions * Int(KERNEL_WINOGRAD_GAP)
    self.workspace = workspace
  }

  private var positions: Int { (tile + 2) * (tile + 2) }

  /// The kernels' transforms, kept from a forward pass for others by the same weights; on the way back first the
  /// sums of the weights' gradient.
  private lazy var panels = FloatBuffer(count: positions * inputs * outputs)

  /// Convolves images from inputs to outputs.
  ///
  /// - Parameters:
  ///   - weights: (3, 3, inputs, outputs), `nil` for those of the call before.
  ///   - source: Windows, from the border's corner.
  ///   - target: Pixels.
  ///   - images: How many.
  func forward(
    _ weights: UnsafePointer<Float>?,
    source: kernel_pixels,
    target: kernel_pixels,
    images: Int
  ) {
    if let weights {
      kernel_winograd_pack(Int32(tile), weights, Int32(inputs), Int32(outputs), panels.start)
    }
    convolve(from: inputs, source, to: outputs, target, images: images)
  }

  /// Convolves gradients from outputs to inputs.
  ///
  /// - Parameters:
  ///   - weights: (3, 3, outputs, inputs), turned by half a turn.
  ///   - source: Windows, from the border's corner.
  ///   - target: Pixels.
  ///   - images: How many.
  ///   - accumulates: Whether the sums are added to what the target holds.
  func backward(
    _ weights: UnsafePointer<Float>,
    source: kernel_pixels,
    target: kernel_pixels,
    images: Int,
    accumulates: Bool
  ) {
    kernel_winograd_pack(Int32(tile), weights, Int32(outputs), Int32(inputs), panels.start)
    convolve(
      from: outputs,
      source,
      to: inputs,
      target,
      images: images,
      accumulates: accumulates
    )
  }

  private func convolve(
    from sourceChannels: Int,
    _ source: kernel_pixels,
    to targetChannels: Int,
    _ target: kernel_pixels,
    images: Int,
    accumulates: Bool = false
  ) {
    var convolution = kernel_winograd(
      tile: Int32(tile),
      input: source,
      input_channels: Int32(sourceChannels),
      panels: panels.start,
      output: target,
      images: Int32(images),
      rows: Int32(rows),
      columns: Int32(columns),
      channels: Int32(targetChannels),
      accumulates: accumulates,
      room: workspace.room(.transforms, roomCount)
    )
    kernel_winograd_convolve(&convolution)
  }

  /// Adds the gradient of the weights to `total`, (3, 3, inputs, outputs).
  func addWeightGradient(
    windows: kernel_pixels,
    outputGradient: kernel_pixels,
    images: Int,
    total: UnsafeMutablePointer<Float>
  ) {
    var gradient = kernel_winograd_gradient(
      tile: Int32(tile),
      input: windows,
      input_channels: Int32(inputs),
      output_gradient: outputGradient,
      images: Int32(images),
      rows: Int32(rows),
      columns: Int32(columns),
      channels: Int32(outputs),
      gradient: total,
      room: workspace.room(.transforms, roomCount),
      sums: panels.start
    )
    kernel_winograd_weight_gradient(&gradient)
  }
}
