import Kernels

/// Adaptive average pooling to a square of cells: makes images of any size features of one size.
///
/// Windows may overlap and differ in size, as those of `torch.nn.AdaptiveAvgPool2d` do.
package struct Pooling: Layer {
  private let input: Activation
  package let output: Activation

  /// Pools images to cells × cells pixels.
  package init(input: Activation, cells: Int) {
    self.input = input
    output = Activation(
      images: input.capacity,
      rows: cells,
      columns: cells,
      channels: input.realChannels
    )
  }

  package func forward(_ pass: Pass) {
    kernel_pool(
      input.value.pixels,
      Int32(pass.count),
      Int32(input.rows),
      Int32(input.columns),
      Int32(input.channels),
      Int32(output.rows),
      output.value.start
    )
  }

  package func backward(_ pass: Pass) {
    guard input.wantsGradient else { return }
    kernel_pool_gradient(
      output.gradient.start,
      Int32(pass.count),
      Int32(input.rows),
      Int32(input.columns),
      Int32(input.channels),
      Int32(output.rows),
      input.gradient.pixels
    )
  }
}
