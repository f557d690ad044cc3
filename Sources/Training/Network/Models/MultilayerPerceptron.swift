extension Network {
  /// Dense layers: the hidden ones are the body, the last is the head, after dropout p.
  ///
  /// Without ReLU the stack is one linear map, whatever its depth.
  package static func multilayerPerceptron(_ plan: Plan) -> Network {
    let parameters = Parameters()
    let input = Activation(
      images: plan.capacity,
      rows: plan.rows,
      columns: plan.columns,
      channels: plan.channels,
      packed: true
    )
    var end = input
    var body: [any Layer] = []
    var initializers: [() -> Void] = []
    for number in 1...plan.depth {
      let linear = Linear(
        "body.linear\(number)",
        input: end,
        outputs: plan.width,
        rectifies: plan.rectifies && !plan.hasBatchNorm,
        part: .body(stage: number - 1),
        parameters: parameters
      )
      body.append(linear)
      initializers.append { linear.initialize(seed: plan.seed) }
      end = linear.output
      guard plan.hasBatchNorm else { continue }
      let norm = BatchNorm(
        "body.norm\(number)",
        input: end,
        rectifies: plan.rectifies,
        border: 0,
        part: .body(stage: number - 1),
        parameters: parameters
      )
      body.append(norm)
      initializers.append { norm.initialize() }
      end = norm.output
    }
    return denseHead(
      plan,
      parameters: parameters,
      input: input,
      body: body,
      features: end,
      initializers: initializers
    )
  }

  /// One dense layer, after dropout p of its inputs.
  package static func linear(_ plan: Plan) -> Network {
    let input = Activation(
      images: plan.capacity,
      rows: plan.rows,
      columns: plan.columns,
      channels: plan.channels,
      packed: true
    )
    return denseHead(
      plan,
      parameters: Parameters(),
      input: input,
      body: [],
      features: input,
      initializers: []
    )
  }

  private static func denseHead(
    _ plan: Plan,
    parameters: Parameters,
    input: Activation,
    body: [any Layer],
    features: Activation,
    initializers: [() -> Void]
  ) -> Network {
    let dropout = Dropout(
      input: features,
      probability: plan.dropout,
      seed: plan.seed,
      place: 1
    )
    let last = Linear(
      "head.output",
      input: dropout.output,
      outputs: plan.outputs,
      rectifies: false,
      part: .head,
      parameters: parameters
    )
    let network = Network(
      parameters: parameters,
      input: input,
      body: body,
      features: features,
      head: [dropout, last],
      output: last.output
    )
    for initialize in initializers { initialize() }
    last.initialize(seed: plan.seed)
    return network
  }
}
