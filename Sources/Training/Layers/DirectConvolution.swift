import Kernels

/// A convolution of any shape without bias, by its definition; `Convolution` is faster for the shapes it covers.
package final class DirectConvolution: ParameterizedLayer {
  private let input: Activation
  package let output: Activation
  private let shape: ConvolutionShape
  private let addsToGradient: Bool
  private let weight: Parameter

  package var isFrozen = false
  package var parameters: [Parameter] { [weight] }
  package var statistics: [NetworkTensor] { [] }

  /// Connects a convolution to its input.
  ///
  /// - Parameters:
  ///   - scope: Where the weights lie.
  ///   - input: Images.
  ///   - shape: Groups must divide the channels of input and output.
  ///   - addsToGradient: Whether another layer has set the input's gradient before, as a skip connection does.
  package init(
    _ scope: Parameters.Scope,
    input: Activation,
    shape: ConvolutionShape,
    addsToGradient: Bool = false
  ) {
    self.input = input
    self.shape = shape
    self.addsToGradient = addsToGradient
    output = Activation(
      images: input.capacity,
      rows: shape.side(input.rows).outputs,
      columns: shape.side(input.columns).outputs,
      channels: shape.channels
    )
    weight = scope.reserve("weight", .weight, shape.weights(of: input, padded: false))
  }

  package func initialize(seed: Int) {
    weight.drawUniform(bound: shape.initialBound(of: input), seed: seed)
  }

  package func forward(_ pass: Pass) {
    var convolution = convolution(pass, input.value, weight.values, output.value)
    kernel_convolve(&convolution)
  }

  package func backward(_ pass: Pass) {
    if !isFrozen {
      var sums = convolution(pass, input.value, weight.gradients, output.gradient)
      kernel_convolve_weight_gradient(&sums)
    }
    guard input.wantsGradient else { return }
    var back = convolution(pass, input.gradient, weight.values, output.gradient)
    kernel_convolve_back(&back, addsToGradient)
  }

  private func convolution(
    _ pass: Pass,
    _ input: Tensor,
    _ weights: UnsafeMutablePointer<Float>,
    _ output: Tensor
  ) -> kernel_convolution {
    kernel_convolution(
      input: input.pixels,
      output: output.pixels,
      weights: weights,
      weight_channels: Int32(weight.layout.paddedColumns),
      images: Int32(pass.count),
      rows: Int32(input.rows),
      columns: Int32(input.columns),
      channels: Int32(self.input.realChannels),
      output_rows: Int32(output.rows),
      output_columns: Int32(output.columns),
      output_channels: Int32(shape.channels),
      kernel: Int32(shape.kernel),
      stride: Int32(shape.stride),
      top: Int32(shape.side(input.rows).before),
      left: Int32(shape.side(input.columns).before),
      groups: Int32(shape.groups)
    )
  }
}
