/// What follows the last features that have a place in the picture, as plain numbers: pooling and dense layers.
///
/// All of it is piecewise linear. At one picture an output is therefore a sum over places and channels,
///
///     output = rest + Σ slope(y, x, c) · feature(y, x, c)
///
/// and what a place adds is a share of the output and no guess. With pooling to one cell and one dense layer this is the
/// class-activation map of Zhou et al.; behind more layers, which have other slopes at other pictures, it is HiResCAM.
/// Grad-CAM takes the mean of the slopes over the picture first, and adds up to no output where they differ.
///
/// Reference: Zhou, Khosla, Lapedriza, Oliva and Torralba (2016), Learning Deep Features for Discriminative Localization;
/// Draelos and Carin (2020), Use HiResCAM instead of Grad-CAM for faithful explanations, arXiv 2011.08891;
/// Selvaraju et al. (2017), Grad-CAM.
package struct PooledHead {
  private let steps: [Step]

  /// A layer; vectors are (pixels, channels), row by row.
  fileprivate enum Step {
    /// The mean over each cell of a square grid.
    case pooling(cells: Int)
    case maximumAndMean
    /// One factor and one shift a channel.
    case affine(factors: [Double], shifts: [Double])
    case activation(ActivationFunction)
    /// Weights are (outputs, inputs), inputs in the order of the vector.
    case linear(weights: [Double], biases: [Double])
  }

  /// Takes the end of a network; nil where the features that dense layers read have no place in the picture any more.
  ///
  /// - Parameters:
  ///   - nodes: All layers of the network.
  ///   - channels: Those of the features before the last pooling.
  ///   - array: Gives the numbers of an array by its name.
  package init?(
    _ nodes: [NetworkDescription.Node],
    channels: Int,
    array: (String) -> [Float]?
  ) {
    guard let start = Self.start(of: nodes) else { return nil }
    var steps: [Step] = []
    var shape = (pixels: 1, channels: channels)
    for node in nodes[start...] {
      func numbers(_ name: String) -> [Double]? { array("\(node.name).\(name)")?.map(Double.init) }
      switch node.operation {
      case .pooling(let cells):
        steps.append(.pooling(cells: cells))
        shape.pixels = cells * cells
      case .maximumAndMean:
        steps.append(.maximumAndMean)
        shape = (1, 2 * channels)
      case .flatten, .dropout: break
      case .activation(let function): steps.append(.activation(function))
      case .batchNorm(let epsilon, _):
        guard let scale = numbers("weight"), let shift = numbers("bias"),
          let mean = numbers("running_mean"), let variance = numbers("running_var")
        else { return nil }
        let factors = zip(scale, variance).map { $0 / ($1 + epsilon).squareRoot() }
        let shifts = zip(shift, zip(mean, factors)).map { $0 - $1.0 * $1.1 }
        steps.append(.affine(factors: factors, shifts: shifts))
      case .linear(let outputs, let hasBias):
        guard let weights = numbers("weight") else { return nil }
        let biases = hasBias ? numbers("bias") : Array(repeating: 0, count: outputs)
        guard let biases, biases.count == outputs,
          weights.count == outputs * shape.pixels * shape.channels
        else { return nil }
        steps.append(.linear(weights: Self.reordered(weights, shape), biases: biases))
        shape = (1, outputs)
      case .convolution, .add: return nil
      }
    }
    self.steps = steps
  }

  /// Weights of inputs row by row; files have the pixels of a channel beside each other.
  private static func reordered(
    _ weights: [Double],
    _ shape: (pixels: Int, channels: Int)
  ) -> [Double] {
    guard shape.pixels > 1 else { return weights }
    let count = shape.pixels * shape.channels
    return weights.indices.map { place in
      let (pixel, channel) = (place % count / shape.channels, place % shape.channels)
      return weights[place / count * count + channel * shape.pixels + pixel]
    }
  }

  /// The last pooling, where nothing but dense layers follow it, each reading the one before.
  private static func start(of nodes: [NetworkDescription.Node]) -> Int? {
    let last = nodes.lastIndex { node in
      switch node.operation {
      case .pooling, .maximumAndMean: true
      default: false
      }
    }
    guard let last else { return nil }
    for index in nodes.indices where index > last {
      let source = nodes[index].source
      guard source == nil || source == nodes[index - 1].name else { return nil }
    }
    return last
  }

  /// What each place of a picture adds to each output.
  ///
  /// - Parameters:
  ///   - features: (rows, columns, channels) before the pooling.
  ///   - rows: Rows of the features.
  ///   - columns: Their columns.
  /// - Returns: A map for each output.
  package func maps(of features: [Double], rows: Int, columns: Int) -> [ActivationMap] {
    let grid = Grid(rows: rows, columns: columns)
    let channels = features.count / grid.pixels
    var passed = [(values: features, channels: channels)]
    for step in steps { passed.append(step.forward(passed[passed.count - 1], on: grid)) }
    let outputs = passed[passed.count - 1].values
    return outputs.indices.map { output in
      var slopes = Array(repeating: 0.0, count: outputs.count)
      slopes[output] = 1
      for (place, step) in steps.enumerated().reversed() {
        slopes = step.backward(slopes, through: passed[place], on: grid)
      }
      let shares = (0..<grid.pixels).map { pixel in
        (pixel * channels..<(pixel + 1) * channels).reduce(0) { $0 + slopes[$1] * features[$1] }
      }
      return ActivationMap(
        rows: rows,
        columns: columns,
        shares: shares,
        rest: outputs[output] - shares.reduce(0, +)
      )
    }
  }
}

/// What each place of a picture adds to one output of a network.
package struct ActivationMap: Sendable, Equatable {
  package let rows: Int
  package let columns: Int
  /// (rows, columns); what is above 0 speaks for the output, what is below against it.
  package let shares: [Double]
  /// What no place adds: biases.
  package let rest: Double
}

/// The places of the features before the pooling.
private struct Grid {
  let rows: Int
  let columns: Int

  var pixels: Int { rows * columns }

  /// The pixels of one cell of a square grid, which may overlap the next, as in `torch.nn.AdaptiveAvgPool2d`.
  func pixels(of cell: Int, cells: Int) -> [Int] {
    func span(_ place: Int, _ length: Int) -> Range<Int> {
      place * length / cells..<((place + 1) * length + cells - 1) / cells
    }
    return span(cell / cells, rows).flatMap { row in
      span(cell % cells, columns).map { row * columns + $0 }
    }
  }

  /// The first pixel with the largest value of a channel.
  func largest(_ channel: Int, of values: [Double], channels: Int) -> Int {
    (1..<pixels).reduce(0) { best, pixel in
      values[pixel * channels + channel] > values[best * channels + channel] ? pixel : best
    }
  }
}

extension PooledHead.Step {
  typealias Vector = (values: [Double], channels: Int)

  /// The output of a layer.
  fileprivate func forward(_ input: Vector, on grid: Grid) -> Vector {
    let (values, channels) = input
    switch self {
    case .pooling(let cells):
      var means = Array(repeating: 0.0, count: cells * cells * channels)
      for cell in 0..<cells * cells {
        let pixels = grid.pixels(of: cell, cells: cells)
        for pixel in pixels {
          for c in 0..<channels {
            means[cell * channels + c] += values[pixel * channels + c] / Double(pixels.count)
          }
        }
      }
      return (means, channels)
    case .maximumAndMean:
      let largest = (0..<channels).map { c in
        values[grid.largest(c, of: values, channels: channels) * channels + c]
      }
      let means = (0..<channels).map { c in
        (0..<grid.pixels).reduce(0) { $0 + values[$1 * channels + c] } / Double(grid.pixels)
      }
      return (largest + means, 2 * channels)
    case .affine(let factors, let shifts):
      let places = values.indices.map { $0 % channels }
      return (zip(values, places).map { $0 * factors[$1] + shifts[$1] }, channels)
    case .activation(let function):
      return (values.map(function.value), channels)
    case .linear(let weights, let biases):
      let outputs = biases.indices.map { output in
        let start = output * values.count
        return values.indices.reduce(biases[output]) { $0 + values[$1] * weights[start + $1] }
      }
      return (outputs, outputs.count)
    }
  }

  /// The slopes of an output by a layer's input, from those by its output.
  fileprivate func backward(_ slopes: [Double], through input: Vector, on grid: Grid) -> [Double] {
    let (values, channels) = input
    var result = Array(repeating: 0.0, count: values.count)
    switch self {
    case .pooling(let cells):
      for cell in 0..<cells * cells {
        let pixels = grid.pixels(of: cell, cells: cells)
        for pixel in pixels {
          for c in 0..<channels {
            result[pixel * channels + c] += slopes[cell * channels + c] / Double(pixels.count)
          }
        }
      }
    case .maximumAndMean:
      for c in 0..<channels {
        for pixel in 0..<grid.pixels {
          result[pixel * channels + c] = slopes[channels + c] / Double(grid.pixels)
        }
        result[grid.largest(c, of: values, channels: channels) * channels + c] += slopes[c]
      }
    case .affine(let factors, _):
      for place in values.indices { result[place] = slopes[place] * factors[place % channels] }
    case .activation(let function):
      for place in values.indices { result[place] = slopes[place] * function.slope(values[place]) }
    case .linear(let weights, _):
      for (output, slope) in slopes.enumerated() where slope != 0 {
        let start = output * values.count
        for place in values.indices { result[place] += slope * weights[start + place] }
      }
    }
    return result
  }
}

extension ActivationFunction {
  fileprivate func value(_ input: Double) -> Double {
    switch self {
    case .relu: max(0, input)
    case .relu6: min(max(0, input), 6)
    case .none: input
    }
  }

  fileprivate func slope(_ input: Double) -> Double {
    switch self {
    case .relu: input > 0 ? 1 : 0
    case .relu6: input > 0 && input < 6 ? 1 : 0
    case .none: 1
    }
  }
}
