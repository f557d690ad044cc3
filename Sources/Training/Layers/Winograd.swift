import Kernels

/// The transforms by which a 3 × 3 convolution of stride 1 takes a half to a third of the products.
///
/// Whether and how is a matter of shapes alone, never of timing, so that a run's bits are those of its settings.
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
  /// Images up to this side take the larger tile; on larger ones its transforms cost what it saves.
  private static let largestSideOfFour = 8

  /// Plans a convolution between images of (rows, columns), `nil` where the direct sum is better.
  init?(rows: Int, columns: Int, inputs: Int, outputs: Int, workspace: Workspace) {
    guard inputs >= Self.fewestChannels, outputs >= Self.fewestChannels,
      inputs == paddedChannels(inputs)
    else { return nil }
    let tile = max(rows, columns) <= Self.largestSideOfFour ? 4 : 2
    let places = (tile + 2) * (tile + 2)
    let tiles = ((rows + tile - 1) / tile) * ((columns + tile - 1) / tile)
    self.tile = tile
    self.rows = rows
    self.columns = columns
    self.inputs = inputs
    self.outputs = outputs
    roomCount =
      max(Int(KERNEL_WINOGRAD_ROOM), places * tiles * (inputs + outputs))
      + 2 * places * Int(KERNEL_WINOGRAD_GAP)
    self.workspace = workspace
  }

  private var places: Int { (tile + 2) * (tile + 2) }

  /// Convolves images: forward from inputs to outputs, or with `backwards` from outputs to inputs.
  ///
  /// - Parameters:
  ///   - weights: (3, 3, from, to).
  ///   - source: Windows, from the border's corner.
  ///   - target: Pixels.
  ///   - images: How many.
  ///   - backwards: Whether channels go from outputs to inputs.
  ///   - accumulates: Whether the sums are added to what the target holds.
  func convolve(
    _ weights: UnsafePointer<Float>,
    source: kernel_pixels,
    target: kernel_pixels,
    images: Int,
    backwards: Bool = false,
    accumulates: Bool = false
  ) {
    let from = Int32(backwards ? outputs : inputs)
    let to = Int32(backwards ? inputs : outputs)
    let panels = workspace.room(.panels, places * inputs * outputs)
    kernel_winograd_pack(Int32(tile), weights, from, to, panels)
    var convolution = kernel_winograd(
      tile: Int32(tile),
      input: source,
      input_channels: from,
      panels: panels,
      output: target,
      images: Int32(images),
      rows: Int32(rows),
      columns: Int32(columns),
      channels: to,
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
      sums: workspace.room(.sums, places * inputs * outputs)
    )
    kernel_winograd_weight_gradient(&gradient)
  }
}
