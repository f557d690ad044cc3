/// Everything about a convolution but its weights.
package struct ConvolutionShape: Sendable, Equatable {
  /// Output channels.
  package var channels: Int
  /// Rows and columns of the kernel.
  package var kernel: Int
  /// Pixels of the input from one output to the next.
  package var stride: Int
  /// Parts that the channels are divided into; each output reads the inputs of its own part.
  ///
  /// As many as there are channels make a depthwise convolution.
  package var groups: Int
  package var padding: Padding

  /// The zeros around the input.
  package enum Padding: Sendable, Equatable {
    /// So many on each side.
    case symmetric(Int)
    /// As many as make ⌈side / stride⌉ outputs; of an odd number the last side has one more.
    ///
    /// Reference: TensorFlow, `tf.nn`, "SAME" padding.
    case same
  }

  package init(
    channels: Int,
    kernel: Int = 3,
    stride: Int = 1,
    groups: Int = 1,
    padding: Padding = .symmetric(1)
  ) {
    self.channels = channels
    self.kernel = kernel
    self.stride = stride
    self.groups = groups
    self.padding = padding
  }

  /// How many outputs a side of the input has, and how many zeros come before its first pixel.
  package func side(_ length: Int) -> (outputs: Int, before: Int) {
    switch padding {
    case .symmetric(let zeros):
      return ((length + 2 * zeros - kernel) / stride + 1, zeros)
    case .same:
      let outputs = (length + stride - 1) / stride
      return (outputs, max(0, (outputs - 1) * stride + kernel - length) / 2)
    }
  }

  /// Whether `Convolution` covers it: 3 × 3 over all channels, stride 1 or 2 and zeros as `same` has them, or one
  /// before the first pixel.
  package func isThreeByThree(rows: Int, columns: Int) -> Bool {
    kernel == 3 && groups == 1 && (1...2).contains(stride)
      && [rows, columns].allSatisfy {
        let (outputs, before) = side($0)
        return outputs == ($0 + stride - 1) / stride && (before == 1 || before == 0 && stride == 2)
      }
  }

  /// Whether `PointwiseConvolution` covers it: 1 × 1 over all channels.
  package var isPointwise: Bool {
    kernel == 1 && groups == 1 && stride == 1 && (padding == .same || padding == .symmetric(0))
  }

  /// Whether `DepthwiseConvolution` covers it: each channel by itself, 3 × 3 or 5 × 5, stride 1 or 2.
  package func isDepthwise(channels inputs: Int) -> Bool {
    groups > 1 && groups == inputs && channels == inputs && [3, 5].contains(kernel)
      && (1...2).contains(stride)
  }

  /// Weights as they are stored: (kernel, kernel, inputs of a group, outputs).
  ///
  /// - Parameters:
  ///   - input: What is convolved.
  ///   - padded: Whether the inputs' padding has weights, too.
  /// - Returns: The layout, with the shape that PyTorch gives it.
  func weights(of input: Activation, padded: Bool) -> Parameter.Layout {
    precondition(
      input.realChannels % groups == 0 && channels % groups == 0,
      "\(input.realChannels) and \(channels) channels in \(groups) groups"
    )
    let inputs = input.realChannels / groups
    return Parameter.Layout(
      groups: kernel * kernel,
      rows: inputs,
      paddedRows: padded ? input.channels : inputs,
      columns: channels,
      shape: [channels, inputs, kernel, kernel]
    )
  }

  /// The bound that weights and bias are drawn within, as PyTorch does: 1/√(inputs of a window).
  func initialBound(of input: Activation) -> Double {
    1 / Double(kernel * kernel * input.realChannels / groups).squareRoot()
  }
}
