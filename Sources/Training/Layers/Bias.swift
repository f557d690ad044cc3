import Kernels

/// A bias per channel, then skip connection and activation: what follows a convolution without batch norm.
///
/// Without a bias it is the skip connection and the activation alone.
package final class Bias: ParameterizedLayer {
  private let input: Activation
  private let ending: Ending
  package let output: Activation
  private let bias: Parameter?
  private let initialBound: Double
  private let ones: FloatBuffer
  private let zeros: FloatBuffer
  private var sums: [Double]

  package var isFrozen = false
  package var parameters: [Parameter] { bias.map { [$0] } ?? [] }
  package var statistics: [NetworkTensor] { [] }

  /// Connects a bias to what it shifts.
  ///
  /// - Parameters:
  ///   - scope: Where the bias lies, `nil` for none.
  ///   - input: What a convolution gives.
  ///   - ending: What follows.
  ///   - initialBound: The bias is drawn uniformly from ± this, as PyTorch does by the inputs of a window.
  package init(
    _ scope: Parameters.Scope?,
    input: Activation,
    ending: Ending,
    initialBound: Double = 0
  ) {
    self.input = input
    self.ending = ending
    self.initialBound = initialBound
    output = ending.output(of: input)
    bias = scope?.reserve("bias", .bias, .init(rows: 1, columns: input.realChannels))
    ones = FloatBuffer(count: input.channels)
    ones.start.update(repeating: 1, count: input.channels)
    zeros = FloatBuffer(count: bias == nil ? input.channels : 0)
    sums = Array(repeating: 0, count: 2 * input.channels)
  }

  package func initialize(seed: Int) { bias?.drawUniform(bound: initialBound, seed: seed) }

  package func forward(_ pass: Pass) {
    var affine = kernel_affine(
      value: input.value.pixels,
      scale: ones.start,
      shift: bias?.values ?? zeros.start,
      residual: ending.residual,
      output: output.value.pixels,
      grid: input.grid(images: pass.count),
      activation: ending.activation.kernel
    )
    kernel_apply_affine(&affine)
  }

  package func backward(_ pass: Pass) {
    guard input.wantsGradient || !isFrozen else { return }
    if let skip = ending.skip { mask(pass, into: skip.gradient) }
    mask(pass, into: input.gradient)
    guard !isFrozen, let bias else { return }
    for c in 0..<input.channels { bias.gradients[c] += Float(sums[c]) }
  }

  private func mask(_ pass: Pass, into target: Tensor) {
    var masking = kernel_masking(
      output_gradient: output.gradient.pixels,
      mask: kernel_mask(
        activation: ending.activation.kernel,
        output: output.value.pixels,
        scale: nil,
        shift: nil
      ),
      value: kernel_pixels(),
      masked: target.pixels,
      grid: input.grid(images: pass.count)
    )
    kernel_mask_gradient(&masking, &sums)
  }
}
