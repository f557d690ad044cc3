import Kernels

/// A bias per channel, then an optional skip connection and ReLU: what follows a convolution without batch norm.
package final class Bias: Layer {
  private let input: Activation
  private let skip: Activation?
  package let output: Activation
  private let rectifies: Bool
  private let parameters: Parameters
  private let bias: Int
  private let ones: FloatBuffer
  private var sums: [Double]

  /// Whether the bias stays as it is.
  package var isFrozen = false

  /// Connects a bias to what it shifts.
  ///
  /// - Parameters:
  ///   - name: The parameter's name.
  ///   - input: What a convolution gives.
  ///   - skip: Added before the activation; its gradient is set here, so the layer that reads it first adds.
  ///   - rectifies: Whether max(0, x) follows.
  ///   - border: The zeros that the next layer wants around the output.
  ///   - part: Body or head.
  ///   - workspace: Holds the output's gradient where no other of this shape is needed at the same time.
  ///   - parameters: Where the bias lies.
  package init(
    _ name: String,
    input: Activation,
    skip: Activation? = nil,
    rectifies: Bool,
    border: Int,
    part: Parameters.Part,
    workspace: Workspace? = nil,
    parameters: Parameters
  ) {
    self.input = input
    self.skip = skip
    self.rectifies = rectifies
    self.parameters = parameters
    output = Activation(
      images: input.capacity,
      rows: input.rows,
      columns: input.columns,
      channels: input.realChannels,
      border: border,
      workspace: workspace
    )
    bias = parameters.reserve(
      name,
      part: part,
      role: .bias,
      layout: .init(rows: 1, columns: input.realChannels)
    )
    ones = FloatBuffer(count: input.channels)
    ones.start.update(repeating: 1, count: input.channels)
    sums = Array(repeating: 0, count: 2 * input.channels)
  }

  /// Draws the bias as PyTorch does: uniform on ±1/√(inputs of a window).
  package func initialize(bound: Double, seed: Int) {
    parameters.drawUniform(bias, bound: bound, seed: seed)
  }

  package func forward(_ pass: Pass) {
    var affine = kernel_affine(
      value: input.value.pixels,
      scale: ones.start,
      shift: parameters.value(bias),
      residual: skip?.value.pixels ?? kernel_pixels(),
      output: output.value.pixels,
      images: Int32(pass.count),
      rows: Int32(input.rows),
      columns: Int32(input.columns),
      channels: Int32(input.channels),
      rectifies: rectifies
    )
    kernel_apply_affine(&affine)
  }

  package func backward(_ pass: Pass) {
    guard input.wantsGradient || !isFrozen else { return }
    if let skip { mask(pass, into: skip.gradient) }
    mask(pass, into: input.gradient)
    guard !isFrozen else { return }
    for c in 0..<input.channels { parameters.gradient(bias)[c] += Float(sums[c]) }
  }

  private func mask(_ pass: Pass, into target: Tensor) {
    var masking = kernel_masking(
      output_gradient: output.gradient.pixels,
      mask: kernel_mask(
        output: rectifies ? output.value.pixels : kernel_pixels(),
        scale: nil,
        shift: nil
      ),
      value: kernel_pixels(),
      masked: target.pixels,
      images: Int32(pass.count),
      rows: Int32(input.rows),
      columns: Int32(input.columns),
      channels: Int32(input.channels)
    )
    kernel_mask_gradient(&masking, &sums)
  }
}
