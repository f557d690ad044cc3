import Kernels

/// A convolution of each channel by itself, 3 × 3 or 5 × 5, without bias.
///
/// Makes the values of the norm before it on the way where that did not write them, and takes the moments for the norm
/// after it; in evaluation its weights take that one's scales in. Weights are stored (kernel, kernel, channels).
package final class DepthwiseConvolution: ParameterizedLayer {
  private let input: Activation
  package let output: Activation
  private let shape: ConvolutionShape
  private let addsToGradient: Bool
  private let weight: Parameter
  private let workspace: Workspace
  private weak var norm: BatchNorm?

  package var isFrozen = false
  package var parameters: [Parameter] { [weight] }
  package var statistics: [NetworkTensor] { [] }

  /// Connects a convolution to its input.
  ///
  /// - Parameters:
  ///   - scope: Where the weights lie.
  ///   - input: Images.
  ///   - shape: A shape that is `isDepthwise` for the input's channels.
  ///   - addsToGradient: Whether another layer has set the input's gradient before, as a skip connection does.
  ///   - sharesGradient: Whether the layer after this one uses the output's gradient up at once.
  package init(
    _ scope: Parameters.Scope,
    input: Activation,
    shape: ConvolutionShape,
    addsToGradient: Bool = false,
    sharesGradient: Bool = true
  ) {
    precondition(shape.isDepthwise(channels: input.realChannels), "\(shape)")
    self.input = input
    self.shape = shape
    self.addsToGradient = addsToGradient
    workspace = scope.parameters.workspace
    output = Activation(
      images: input.capacity,
      rows: shape.side(input.rows).outputs,
      columns: shape.side(input.columns).outputs,
      channels: shape.channels,
      workspace: sharesGradient ? workspace : nil,
      side: input.side.other
    )
    weight = scope.reserve("weight", .weight, shape.weights(of: input, padded: false))
  }

  /// Takes a norm in that alone reads the output and adds nothing to it.
  func precede(_ norm: BatchNorm) {
    self.norm = norm
    norm.isFolded = true
    output.moments = Array(repeating: 0, count: 2 * output.channels)
  }

  package func initialize(seed: Int) {
    weight.drawUniform(bound: shape.initialBound(of: input), seed: seed)
  }

  package func forward(_ pass: Pass) {
    guard pass.mode == .evaluation, let norm else {
      var convolution = convolution(pass, values, weight.values, output.value)
      guard output.moments != nil else { return kernel_convolve_depthwise(&convolution, nil, nil) }
      output.moments?.withUnsafeMutableBufferPointer {
        kernel_convolve_depthwise(&convolution, nil, $0.baseAddress)
      }
      return
    }
    let line = norm.foldedLine()
    var convolution = convolution(pass, values, scaled(by: line.scale), norm.output.value)
    var ending = kernel_ending(
      shift: line.shift,
      residual: kernel_pixels(),
      activation: norm.tail.activation
    )
    kernel_convolve_depthwise(&convolution, &ending, nil)
  }

  /// The weights times a norm's scale of each channel.
  private func scaled(by scale: UnsafePointer<Float>) -> UnsafeMutablePointer<Float> {
    let (taps, channels) = (shape.kernel * shape.kernel, output.channels)
    let target = workspace.room(.scaled, taps * channels)
    for tap in 0..<taps {
      let (from, to) = (weight.values + tap * channels, target + tap * channels)
      for c in 0..<channels { to[c] = from[c] * scale[c] }
    }
    return target
  }

  package func backward(_ pass: Pass) {
    if !isFrozen {
      var sums = convolution(pass, values, weight.gradients, output.gradient)
      kernel_depthwise_weight_gradient(&sums)
    }
    guard input.wantsGradient else { return }
    let gradient = (input.gradient, kernel_line())
    var back = convolution(pass, gradient, weight.values, output.gradient)
    kernel_depthwise_back(&back, addsToGradient)
  }

  /// The input, or what it is made of where it was not written.
  private var values: (Tensor, kernel_line) { input.unwritten ?? (input.value, kernel_line()) }

  /// The kernels' view of this layer, with values or gradients at each end and for the weights.
  private func convolution(
    _ pass: Pass,
    _ read: (tensor: Tensor, line: kernel_line),
    _ weights: UnsafeMutablePointer<Float>,
    _ output: Tensor
  ) -> kernel_depthwise {
    let kernel = shape.kernel
    let length = input.columns + 2 * kernel + shape.stride
    return kernel_depthwise(
      input: read.tensor.pixels,
      output: output.pixels,
      line: read.line,
      weights: weights,
      images: Int32(pass.count),
      rows: Int32(input.rows),
      columns: Int32(input.columns),
      channels: Int32(input.channels),
      output_rows: Int32(output.rows),
      output_columns: Int32(output.columns),
      kernel: Int32(kernel),
      stride: Int32(shape.stride),
      top: Int32(shape.side(input.rows).before),
      left: Int32(shape.side(input.columns).before),
      room: workspace.room(.rows, (kernel + 1) * length * Int(KERNEL_CHANNELS))
    )
  }
}
