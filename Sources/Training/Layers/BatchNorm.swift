import Kernels

/// Batch normalization, then skip connection and activation: what follows a convolution or a linear map.
///
/// Statistics: in training those of the batch, biased variance; the running ones are an exponential average with
/// the unbiased variance.
///
/// Reference: Ioffe and Szegedy (2015), Batch normalization, arXiv 1502.03167; `torch.nn.BatchNorm2d`.
package final class BatchNorm: ParameterizedLayer {
  private let name: String
  private let input: Activation
  private let ending: Ending
  package let output: Activation
  private let scale: Parameter
  private let shift: Parameter

  private var runningMean: [Float]
  private var runningVariance: [Float]
  package var isFrozen = false
  package var parameters: [Parameter] { [scale, shift] }

  private let epsilon: Double
  private let momentum: Double
  private var sums: [Double]
  private var mean: [Double]
  private var inverseDeviation: [Double]
  /// The line per channel that the forward pass drew: scales, then shifts.
  private let line: FloatBuffer
  /// What the gradient by the output, the value and 1 count in the gradient by the value.
  private let factors: FloatBuffer

  /// Connects a normalization to what it normalizes.
  ///
  /// - Parameters:
  ///   - scope: Where scale and shift lie.
  ///   - input: What a convolution or a linear map gives.
  ///   - ending: What follows.
  ///   - epsilon: Added to the variance.
  ///   - momentum: The share of a batch in the running statistics.
  package init(
    _ scope: Parameters.Scope,
    input: Activation,
    ending: Ending,
    epsilon: Double = 1e-5,
    momentum: Double = 0.1
  ) {
    name = scope.name
    self.input = input
    self.ending = ending
    self.epsilon = epsilon
    self.momentum = momentum
    output = ending.output(of: input)
    let channels = input.channels
    let layout = Parameter.Layout(rows: 1, columns: input.realChannels)
    scale = scope.reserve("weight", .normScale, layout)
    shift = scope.reserve("bias", .normShift, layout)
    runningMean = Array(repeating: 0, count: channels)
    runningVariance = Array(repeating: 1, count: channels)
    sums = Array(repeating: 0, count: 2 * channels)
    mean = Array(repeating: 0, count: channels)
    inverseDeviation = Array(repeating: 0, count: channels)
    line = FloatBuffer(count: 2 * channels)
    factors = FloatBuffer(count: 3 * channels)
  }

  package func initialize(seed: Int) {
    scale.fill(with: 1)
    shift.fill(with: 0)
  }

  package var statistics: [NetworkTensor] {
    let count = input.realChannels
    return [
      NetworkTensor(
        name: name + ".running_mean",
        shape: [count],
        get: { Array(self.runningMean[..<count]) },
        set: { self.runningMean.replaceSubrange(..<count, with: $0) }
      ),
      NetworkTensor(
        name: name + ".running_var",
        shape: [count],
        get: { Array(self.runningVariance[..<count]) },
        set: { self.runningVariance.replaceSubrange(..<count, with: $0) }
      ),
    ]
  }

  /// Whether the layer before this one takes the line in where statistics are the running ones, and writes the output.
  var isFolded = false

  package func forward(_ pass: Pass) {
    output.unwritten = nil
    if pass.mode == .evaluation, isFolded { return }
    let usesBatch = pass.mode != .evaluation && !isFrozen
    if usesBatch { measureBatch(pass) } else { recallStatistics() }
    drawLine()
    if pass.mode != .evaluation, ending.isMadeByReader {
      output.unwritten = (input.value, readingLine)
    } else {
      apply(pass)
    }
  }

  /// The line by the running statistics, for the layer before this one.
  ///
  /// - Returns: Scales and shifts per channel, which last until the next pass.
  func foldedLine() -> (scale: UnsafePointer<Float>, shift: UnsafePointer<Float>) {
    recallStatistics()
    drawLine()
    return (UnsafePointer(line.start), UnsafePointer(line.start + input.channels))
  }

  /// What follows the line: the layer before this one ends in it where it takes the line in.
  var tail: (residual: kernel_pixels, activation: kernel_activation) {
    (ending.residual, ending.activation.kernel)
  }

  private var readingLine: kernel_line {
    kernel_line(
      scale: line.start,
      shift: line.start + input.channels,
      activation: ending.activation.kernel
    )
  }

  private func drawLine() {
    let channels = input.channels
    let gamma = scale.values
    let beta = shift.values
    for c in 0..<channels {
      let slope = Double(gamma[c]) * inverseDeviation[c]
      line.start[c] = Float(slope)
      line.start[channels + c] = Float(Double(beta[c]) - mean[c] * slope)
    }
  }

  private func apply(_ pass: Pass) {
    let channels = input.channels
    var affine = kernel_affine(
      value: input.value.pixels,
      scale: line.start,
      shift: line.start + channels,
      residual: ending.residual,
      output: output.value.pixels,
      grid: input.grid(images: pass.count),
      activation: ending.activation.kernel
    )
    kernel_apply_affine(&affine)
  }

  /// Mean and variance of the batch, and the running ones moved towards them.
  private func measureBatch(_ pass: Pass) {
    if let moments = input.moments {
      sums = moments
    } else {
      kernel_channel_moments(input.value.pixels, input.grid(images: pass.count), &sums)
    }
    let count = Double(pass.count * input.rows * input.columns)
    for c in 0..<input.channels {
      let average = sums[c] / count
      let variance = max(0, sums[input.channels + c] / count - average * average)
      mean[c] = average
      inverseDeviation[c] = 1 / (variance + epsilon).squareRoot()
      let unbiased = variance * count / max(1, count - 1)
      runningMean[c] += Float(momentum) * (Float(average) - runningMean[c])
      runningVariance[c] += Float(momentum) * (Float(unbiased) - runningVariance[c])
    }
  }

  private func recallStatistics() {
    for c in 0..<input.channels {
      mean[c] = Double(runningMean[c])
      inverseDeviation[c] = 1 / (Double(runningVariance[c]) + epsilon).squareRoot()
    }
  }

  /// With ẑ = (z − mean) / deviation: dz = scale / deviation · (dy − mean(dy) − ẑ · mean(dy · ẑ)).
  ///
  /// Written as one line per channel in dy and z, so that one loop finishes it. In a frozen layer the
  /// statistics are constants and only the first factor is left.
  package func backward(_ pass: Pass) {
    let channels = input.channels
    let gradient = output.gradient.pixels
    // The skip connection needs the masked gradient for itself; without one it need not be written.
    let skipped = ending.skip?.gradient.pixels
    let mask = kernel_mask(
      activation: ending.activation.kernel,
      output: output.value.pixels,
      scale: skipped == nil ? UnsafePointer(line.start) : nil,
      shift: skipped == nil ? UnsafePointer(line.start + channels) : nil
    )
    var masking = kernel_masking(
      output_gradient: gradient,
      mask: mask,
      value: input.value.pixels,
      masked: skipped ?? kernel_pixels(),
      grid: input.grid(images: pass.count)
    )
    kernel_mask_gradient(&masking, &sums)
    setFactors(pass)
    input.unwrittenGradient = nil
    guard input.wantsGradient else { return }
    var normal = kernel_normal_gradient(
      output_gradient: skipped ?? gradient,
      value: input.value.pixels,
      value_gradient: input.takesUnwrittenGradient ? kernel_pixels() : input.gradient.pixels,
      mask: mask,
      factors: factors.start,
      grid: input.grid(images: pass.count)
    )
    if input.takesUnwrittenGradient {
      input.unwrittenGradient = normal
    } else {
      kernel_apply_normal_gradient(&normal)
    }
  }

  /// Adds to the gradients of scale and shift and sets the three factors of the input's gradient.
  private func setFactors(_ pass: Pass) {
    let channels = input.channels
    let count = Double(pass.count * input.rows * input.columns)
    let gamma = scale.values
    for c in 0..<channels {
      let slope = Double(gamma[c]) * inverseDeviation[c]
      factors.start[c] = Float(slope)
      factors.start[channels + c] = 0
      factors.start[2 * channels + c] = 0
      guard !isFrozen else { continue }
      let shiftGradient = sums[c]
      let scaleGradient = inverseDeviation[c] * (sums[channels + c] - mean[c] * sums[c])
      shift.gradients[c] += Float(shiftGradient)
      scale.gradients[c] += Float(scaleGradient)
      let pull = -slope * inverseDeviation[c] * scaleGradient / count
      factors.start[channels + c] = Float(pull)
      factors.start[2 * channels + c] = Float(-slope * shiftGradient / count - pull * mean[c])
    }
  }
}
