import Kernels

/// Batch normalization, then an optional skip connection and ReLU: what follows a convolution or a linear map.
///
/// The three are one layer because each alone would only move memory. Statistics: in training those of the
/// batch, biased variance; the running ones are an exponential average with the unbiased variance.
///
/// Reference: Ioffe and Szegedy (2015), Batch normalization, arXiv 1502.03167; defaults of
/// `torch.nn.BatchNorm2d`.
package final class BatchNorm: Layer {
  private let name: String
  private let input: Activation
  private let skip: Activation?
  package let output: Activation
  private let rectifies: Bool
  private let parameters: Parameters
  private let scale: Int
  private let shift: Int

  package private(set) var runningMean: [Float]
  package private(set) var runningVariance: [Float]
  /// Whether statistics, scale and shift stay as they are and the running statistics are used.
  package var isFrozen = false

  private let epsilon = 1e-5
  private let momentum = 0.1
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
  ///   - name: The prefix of the parameters' names.
  ///   - input: What a convolution or a linear map gives.
  ///   - skip: Added before the activation; its gradient is set here, so the layer that reads it first adds.
  ///   - rectifies: Whether max(0, x) follows.
  ///   - border: The zeros that the next layer wants around the output.
  ///   - part: Body or head.
  ///   - workspace: Holds the output's gradient where no other of this shape is needed at the same time.
  ///   - parameters: Where scale and shift lie.
  package init(
    _ name: String,
    input: Activation,
    skip: Activation? = nil,
    rectifies: Bool,
    border: Int,
    part: Parameters.Part,
    workspace: Workspace? = nil,
    parameters: Parameters
  ) {
    self.name = name
    self.input = input
    self.skip = skip
    self.rectifies = rectifies
    self.parameters = parameters
    let channels = input.channels
    output = Activation(
      images: input.capacity,
      rows: input.rows,
      columns: input.columns,
      channels: input.realChannels,
      border: border,
      workspace: workspace
    )
    let layout = Parameters.Layout(rows: 1, columns: input.realChannels)
    scale = parameters.reserve(name + ".weight", part: part, role: .normScale, layout: layout)
    shift = parameters.reserve(name + ".bias", part: part, role: .normShift, layout: layout)
    runningMean = Array(repeating: 0, count: channels)
    runningVariance = Array(repeating: 1, count: channels)
    sums = Array(repeating: 0, count: 2 * channels)
    mean = Array(repeating: 0, count: channels)
    inverseDeviation = Array(repeating: 0, count: channels)
    line = FloatBuffer(count: 2 * channels)
    factors = FloatBuffer(count: 3 * channels)
  }

  package func initialize() {
    parameters.fill(scale, with: 1)
    parameters.fill(shift, with: 0)
  }

  /// The running statistics of the real channels, under PyTorch's names.
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

  package func forward(_ pass: Pass) {
    let usesBatch = pass.mode != .evaluation && !isFrozen
    if usesBatch { measureBatch(pass) } else { recallStatistics() }
    let channels = input.channels
    let gamma = parameters.value(scale)
    let beta = parameters.value(shift)
    for c in 0..<channels {
      let slope = Double(gamma[c]) * inverseDeviation[c]
      line.start[c] = Float(slope)
      line.start[channels + c] = Float(Double(beta[c]) - mean[c] * slope)
    }
    var affine = kernel_affine(
      value: input.value.pixels,
      scale: line.start,
      shift: line.start + channels,
      residual: skip?.value.pixels ?? kernel_pixels(),
      output: output.value.pixels,
      images: Int32(pass.count),
      rows: Int32(input.rows),
      columns: Int32(input.columns),
      channels: Int32(channels),
      rectifies: rectifies
    )
    kernel_apply_affine(&affine)
  }

  /// Mean and variance of the batch, and the running ones moved towards them.
  private func measureBatch(_ pass: Pass) {
    kernel_channel_moments(
      input.value.pixels,
      Int32(pass.count),
      Int32(input.rows),
      Int32(input.columns),
      Int32(input.channels),
      &sums
    )
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
    // The skip connection needs the masked gradient for itself; without one it need not be written.
    let worksOutMask = rectifies && skip == nil
    let scale = worksOutMask ? UnsafePointer(line.start) : nil
    let shift = scale.map { $0 + channels }
    let gradient = output.gradient.pixels
    var masking = kernel_masking(
      output_gradient: gradient,
      mask: kernel_mask(
        output: rectifies && !worksOutMask ? output.value.pixels : kernel_pixels(),
        scale: scale,
        shift: shift
      ),
      value: input.value.pixels,
      masked: skip?.gradient.pixels ?? kernel_pixels(),
      images: Int32(pass.count),
      rows: Int32(input.rows),
      columns: Int32(input.columns),
      channels: Int32(channels)
    )
    kernel_mask_gradient(&masking, &sums)
    setFactors(pass)
    guard input.wantsGradient else { return }
    var normal = kernel_normal_gradient(
      output_gradient: skip?.gradient.pixels ?? gradient,
      value: input.value.pixels,
      value_gradient: input.gradient.pixels,
      scale: scale,
      shift: shift,
      factors: factors.start,
      images: Int32(pass.count),
      rows: Int32(input.rows),
      columns: Int32(input.columns),
      channels: Int32(channels)
    )
    kernel_apply_normal_gradient(&normal)
  }

  /// Adds to the gradients of scale and shift and sets the three factors of the input's gradient.
  private func setFactors(_ pass: Pass) {
    let channels = input.channels
    let count = Double(pass.count * input.rows * input.columns)
    let gamma = parameters.value(scale)
    for c in 0..<channels {
      let slope = Double(gamma[c]) * inverseDeviation[c]
      factors.start[c] = Float(slope)
      factors.start[channels + c] = 0
      factors.start[2 * channels + c] = 0
      guard !isFrozen else { continue }
      let shiftGradient = sums[c]
      let scaleGradient = inverseDeviation[c] * (sums[channels + c] - mean[c] * sums[c])
      parameters.gradient(shift)[c] += Float(shiftGradient)
      parameters.gradient(scale)[c] += Float(scaleGradient)
      let pull = -slope * inverseDeviation[c] * scaleGradient / count
      factors.start[channels + c] = Float(pull)
      factors.start[2 * channels + c] = Float(-slope * shiftGradient / count - pull * mean[c])
    }
  }
}
