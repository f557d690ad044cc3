extension Network {
  private static let hiddenUnits = 128
  private static let cells = 4

  /// The residual network of the class sweep.
  ///
  /// Body: a convolution, then stages of a convolution of stride 2 with twice the channels and a residual
  /// block, each convolution with batch norm (or a bias) and ReLU. Head: adaptive average pooling, dropout
  /// p/2, linear, ReLU, dropout p, linear.
  package static func convolutional(_ plan: Plan) -> Network {
    let parameters = Parameters()
    let input = Activation(
      images: plan.capacity,
      rows: plan.rows,
      columns: plan.columns,
      channels: plan.channels,
      packed: true,
      border: 1
    )
    input.wantsGradient = false
    var body = ConvolutionalBody(input: input, plan: plan, parameters: parameters)
    body.addConvolution(channels: plan.width, stride: 1, stage: 0)
    for stage in 1...plan.depth {
      body.addConvolution(channels: plan.width << stage, stride: 2, stage: stage, startsBlock: true)
      body.addResidualBlock(stage: stage, isLast: stage == plan.depth)
    }
    let pooling = Pooling(input: body.end, cells: cells)
    let firstDropout = Dropout(
      input: pooling.output,
      probability: plan.dropout / 2,
      seed: plan.seed,
      place: 0
    )
    let hidden = Linear(
      "head.hidden",
      input: firstDropout.output,
      outputs: hiddenUnits,
      rectifies: plan.rectifies,
      part: .head,
      parameters: parameters
    )
    let lastDropout = Dropout(
      input: hidden.output,
      probability: plan.dropout,
      seed: plan.seed,
      place: 1
    )
    let last = Linear(
      "head.output",
      input: lastDropout.output,
      outputs: plan.outputs,
      rectifies: false,
      part: .head,
      parameters: parameters
    )
    let network = Network(
      parameters: parameters,
      input: input,
      body: body.layers + [pooling],
      features: pooling.output,
      head: [firstDropout, hidden, lastDropout, last],
      output: last.output
    )
    body.initialize()
    hidden.initialize(seed: plan.seed)
    last.initialize(seed: plan.seed)
    return network
  }
}

/// The body while it is being connected, layer by layer.
private struct ConvolutionalBody {
  private let plan: Network.Plan
  private let parameters: Parameters
  private(set) var end: Activation
  private(set) var layers: [any Layer] = []
  private var count = 0

  init(input: Activation, plan: Network.Plan, parameters: Parameters) {
    end = input
    self.plan = plan
    self.parameters = parameters
  }

  /// Adds convolution, norm or bias, an optional skip connection and ReLU.
  ///
  /// The start of a residual block, which two layers read, keeps its gradient while those of the block come and go.
  mutating func addConvolution(
    channels: Int,
    stride: Int,
    stage: Int,
    skip: Activation? = nil,
    addsToGradient: Bool = false,
    startsBlock: Bool = false,
    border: Int = 1
  ) {
    count += 1
    let workspace = startsBlock ? nil : parameters.workspace
    let part = Parameters.Part.body(stage: stage)
    let convolution = Convolution(
      "body.conv\(count)",
      input: end,
      channels: channels,
      stride: stride,
      part: part,
      addsToGradient: addsToGradient,
      parameters: parameters
    )
    layers.append(convolution)
    if plan.hasBatchNorm {
      let norm = BatchNorm(
        "body.norm\(count)",
        input: convolution.output,
        skip: skip,
        rectifies: plan.rectifies,
        border: border,
        part: part,
        workspace: workspace,
        parameters: parameters
      )
      layers.append(norm)
      end = norm.output
    } else {
      let bias = Bias(
        "body.conv\(count).bias",
        input: convolution.output,
        skip: skip,
        rectifies: plan.rectifies,
        border: border,
        part: part,
        workspace: workspace,
        parameters: parameters
      )
      layers.append(bias)
      end = bias.output
    }
  }

  /// Adds two convolutions around which the block's input skips.
  mutating func addResidualBlock(stage: Int, isLast: Bool) {
    let start = end
    let channels = start.realChannels
    addConvolution(channels: channels, stride: 1, stage: stage, addsToGradient: true)
    addConvolution(
      channels: channels,
      stride: 1,
      stage: stage,
      skip: start,
      border: isLast ? 0 : 1
    )
  }

  /// Sets the initial weights, once all layers are known.
  func initialize() {
    var bound = 0.0
    for layer in layers {
      switch layer {
      case let convolution as Convolution:
        convolution.initialize(seed: plan.seed)
        bound = convolution.initialBound
      case let norm as BatchNorm: norm.initialize()
      case let bias as Bias: bias.initialize(bound: bound, seed: plan.seed)
      default: preconditionFailure("a convolutional body has no \(type(of: layer))")
      }
    }
  }
}
