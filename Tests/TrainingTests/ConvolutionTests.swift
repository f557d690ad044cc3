import Testing
import Training

/// Every convolution against the sum that defines it, number by number.
struct ConvolutionTests {
  /// A convolution of images of (rows, columns, channels).
  struct Setup: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let rows: Int
    let columns: Int
    let channels: Int
    let shape: ConvolutionShape
    /// The side of Winograd's tiles, `nil` for the direct sum.
    let tile: Int?

    init(
      _ name: String,
      of sides: (rows: Int, columns: Int, channels: Int),
      _ shape: ConvolutionShape,
      tile: Int? = nil
    ) {
      testDescription = "convolution " + name
      (rows, columns, channels) = sides
      self.shape = shape
      self.tile = tile
    }

    func layer(_ scope: Parameters.Scope, _ input: Activation) -> any Layer {
      layer(scope, input, addsToGradient: false)
    }

    func layer(
      _ scope: Parameters.Scope,
      _ input: Activation,
      addsToGradient: Bool
    ) -> any Layer {
      if shape.isThreeByThree(rows: rows, columns: columns) {
        Convolution(scope, input: input, shape: shape, addsToGradient: addsToGradient)
      } else if shape.isPointwise {
        PointwiseConvolution(scope, input: input, shape: shape, addsToGradient: addsToGradient)
      } else if shape.isDepthwise(channels: channels) {
        DepthwiseConvolution(scope, input: input, shape: shape, addsToGradient: addsToGradient)
      } else {
        DirectConvolution(scope, input: input, shape: shape, addsToGradient: addsToGradient)
      }
    }
  }

  static let all: [Setup] = [
    Setup("3 × 3", of: (5, 6, 3), .init(channels: 4)),
    Setup("by tiles of 4", of: (8, 4, 32), .init(channels: 32), tile: 4),
    Setup("by tiles of 3", of: (9, 4, 32), .init(channels: 32), tile: 3),
    Setup("of an image smaller than a tile", of: (3, 8, 32), .init(channels: 32)),
    Setup("by tiles that overlap", of: (5, 7, 32), .init(channels: 20), tile: 4),
    Setup("of stride 2 on even sides", of: (6, 4, 3), .init(channels: 18, stride: 2)),
    Setup("of stride 2 on odd sides", of: (5, 7, 2), .init(channels: 3, stride: 2)),
    Setup(
      "of stride 2 with TensorFlow's padding on odd sides",
      of: (5, 7, 2),
      .init(channels: 3, stride: 2, padding: .same)
    ),
    Setup(
      "of stride 2 with TensorFlow's padding on even sides",
      of: (6, 8, 3),
      .init(channels: 5, stride: 2, padding: .same)
    ),
    Setup("1 × 1", of: (3, 4, 7), .init(channels: 5, kernel: 1, padding: .symmetric(0))),
    Setup("1 × 1 of stride 2", of: (3, 4, 7), .init(channels: 5, kernel: 1, stride: 2)),
    Setup(
      "of stride 2, one side with TensorFlow's padding even and the other odd",
      of: (6, 7, 3),
      .init(channels: 5, stride: 2, padding: .same)
    ),
    Setup("3 × 3, depthwise", of: (5, 11, 18), .init(channels: 18, groups: 18)),
    Setup(
      "3 × 3, depthwise, of stride 2 and TensorFlow's padding",
      of: (8, 5, 6),
      .init(channels: 6, stride: 2, groups: 6, padding: .same)
    ),
    Setup(
      "3 × 3, depthwise, of stride 2 and symmetric padding",
      of: (8, 5, 6),
      .init(channels: 6, stride: 2, groups: 6)
    ),
    Setup(
      "5 × 5, depthwise",
      of: (4, 9, 18),
      .init(channels: 18, kernel: 5, groups: 18, padding: .same)
    ),
    Setup(
      "5 × 5, depthwise, of images smaller than the kernel",
      of: (2, 1, 6),
      .init(channels: 6, kernel: 5, stride: 2, groups: 6, padding: .same)
    ),
    Setup(
      "5 × 5, depthwise, without padding",
      of: (7, 6, 6),
      .init(channels: 6, kernel: 5, groups: 6, padding: .symmetric(0))
    ),
    Setup(
      "5 × 5 without padding",
      of: (6, 7, 2),
      .init(channels: 3, kernel: 5, padding: .symmetric(0))
    ),
    Setup("4 × 4 of stride 3", of: (7, 9, 2), .init(channels: 3, kernel: 4, stride: 3)),
    Setup("in 2 groups", of: (4, 5, 6), .init(channels: 4, groups: 2)),
    Setup(
      "5 × 5, depthwise, of stride 2",
      of: (6, 7, 18),
      .init(channels: 18, kernel: 5, stride: 2, groups: 18, padding: .same)
    ),
  ]

  /// A sum of products in double precision, how many they are, and the sum of their absolute values.
  private struct Sum {
    var value = 0.0
    var count = 0
    var size = 0.0

    mutating func add(_ a: Double, _ b: Double) {
      value += a * b
      size += abs(a * b)
      count += 1
    }
  }

  /// How far single precision may lead from a sum.
  ///
  /// The direct sum of n products is off by at most n roundings of 2⁻²⁴ of the sum of their absolute values
  /// (Higham, Accuracy and Stability of Numerical Algorithms, section 3.1).
  ///
  /// Winograd's y = A'(Gw ⊙ B'd) adds, for each channel, numbers that may be as large as
  /// κ = max Σ|A'| Σ|G| Σ|B'| squared, times the largest weight and pixel, each after the roundings of the
  /// sum over the channels and of at most forty steps of the transforms. With the matrices of winograd.inc.h κ is 281
  /// for tiles of 3 and 620 for tiles of 4; read backwards, for the gradient of the weights, 281 and 945 for each tile.
  private func bound(_ sum: Sum, transformed: (terms: Int, amplification: Double)?) -> Double {
    let rounding = 0x1p-24
    guard let transformed else { return Double(sum.count + 1) * rounding * sum.size }
    let terms = Double(transformed.terms)
    return (terms + 40) * rounding * terms * transformed.amplification
  }

  @Test(arguments: all, [false, true])
  func `a convolution and its gradients are the sums that define them`(
    _ setup: Setup,
    addsToGradient: Bool
  ) throws {
    let parameters = Parameters()
    let input = Activation(
      images: images,
      rows: setup.rows,
      columns: setup.columns,
      channels: setup.channels,
      border: 1
    )
    let layer = setup.layer(parameters.scope("c"), input, addsToGradient: addsToGradient)
    let weight = try #require(parameters.all.first)
    weight.drawUniform(bound: 1, seed: 0)
    parameters.clearGradients()
    let output = layer.output
    input.draw(in: input.value, purpose: "input")
    input.draw(in: input.gradient, purpose: "gradient before")
    let before = addsToGradient ? numbers(of: input, in: input.gradient) : []
    layer.forward(pass)
    output.draw(in: output.gradient, purpose: "gradient of the output")
    layer.backward(pass)

    let sums = sums(setup, input: input, output: output, weight: weight.tensor.get())
    let tiles = setup.tile.map { ((setup.rows - 1) / $0 + 1) * ((setup.columns - 1) / $0 + 1) }
    let (forward, backward) = setup.tile == 3 ? (281.0, 281.0) : (620.0, 945.0)
    check(
      numbers(of: output, in: output.value),
      sums.outputs,
      tiles.map { _ in (setup.channels, forward) }
    )
    check(
      numbers(of: input, in: input.gradient),
      sums.inputs,
      tiles.map { _ in (setup.shape.channels, forward) },
      before: before
    )
    check(weight.gradientTensor.get(), sums.weights, tiles.map { (images * $0, backward) })
  }

  private func numbers(of activation: Activation, in tensor: Tensor) -> [Double] {
    var numbers: [Double] = []
    activation.forEachNumber(in: tensor) { numbers.append(Double($0.pointee)) }
    return numbers
  }

  private func check(
    _ found: some Collection<some BinaryFloatingPoint>,
    _ expected: [Sum],
    _ transformed: (Int, Double)?,
    before: [Double] = [],
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(found.count == expected.count, sourceLocation: sourceLocation)
    var wrong = 0
    for (i, (number, sum)) in zip(found, expected).enumerated() {
      var sum = sum
      if !before.isEmpty { sum.add(before[i], 1) }
      if abs(Double(number) - sum.value) > bound(sum, transformed: transformed) { wrong += 1 }
    }
    #expect(wrong == 0, "of \(expected.count) numbers", sourceLocation: sourceLocation)
  }

  /// The definition: each output sums the window of its group's channels times the weights.
  private func sums(_ setup: Setup, input: Activation, output: Activation, weight: [Float])
    -> (outputs: [Sum], inputs: [Sum], weights: [Sum])
  {
    let shape = setup.shape
    let (top, left) = (shape.side(setup.rows).before, shape.side(setup.columns).before)
    let inputs = setup.channels / shape.groups
    var found = (
      outputs: [Sum](), weights: [Sum](repeating: Sum(), count: weight.count),
      inputs: [Sum](repeating: Sum(), count: images * setup.rows * setup.columns * setup.channels)
    )
    for n in 0..<images {
      for y in 0..<output.rows {
        for x in 0..<output.columns {
          for o in 0..<shape.channels {
            let gradient = output.number(in: output.gradient, n, y, x, o)
            var sum = Sum()
            for tap in 0..<shape.kernel * shape.kernel * inputs {
              let (i, ky, kx) = (
                tap / (shape.kernel * shape.kernel), tap / shape.kernel % shape.kernel,
                tap % shape.kernel
              )
              let (row, column) = (y * shape.stride + ky - top, x * shape.stride + kx - left)
              guard (0..<setup.rows).contains(row), (0..<setup.columns).contains(column) else {
                continue
              }
              let channel = o / (shape.channels / shape.groups) * inputs + i
              let place = o * inputs * shape.kernel * shape.kernel + tap
              let value = input.number(in: input.value, n, row, column, channel)
              sum.add(value, Double(weight[place]))
              found.weights[place].add(value, gradient)
              let pixel = (n * setup.rows + row) * setup.columns + column
              found.inputs[pixel * setup.channels + channel].add(gradient, Double(weight[place]))
            }
            found.outputs.append(sum)
          }
        }
      }
    }
    return (found.outputs, found.inputs, found.weights)
  }

  /// Rows, columns, channels, and how far from the direct sum the transforms may lead together; they lead to
  /// 3.7e-7, 3.9e-7, 8.4e-7 and 7.2e-7.
  static let transformed = [
    (14, 14, 32, 5e-7), (9, 10, 32, 5e-7), (7, 7, 64, 1e-6), (5, 7, 32, 1e-6),
  ]

  @Test(arguments: transformed)
  func `a convolution by transforms has the direct sum's output`(
    rows: Int,
    columns: Int,
    channels: Int,
    tolerance: Double
  ) throws {
    let parameters = Parameters()
    let setup = Setup("by tiles", of: (rows, columns, channels), .init(channels: channels))
    let input = Activation(
      images: images,
      rows: rows,
      columns: columns,
      channels: channels,
      border: 1
    )
    let layer = setup.layer(parameters.scope("c"), input)
    let weight = try #require(parameters.all.first)
    weight.drawUniform(bound: 1, seed: 1)
    input.draw(in: input.value, purpose: "input")
    layer.forward(pass)
    let sums = sums(setup, input: input, output: layer.output, weight: weight.tensor.get()).outputs
    let found = numbers(of: layer.output, in: layer.output.value)
    #expect(
      relativeError(found.map(Float.init), sums.map { Float($0.value) }) < tolerance
    )
  }
}
