import Statistics
import Testing
import Training

/// Each layer's backward pass against finite differences of its forward pass.
struct LayerTests {
  /// A layer behind an input, and what it is called.
  struct Setup: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let rows: Int
    let columns: Int
    let channels: Int
    let border: Int
    let make: @Sendable (Parameters.Scope, Activation) -> any Layer

    init(
      _ name: String,
      of shape: (rows: Int, columns: Int, channels: Int),
      border: Int = 0,
      make: @escaping @Sendable (Parameters.Scope, Activation) -> any Layer
    ) {
      testDescription = name
      (rows, columns, channels) = shape
      self.border = border
      self.make = make
    }
  }

  static let convolutions: [Setup] = ConvolutionTests.all.map { convolution in
    Setup(
      convolution.testDescription,
      of: (convolution.rows, convolution.columns, convolution.channels),
      border: 1,
      make: convolution.layer
    )
  }

  static let others: [Setup] = [
    Setup("batch norm with ReLU", of: (2, 3, 4)) { scope, input in
      BatchNorm(scope, input: input, ending: Ending(activation: .relu))
    },
    Setup("frozen batch norm", of: (2, 2, 4)) { scope, input in
      let norm = BatchNorm(scope, input: input, ending: Ending(activation: .relu, border: 1))
      norm.isFrozen = true
      return norm
    },
    Setup("batch norm of another epsilon without activation", of: (2, 3, 4)) { scope, input in
      BatchNorm(scope, input: input, ending: Ending(), epsilon: 0.5)
    },
    Setup("bias with ReLU", of: (2, 2, 5)) { scope, input in
      Bias(scope, input: input, ending: Ending(activation: .relu, border: 1), initialBound: 0.5)
    },
    Setup("activation alone", of: (2, 2, 5)) { _, input in
      Bias(nil, input: input, ending: Ending(activation: .relu))
    },
    Setup("linear that ends in ReLU6", of: (1, 1, 20)) { scope, input in
      Linear(scope, input: input, outputs: 17, activation: .relu6)
    },
    Setup("linear", of: (2, 1, 5)) { scope, input in
      Linear(scope, input: input, outputs: 3, activation: .none)
    },
    Setup("linear with ReLU", of: (1, 1, 20)) { scope, input in
      Linear(scope, input: input, outputs: 17, activation: .relu)
    },
    Setup("pooling with overlapping windows", of: (7, 5, 2)) { _, input in
      Pooling(input: input, cells: 4)
    },
    Setup("largest and mean", of: (3, 5, 3)) { _, input in
      MaximumAndMean(input: input)
    },
    Setup("linear without bias", of: (2, 1, 5)) { scope, input in
      Linear(scope, input: input, outputs: 3, activation: .relu, hasBias: false)
    },
    Setup("dropout", of: (1, 1, 9)) { _, input in
      Dropout(input: input, probability: 0.4, seed: 3, key: 0)
    },
  ]

  /// Σ weight · output, with weights that stand for the gradient of a loss.
  private func objective(_ layer: any Layer) -> Double {
    layer.forward(pass)
    var rng = SeededGenerator(purpose: "weights of the objective", seed: 0)
    var sum = 0.0
    layer.output.forEachNumber(in: layer.output.value) {
      sum += (2 * rng.uniform() - 1) * Double($0.pointee)
    }
    return sum
  }

  /// The slope of the objective as one number moves, by a central difference.
  private func slope(at number: UnsafeMutablePointer<Float>, of layer: any Layer) -> Double {
    let kept = number.pointee
    let step: Float = 1.0 / 1024
    number.pointee = kept + step
    let above = objective(layer)
    number.pointee = kept - step
    let below = objective(layer)
    number.pointee = kept
    return (above - below) / (2 * Double(step))
  }

  @Test(arguments: convolutions + others)
  func `a layer's gradients are the slopes of its output`(_ setup: Setup) {
    let parameters = Parameters()
    let input = Activation(
      images: images,
      rows: setup.rows,
      columns: setup.columns,
      channels: setup.channels,
      border: setup.border
    )
    let layer = setup.make(parameters.scope("l"), input)
    input.draw(in: input.value, purpose: "input")
    for (number, parameter) in parameters.all.enumerated() {
      // Scales and shifts of a norm would start at 1 and 0, where some mistakes cannot be seen. With these draws no
      // sum lies within a step of the kink of ReLU.
      parameter.drawUniform(bound: 0.5, seed: number + 1)
    }
    _ = objective(layer)
    layer.output.draw(in: layer.output.gradient, purpose: "weights of the objective")
    parameters.clearGradients()
    layer.backward(pass)

    var pairs: [(gradient: Double, slope: Double)] = []
    input.forEachNumber(in: input.gradient) { pairs.append((Double($0.pointee), 0)) }
    var i = 0
    input.forEachNumber(in: input.value) {
      pairs[i].slope = slope(at: $0, of: layer)
      i += 1
    }
    let isFrozen = setup.testDescription.hasPrefix("frozen")
    for parameter in parameters.all where !isFrozen {
      parameter.layout.forEachOffset {
        let slope = slope(at: parameter.values + $0, of: layer)
        pairs.append((Double(parameter.gradients[$0]), slope))
      }
    }
    // An output of size 1 is rounded by 6e-8, which a step of 1/1024 either way makes 3e-5 of slope; dozens of
    // outputs together make less than a hundredth of the largest slope, and a wrong number is wrong by more.
    let largest = pairs.map { abs($0.slope) }.max() ?? 0
    let worst = pairs.map { abs($0.gradient - $0.slope) }.max() ?? 0
    #expect(worst < 0.01 * largest)
    #expect(largest > 0)
  }
}

/// The batch of the tests of layers.
let images = 3
let pass = Pass(count: images, mode: .training(step: 2))

extension Activation {
  /// Calls `body` with the real numbers, image by image, borders and padding left out.
  func forEachNumber(in tensor: Tensor, _ body: (UnsafeMutablePointer<Float>) -> Void) {
    for n in 0..<images {
      for y in 0..<rows {
        for x in 0..<columns {
          for c in 0..<realChannels { body(tensor.row(y, ofImage: n) + x * channels + c) }
        }
      }
    }
  }

  /// Sets the real numbers to draws from ±1.
  func draw(in tensor: Tensor, purpose: String) {
    var rng = SeededGenerator(purpose: purpose, seed: 0)
    forEachNumber(in: tensor) { $0.pointee = Float(2 * rng.uniform() - 1) }
  }

  /// One real number, 0 beyond the image.
  func number(in tensor: Tensor, _ n: Int, _ y: Int, _ x: Int, _ c: Int) -> Double {
    guard (0..<rows).contains(y), (0..<columns).contains(x) else { return 0 }
    return Double(tensor.row(y, ofImage: n)[x * channels + c])
  }
}
