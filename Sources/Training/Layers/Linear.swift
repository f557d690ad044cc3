import Kernels

/// A dense layer: output = activation(input · weights + bias), or without a bias.
///
/// The input may be images: their pixels and channels are one long row, in memory order. Weights are stored
/// (inputs, outputs).
package final class Linear: ParameterizedLayer {
  private let input: Activation
  package let output: Activation
  private let activation: ActivationFunction
  private let weight: Parameter
  private let bias: Parameter?
  /// What stands in the place of a bias that there is not.
  private let zeros: FloatBuffer
  private let ones: FloatBuffer
  private var sums: [Double]

  package var isFrozen = false
  package var parameters: [Parameter] { [weight] + (bias.map { [$0] } ?? []) }
  package var statistics: [NetworkTensor] { [] }

  /// Connects a dense layer to its input.
  ///
  /// - Parameters:
  ///   - scope: Where weights and bias lie.
  ///   - input: Numbers without a border.
  ///   - outputs: Numbers an image becomes.
  ///   - activation: What follows.
  ///   - hasBias: Whether there is one; a norm that follows has its own.
  package init(
    _ scope: Parameters.Scope,
    input: Activation,
    outputs: Int,
    activation: ActivationFunction,
    hasBias: Bool = true
  ) {
    self.input = input
    self.activation = activation
    output = Activation(images: input.capacity, channels: outputs)
    let pixels = input.rows * input.columns
    weight = scope.reserve(
      "weight",
      .weight,
      .init(
        groups: pixels,
        rows: input.realChannels,
        paddedRows: input.channels,
        columns: outputs,
        shape: [outputs, pixels * input.realChannels]
      )
    )
    bias = hasBias ? scope.reserve("bias", .bias, .init(rows: 1, columns: outputs)) : nil
    zeros = FloatBuffer(count: hasBias ? 0 : output.channels)
    ones = FloatBuffer(count: output.channels)
    ones.start.update(repeating: 1, count: output.channels)
    sums = Array(repeating: 0, count: 2 * output.channels)
  }

  /// Draws weights and bias as PyTorch does: uniform on ±1/√inputs.
  package func initialize(seed: Int) {
    let bound = 1 / Double(weight.layout.shape[1]).squareRoot()
    for parameter in parameters { parameter.drawUniform(bound: bound, seed: seed) }
  }

  /// The weights as the kernels read them, kept from a forward pass for others by the same weights.
  private lazy var panels = FloatBuffer(count: input.size * output.channels)
  /// The batch size that a forward pass packed them for, 0 for none.
  private var packedCount = 0

  package func forward(_ pass: Pass) {
    let product = MatrixProduct(
      rows: pass.count,
      depth: input.size,
      columns: output.channels,
      panels: panels
    )
    if !pass.hasSameWeights || packedCount != pass.count {
      product.pack(weight.values)
      packedCount = pass.count
    }
    product.multiply(input.value.start, into: output.value.start)
    var affine = kernel_affine(
      value: rows(output.value),
      scale: ones.start,
      shift: bias?.values ?? zeros.start,
      residual: kernel_pixels(),
      output: rows(output.value),
      grid: grid(pass),
      activation: activation.kernel
    )
    kernel_apply_affine(&affine)
  }

  package func backward(_ pass: Pass) {
    var masking = kernel_masking(
      output_gradient: rows(output.gradient),
      mask: kernel_mask(
        activation: activation.kernel,
        output: rows(output.value),
        scale: nil,
        shift: nil
      ),
      value: kernel_pixels(),
      masked: rows(output.gradient),
      grid: grid(pass)
    )
    kernel_mask_gradient(&masking, &sums)
    if !isFrozen { addGradients(pass) }
    guard input.wantsGradient else { return }
    precondition(
      input.size == paddedChannels(input.size),
      "a gradient of \(input.size) numbers is not whole vectors"
    )
    packedCount = 0
    let product = MatrixProduct(
      rows: pass.count,
      depth: output.channels,
      columns: input.size,
      panels: panels
    )
    product.packTransposed(weight.values)
    product.multiply(output.gradient.start, into: input.gradient.start)
  }

  private func addGradients(_ pass: Pass) {
    if let bias {
      for c in 0..<output.channels { bias.gradients[c] += Float(sums[c]) }
    }
    var outer = kernel_outer_sums(
      input: rows(input.value),
      depth: Int32(input.size),
      output_gradient: rows(output.gradient),
      channels: Int32(output.channels),
      images: 1,
      rows: 1,
      columns: Int32(pass.count),
      gradient: weight.gradients
    )
    kernel_sum_outer_products(&outer)
  }

  /// A batch of images as the pixels of one row.
  private func rows(_ tensor: Tensor) -> kernel_pixels {
    var pixels = tensor.pixels
    pixels.pixel = tensor.imageStride
    return pixels
  }

  private func grid(_ pass: Pass) -> kernel_grid {
    kernel_grid(
      images: 1,
      rows: 1,
      columns: Int32(pass.count),
      channels: Int32(output.channels)
    )
  }
}
