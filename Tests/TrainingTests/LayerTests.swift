import Statistics
import Testing
import Training

/// Each layer's backward pass against finite differences of its forward pass.
struct LayerTests {
  /// A layer between two activations, and the parameters it has.
  struct Setup: CustomTestStringConvertible, Sendable {
    let name: String
    let make: @Sendable (Parameters) -> (layer: any Layer, input: Activation, output: Activation)

    var testDescription: String { name }
  }

  static let images = 3

  static func input(
    rows: Int = 1,
    columns: Int = 1,
    channels: Int,
    border: Int = 0
  ) -> Activation {
    Activation(
      images: images,
      rows: rows,
      columns: columns,
      channels: channels,
      border: border
    )
  }

  /// A convolution of images of (rows, columns, channels).
  static func convolution(
    _ name: String,
    of shape: (rows: Int, columns: Int, channels: Int),
    to channels: Int,
    stride: Int = 1
  ) -> Setup {
    let (rows, columns, inputs) = shape
    return Setup(name: name) { parameters in
      let input = input(rows: rows, columns: columns, channels: inputs, border: 1)
      let layer = Convolution(
        "c",
        input: input,
        channels: channels,
        stride: stride,
        part: .head,
        parameters: parameters
      )
      layer.initialize(seed: 1)
      return (layer, input, layer.output)
    }
  }

  static let all: [Setup] = [
    convolution("convolution", of: (5, 6, 3), to: 4),
    convolution("convolution by tiles", of: (8, 4, 32), to: 32),
    convolution("convolution of an image smaller than a tile", of: (3, 8, 32), to: 32),
    convolution("convolution by tiles that overlap", of: (5, 7, 32), to: 20),
    convolution("convolution of stride 2 on even sides", of: (6, 4, 3), to: 18, stride: 2),
    convolution("convolution of stride 2 on odd sides", of: (5, 7, 2), to: 3, stride: 2),
    Setup(name: "batch norm with ReLU") { parameters in
      let input = input(rows: 2, columns: 3, channels: 4)
      let layer = BatchNorm(
        "n",
        input: input,
        rectifies: true,
        border: 0,
        part: .head,
        parameters: parameters
      )
      layer.initialize()
      return (layer, input, layer.output)
    },
    Setup(name: "frozen batch norm") { parameters in
      let input = input(rows: 2, columns: 2, channels: 4)
      let layer = BatchNorm(
        "n",
        input: input,
        rectifies: true,
        border: 1,
        part: .head,
        parameters: parameters
      )
      layer.initialize()
      layer.isFrozen = true
      return (layer, input, layer.output)
    },
    Setup(name: "bias with ReLU") { parameters in
      let input = input(rows: 2, columns: 2, channels: 5)
      let layer = Bias(
        "b",
        input: input,
        rectifies: true,
        border: 1,
        part: .head,
        parameters: parameters
      )
      layer.initialize(bound: 0.5, seed: 1)
      return (layer, input, layer.output)
    },
    Setup(name: "linear") { parameters in
      let input = input(rows: 2, columns: 1, channels: 5)
      let layer = Linear(
        "l",
        input: input,
        outputs: 3,
        rectifies: false,
        part: .head,
        parameters: parameters
      )
      layer.initialize(seed: 1)
      return (layer, input, layer.output)
    },
    Setup(name: "linear with ReLU") { parameters in
      let input = input(channels: 20)
      let layer = Linear(
        "l",
        input: input,
        outputs: 17,
        rectifies: true,
        part: .head,
        parameters: parameters
      )
      layer.initialize(seed: 1)
      return (layer, input, layer.output)
    },
    Setup(name: "pooling with overlapping windows") { _ in
      let input = input(rows: 7, columns: 5, channels: 2)
      let layer = Pooling(input: input, cells: 4)
      return (layer, input, layer.output)
    },
    Setup(name: "dropout") { _ in
      let input = input(channels: 9)
      let layer = Dropout(input: input, probability: 0.4, seed: 3, place: 0)
      return (layer, input, layer.output)
    },
  ]

  private let pass = Pass(count: images, mode: .training(step: 2))

  /// Calls `body` with the real numbers of an activation, image by image, borders and padding left out.
  private func forEachNumber(
    of activation: Activation,
    in tensor: Tensor,
    _ body: (UnsafeMutablePointer<Float>) -> Void
  ) {
    for n in 0..<Self.images {
      for y in 0..<activation.rows {
        for x in 0..<activation.columns {
          for c in 0..<activation.realChannels {
            body(tensor.row(y, ofImage: n) + x * activation.channels + c)
          }
        }
      }
    }
  }

  /// Σ weight · output, with weights that stand for the gradient of a loss.
  private func objective(_ setup: (layer: any Layer, input: Activation, output: Activation))
    -> Double
  {
    setup.layer.forward(pass)
    var rng = SeededGenerator(purpose: "weights of the objective", seed: 0)
    var sum = 0.0
    forEachNumber(of: setup.output, in: setup.output.value) { number in
      sum += (2 * rng.uniform() - 1) * Double(number.pointee)
    }
    return sum
  }

  /// The slope of the objective as one number moves, by a central difference.
  private func slope(
    at number: UnsafeMutablePointer<Float>,
    of setup: (layer: any Layer, input: Activation, output: Activation)
  ) -> Double {
    let kept = number.pointee
    let step: Float = 1.0 / 1024
    number.pointee = kept + step
    let above = objective(setup)
    number.pointee = kept - step
    let below = objective(setup)
    number.pointee = kept
    return (above - below) / (2 * Double(step))
  }

  @Test(arguments: all)
  func `a layer's gradients are the slopes of its output`(_ setup: Setup) {
    let parameters = Parameters()
    let made = setup.make(parameters)
    var rng = SeededGenerator(purpose: "input", seed: 0)
    forEachNumber(of: made.input, in: made.input.value) {
      $0.pointee = Float(2 * rng.uniform() - 1)
    }
    _ = objective(made)
    rng = SeededGenerator(purpose: "weights of the objective", seed: 0)
    forEachNumber(of: made.output, in: made.output.gradient) {
      $0.pointee = Float(2 * rng.uniform() - 1)
    }
    if !parameters.segments.isEmpty { parameters.clearGradients() }
    made.layer.backward(pass)

    var (slopes, gradients): ([Float], [Float]) = ([], [])
    forEachNumber(of: made.input, in: made.input.gradient) { gradients.append($0.pointee) }
    forEachNumber(of: made.input, in: made.input.value) {
      slopes.append(Float(self.slope(at: $0, of: made)))
    }
    for (index, segment) in parameters.segments.enumerated() where !isFrozenNorm(made.layer) {
      segment.layout.forEachPlace { gradients.append(parameters.gradient(index)[$0]) }
      segment.layout.forEachPlace {
        slopes.append(Float(self.slope(at: parameters.value(index) + $0, of: made)))
      }
    }
    // Single precision over a step of 1/1024 leaves a few ten-thousandths; a kink of ReLU within a step, more.
    #expect(relativeError(gradients, slopes) < 0.02)
  }

  private func isFrozenNorm(_ layer: any Layer) -> Bool {
    (layer as? BatchNorm)?.isFrozen ?? false
  }

  /// Rows, columns, channels, and how far from the direct sum the transforms may lead; they lead to 3.7e-7,
  /// 3.9e-7, 8.4e-7 and 7.2e-7.
  static let transformed = [
    (14, 14, 32, 5e-7), (9, 10, 32, 5e-7), (7, 7, 64, 1e-6), (5, 7, 32, 1e-6),
  ]

  @Test(arguments: transformed)
  func `a convolution by transforms has the direct sum's output`(
    rows: Int,
    columns: Int,
    channels: Int,
    tolerance: Double
  ) {
    let parameters = Parameters()
    let setup = Self.convolution("tiles", of: (rows, columns, channels), to: channels)
    let (layer, input, output) = setup.make(parameters)
    var rng = SeededGenerator(purpose: "input", seed: 0)
    forEachNumber(of: input, in: input.value) { $0.pointee = Float(2 * rng.uniform() - 1) }
    layer.forward(pass)
    let weights = parameters.value(0)
    var (error, size) = (0.0, 0.0)
    for y in 0..<rows {
      for x in 0..<columns {
        for o in 0..<channels {
          var sum = 0.0
          for ky in 0..<3 where (0..<rows).contains(y + ky - 1) {
            for kx in 0..<3 where (0..<columns).contains(x + kx - 1) {
              let pixel = input.value.row(y + ky - 1, ofImage: 1) + (x + kx - 1) * channels
              let tap = weights + (3 * ky + kx) * channels * channels
              for i in 0..<channels { sum += Double(pixel[i]) * Double(tap[i * channels + o]) }
            }
          }
          let found = Double(output.value.row(y, ofImage: 1)[x * channels + o])
          error += (found - sum) * (found - sum)
          size += sum * sum
        }
      }
    }
    #expect((error / size).squareRoot() < tolerance)
  }
}
