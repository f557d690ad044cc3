import Kernels

/// What follows a linear map and its norm or bias, in the same loop, because each alone would only move memory.
package struct Ending {
  /// Added before the activation; its gradient is set here, so the layer that reads it first adds.
  package var skip: Activation?
  package var activation: ActivationFunction
  /// The zeros that the next layer wants around the output.
  package var border: Int
  /// Holds the output's gradient where no other of this shape is needed at the same time.
  package var workspace: Workspace?
  /// Whether the only layer that reads the output makes it anew on the way, so that training need not write it.
  package var isMadeByReader: Bool

  package init(
    skip: Activation? = nil,
    activation: ActivationFunction = .none,
    border: Int = 0,
    workspace: Workspace? = nil,
    isMadeByReader: Bool = false
  ) {
    self.skip = skip
    self.activation = activation
    self.border = border
    self.workspace = workspace
    self.isMadeByReader = isMadeByReader
  }

  /// Describes the output for an input of whole vectors of channels.
  func output(of input: Activation) -> Activation {
    precondition(
      input.channels == paddedChannels(input.channels),
      "\(input.channels) channels are not whole vectors"
    )
    if let skip {
      precondition(
        (skip.rows, skip.columns, skip.channels) == (input.rows, input.columns, input.channels),
        "what is added has another shape"
      )
    }
    return Activation(
      images: input.capacity,
      rows: input.rows,
      columns: input.columns,
      channels: input.realChannels,
      border: border,
      workspace: workspace,
      side: input.side
    )
  }

  /// What the skip connection adds.
  var residual: kernel_pixels { skip?.value.pixels ?? kernel_pixels() }
}
