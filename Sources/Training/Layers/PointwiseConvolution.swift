import Kernels

/// A 1 × 1 convolution without bias: each pixel's channels times a matrix.
///
/// Pixels pass by a few hundred, which stay in the processor's cache while all that happens to them does: the line and
/// the activation of the norm before, the product, and the moments for the norm after; on the way back the gradient
/// that the norm after leaves to this layer, and both products. So neither has to pass through memory. In evaluation
/// the weights take the scales of the norm after in.
///
/// Weights are stored (inputs, outputs).
package final class PointwiseConvolution: ParameterizedLayer {
  private let input: Activation
  package let output: Activation
  private let addsToGradient: Bool
  private let weight: Parameter
  private let initialBound: Double
  private let workspace: Workspace
  private weak var norm: BatchNorm?

  package var isFrozen = false
  package var parameters: [Parameter] { [weight] }
  package var statistics: [NetworkTensor] { [] }

  /// Connects a convolution to its input.
  ///
  /// - Parameters:
  ///   - scope: Where the weights lie.
  ///   - input: Images.
  ///   - shape: A shape that is `isPointwise`.
  ///   - addsToGradient: Whether another layer has set the input's gradient before, as a skip connection does.
  package init(
    _ scope: Parameters.Scope,
    input: Activation,
    shape: ConvolutionShape,
    addsToGradient: Bool = false
  ) {
    precondition(shape.isPointwise, "\(shape)")
    self.input = input
    self.addsToGradient = addsToGradient
    workspace = scope.parameters.workspace
    output = Activation(
      images: input.capacity,
      rows: input.rows,
      columns: input.columns,
      channels: shape.channels,
      side: input.side.other
    )
    weight = scope.reserve("weight", .weight, shape.weights(of: input, padded: true))
    initialBound = shape.initialBound(of: input)
  }

  /// Takes a norm in that alone reads the output.
  func precede(_ norm: BatchNorm) {
    self.norm = norm
    norm.isFolded = true
    output.takesUnwrittenGradient = true
    output.moments = Array(repeating: 0, count: 2 * output.channels)
  }

  package func initialize(seed: Int) { weight.drawUniform(bound: initialBound, seed: seed) }

  /// Pixels that pass together: whole tiles of the product, and few enough for the second-level cache.
  private static let together = 224

  /// The weights as the kernels read them, kept from a forward pass for others by the same weights.
  private lazy var panels = FloatBuffer(count: input.channels * output.channels)

  package func forward(_ pass: Pass) {
    guard pass.mode == .evaluation, let norm else {
      if !pass.hasSameWeights { pack(weight.values) }
      multiply(pass, into: output, ending: nil)
      return
    }
    let line = norm.foldedLine()
    if !pass.hasSameWeights { pack(scaled(by: line.scale)) }
    let tail = norm.tail
    var ending = kernel_ending(
      shift: line.shift,
      residual: kernel_pixels(),
      activation: tail.activation
    )
    withUnsafeMutablePointer(to: &ending) { ending in
      multiply(pass, into: norm.output, ending: ending, residual: tail.residual)
    }
  }

  private func pack(_ weights: UnsafePointer<Float>) {
    kernel_pack(
      weights,
      Int32(input.realChannels),
      Int32(output.channels),
      Int32(Self.together),
      panels.start
    )
  }

  /// The weights times a norm's scale of each output.
  private func scaled(by scale: UnsafePointer<Float>) -> UnsafePointer<Float> {
    let (inputs, outputs) = (input.realChannels, output.channels)
    let target = workspace.room(.scaled, inputs * outputs)
    for row in 0..<inputs {
      let (from, to) = (weight.values + row * outputs, target + row * outputs)
      for c in 0..<outputs { to[c] = from[c] * scale[c] }
    }
    return UnsafePointer(target)
  }

  private func multiply(
    _ pass: Pass,
    into target: Activation,
    ending: UnsafeMutablePointer<kernel_ending>?,
    residual: kernel_pixels = kernel_pixels()
  ) {
    let takesMoments = ending == nil && output.moments != nil
    let channels = output.channels
    var part = Array(repeating: 0.0, count: takesMoments ? 2 * channels : 0)
    if takesMoments { output.moments?.withUnsafeMutableBufferPointer { $0.update(repeating: 0) } }
    forEachStretch(pass, [input.value, target.value]) { stretch in
      if residual.start != nil { ending?.pointee.residual = stretch.pixels(of: residual) }
      let result = stretch.pixels(of: target.value.pixels)
      sumProducts(
        of: read(stretch),
        depth: input.realChannels,
        into: result,
        count: stretch.count,
        channels: channels,
        ending: ending.map { UnsafePointer($0) }
      )
      guard takesMoments else { return }
      kernel_channel_moments(result, grid(stretch, channels), &part)
      output.moments?.withUnsafeMutableBufferPointer { moments in
        for i in 0..<2 * channels { moments[i] += part[i] }
      }
    }
  }

  package func backward(_ pass: Pass) {
    guard input.wantsGradient || !isFrozen else { return }
    if input.wantsGradient {
      kernel_pack_transposed(
        weight.values,
        Int32(output.channels),
        Int32(input.channels),
        Int32(Self.together),
        panels.start
      )
    }
    forEachStretch(pass, [input.value]) { stretch in
      let gradient = gradient(stretch)
      if !isFrozen { addWeightGradient(read(stretch), gradient, count: stretch.count) }
      guard input.wantsGradient else { return }
      sumProducts(
        of: gradient,
        depth: output.channels,
        into: stretch.pixels(of: input.gradient.pixels),
        count: stretch.count,
        channels: input.channels,
        accumulates: addsToGradient
      )
    }
  }

  private func addWeightGradient(_ read: kernel_pixels, _ gradient: kernel_pixels, count: Int) {
    var sums = kernel_outer_sums(
      input: read,
      depth: Int32(input.realChannels),
      output_gradient: gradient,
      channels: Int32(output.channels),
      images: 1,
      rows: 1,
      columns: Int32(count),
      gradient: weight.gradients
    )
    kernel_sum_outer_products(&sums)
  }
}

extension PointwiseConvolution {
  /// Pixels that lie one after the other in every tensor that is concerned.
  private struct Stretch {
    let image: Int
    let row: Int
    let column: Int
    let count: Int

    func pixels(of all: kernel_pixels) -> kernel_pixels {
      kernel_pixels(
        start: all.start.map { $0 + image * all.image + row * all.row + column * all.pixel },
        image: 0,
        row: 0,
        pixel: all.pixel
      )
    }
  }

  /// Goes through a batch's pixels, over the ends of rows and images where no tensor has a border.
  private func forEachStretch(_ pass: Pass, _ tensors: [Tensor], _ body: (Stretch) -> Void) {
    let isOneRow = tensors.allSatisfy { $0.border == 0 } && output.value.border == 0
    let length = isOneRow ? pass.count * input.rows * input.columns : input.columns
    for image in 0..<(isOneRow ? 1 : pass.count) {
      for row in 0..<(isOneRow ? 1 : input.rows) {
        for column in stride(from: 0, to: length, by: Self.together) {
          let count = min(Self.together, length - column)
          body(Stretch(image: image, row: row, column: column, count: count))
        }
      }
    }
  }

  /// A stretch of the input, made of what it is made of where it was not written.
  private func read(_ stretch: Stretch) -> kernel_pixels {
    guard let (value, line) = input.unwritten else { return stretch.pixels(of: input.value.pixels) }
    let room = room(.inputs, channels: input.channels)
    var affine = kernel_affine(
      value: stretch.pixels(of: value.pixels),
      scale: line.scale,
      shift: line.shift,
      residual: kernel_pixels(),
      output: room,
      grid: grid(stretch, input.channels),
      activation: line.activation
    )
    kernel_apply_affine(&affine)
    return room
  }

  /// A stretch of the output's gradient, made where it was left to this layer.
  private func gradient(_ stretch: Stretch) -> kernel_pixels {
    guard var normal = output.unwrittenGradient else {
      return stretch.pixels(of: output.gradient.pixels)
    }
    let room = room(.gradients, channels: output.channels)
    normal.output_gradient = stretch.pixels(of: normal.output_gradient)
    normal.value = stretch.pixels(of: normal.value)
    normal.value_gradient = room
    normal.grid = grid(stretch, output.channels)
    kernel_apply_normal_gradient(&normal)
    return room
  }

  private func room(_ purpose: Workspace.Purpose, channels: Int) -> kernel_pixels {
    kernel_pixels(
      start: workspace.room(purpose, Self.together * channels),
      image: 0,
      row: 0,
      pixel: channels
    )
  }

  private func grid(_ stretch: Stretch, _ channels: Int) -> kernel_grid {
    kernel_grid(images: 1, rows: 1, columns: Int32(stretch.count), channels: Int32(channels))
  }

  private func sumProducts(
    of left: kernel_pixels,
    depth: Int,
    into target: kernel_pixels,
    count: Int,
    channels: Int,
    accumulates: Bool = false,
    ending: UnsafePointer<kernel_ending>? = nil
  ) {
    withUnsafePointer(to: 0) { offset in
      var sums = kernel_window_sums(
        input: left,
        tap_offset: offset,
        taps: 1,
        tap_length: Int32(depth),
        panels: panels.start,
        panel_columns: Int32(Self.together),
        output: target,
        images: 1,
        rows: 1,
        columns: Int32(count),
        channels: Int32(channels),
        accumulates: accumulates,
        skips_first: false,
        skips_last: false,
        ending: ending
      )
      kernel_sum_windows(&sums)
    }
  }
}
