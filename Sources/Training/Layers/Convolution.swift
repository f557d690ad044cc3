import Kernels

/// A 3 × 3 convolution with a border of zeros, without bias; the layer after it adds one or normalizes.
///
/// Its windows start in the border, or with TensorFlow's padding of even sides and stride 2 at the first pixel.
///
/// Weights are stored (3, 3, inputs, outputs): the rows of a window lie side by side in an image, so that
/// each of the three kernel rows is one stretch of 3 · inputs numbers.
package final class Convolution: ParameterizedLayer {
  private let input: Activation
  package let output: Activation
  private let stride: Int
  /// Zeros before the first pixel of a row and of a column.
  private let before: (rows: Int, columns: Int)
  private let addsToGradient: Bool
  private let weight: Parameter
  private let initialBound: Double
  private let workspace: Workspace
  private let winograd: Winograd?

  package var isFrozen = false
  package var parameters: [Parameter] { [weight] }
  package var statistics: [NetworkTensor] { [] }

  /// Connects a convolution to its input.
  ///
  /// - Parameters:
  ///   - scope: Where the weights lie.
  ///   - input: Images with a border of 1.
  ///   - shape: A shape that is `threeByThree` for the input's sides.
  ///   - addsToGradient: Whether another layer has set the input's gradient before, as a skip connection does.
  ///   - sharesGradient: Whether the layer after this one uses the output's gradient up at once.
  package init(
    _ scope: Parameters.Scope,
    input: Activation,
    shape: ConvolutionShape,
    addsToGradient: Bool = false,
    sharesGradient: Bool = true
  ) {
    precondition(shape.isThreeByThree(rows: input.rows, columns: input.columns), "\(shape)")
    self.input = input
    stride = shape.stride
    before = (shape.side(input.rows).before, shape.side(input.columns).before)
    self.addsToGradient = addsToGradient
    workspace = scope.parameters.workspace
    output = Activation(
      images: input.capacity,
      rows: shape.side(input.rows).outputs,
      columns: shape.side(input.columns).outputs,
      channels: shape.channels,
      gradientBorder: input.wantsGradient ? 1 : 0,
      workspace: sharesGradient ? workspace : nil
    )
    weight = scope.reserve("weight", .weight, shape.weights(of: input, padded: true))
    initialBound = shape.initialBound(of: input)
    winograd =
      stride == 1
      ? Winograd(
        rows: input.rows,
        columns: input.columns,
        inputs: input.channels,
        outputs: output.channels,
        workspace: workspace
      ) : nil
  }

  package func initialize(seed: Int) { weight.drawUniform(bound: initialBound, seed: seed) }

  /// The weights as the kernels read them, kept from a forward pass for others by the same weights.
  private lazy var panels = FloatBuffer(count: 9 * input.channels * output.channels)

  /// Weights with inputs and outputs exchanged.
  private var flipped: UnsafeMutablePointer<Float> {
    workspace.room(.transposed, 9 * input.channels * output.channels)
  }

  package func forward(_ pass: Pass) {
    if let winograd {
      winograd.forward(
        pass.hasSameWeights ? nil : weight.values,
        source: input.value.windows,
        target: output.value.pixels,
        images: pass.count
      )
      return
    }
    if !pass.hasSameWeights {
      kernel_pack(
        weight.values,
        Int32(9 * input.channels),
        Int32(output.channels),
        Int32(output.columns),
        panels.start
      )
    }
    let windows = source
    sumWindows(
      of: windows.moved(by: 0, every: stride),
      offsets: (0..<3).map { $0 * windows.row },
      tapLength: 3 * input.channels,
      into: output.value.pixels,
      rows: output.rows,
      columns: output.columns,
      channels: output.channels,
      images: pass.count,
      skipsFirst: before.rows == 1,
      skipsLast: lastTapMeetsBorder
    )
  }

  /// The corner of the first window.
  private var source: kernel_pixels {
    let windows = input.value.windows
    return windows.moved(by: (1 - before.rows) * windows.row + (1 - before.columns) * windows.pixel)
  }

  /// Whether the last kernel row of the last windows reads zeros alone.
  private var lastTapMeetsBorder: Bool {
    (output.rows - 1) * stride + 2 - before.rows >= input.rows
  }

  package func backward(_ pass: Pass) {
    if !isFrozen { addWeightGradient(pass) }
    guard input.wantsGradient else { return }
    if stride == 1 { spreadGradient(pass) } else { spreadGradientByParity(pass) }
  }

  /// dW[ky][kx, i][o] += Σ x[y + ky][x + kx][i] · dz[y][x][o]; kernel rows that meet only border are left out.
  private func addWeightGradient(_ pass: Pass) {
    if let winograd {
      winograd.addWeightGradient(
        windows: input.value.windows,
        outputGradient: output.gradient.pixels,
        images: pass.count,
        total: weight.gradients
      )
      return
    }
    for ky in 0..<3 {
      let first = ky == 0 ? before.rows : 0
      let rows = output.rows - first - (ky == 2 && lastTapMeetsBorder ? 1 : 0)
      guard rows > 0 else { continue }
      let windows = source
      let gradient = output.gradient.pixels
      var sums = kernel_outer_sums(
        input: windows.moved(by: (ky + first * stride) * windows.row, every: stride),
        depth: Int32(3 * input.channels),
        output_gradient: gradient.moved(by: first * gradient.row),
        channels: Int32(output.channels),
        images: Int32(pass.count),
        rows: Int32(rows),
        columns: Int32(output.columns),
        gradient: weight.gradients + ky * 3 * input.channels * output.channels
      )
      kernel_sum_outer_products(&sums)
    }
  }

  /// Stride 1: dx is the convolution of dz with the weights turned by half a turn and transposed.
  private func spreadGradient(_ pass: Pass) {
    transposeWeights((0..<9).reversed())
    if let winograd {
      winograd.backward(
        flipped,
        source: output.gradient.windows,
        target: input.gradient.pixels,
        images: pass.count,
        accumulates: addsToGradient
      )
      return
    }
    kernel_pack(
      flipped,
      Int32(9 * output.channels),
      Int32(input.channels),
      Int32(input.columns),
      panels.start
    )
    let windows = output.gradient.windows
    sumWindows(
      of: windows,
      offsets: (0..<3).map { $0 * windows.row },
      tapLength: 3 * output.channels,
      into: input.gradient.pixels,
      rows: input.rows,
      columns: input.columns,
      channels: input.channels,
      images: pass.count,
      skipsLast: true,
      accumulates: addsToGradient
    )
  }

  /// Stride 2: pixels of each parity of row and column meet their own few taps of the kernel.
  private func spreadGradientByParity(_ pass: Pass) {
    // The taps (kernel row, row of dz after the one at half the position) that reach an even or an odd row.
    func taps(_ parity: Int, _ before: Int) -> [(kernel: Int, shift: Int)] {
      (0..<3).filter { (parity + before - $0) % 2 == 0 }
        .map { (kernel: $0, shift: (parity + before - $0) / 2) }
    }
    let windows = output.gradient.windows
    for top in 0..<2 {
      for left in 0..<2 {
        let (rowTaps, columnTaps) = (taps(top, before.rows), taps(left, before.columns))
        let rows = (input.rows - top + 1) / 2
        let columns = (input.columns - left + 1) / 2
        guard rows > 0, columns > 0 else { continue }
        let taps = rowTaps.flatMap { row in columnTaps.map { (row: row, column: $0) } }
        transposeWeights(taps.map { 3 * $0.row.kernel + $0.column.kernel })
        kernel_pack(
          flipped,
          Int32(taps.count * output.channels),
          Int32(input.channels),
          Int32(columns),
          panels.start
        )
        let pixels = input.gradient.pixels
        let target = pixels.moved(by: top * pixels.row + left * pixels.pixel, every: 2)
        sumWindows(
          of: windows,
          offsets: taps.map {
            ($0.row.shift + 1) * windows.row + ($0.column.shift + 1) * windows.pixel
          },
          tapLength: output.channels,
          into: target,
          rows: rows,
          columns: columns,
          channels: input.channels,
          images: pass.count,
          skipsFirst: false,
          skipsLast: false,
          accumulates: addsToGradient
        )
      }
    }
  }

  /// Writes the chosen taps of the weights, each transposed to (outputs, inputs), one after the other.
  private func transposeWeights(_ taps: [Int]) {
    let inputs = input.channels
    let outputs = output.channels
    let (weights, flipped) = (weight.values, flipped)
    for (index, tap) in taps.enumerated() {
      let count = inputs * outputs
      kernel_transpose(
        weights + tap * count,
        Int32(inputs),
        Int32(outputs),
        flipped + index * count
      )
    }
  }

  private func sumWindows(
    of source: kernel_pixels,
    offsets: [Int],
    tapLength: Int,
    into target: kernel_pixels,
    rows: Int,
    columns: Int,
    channels: Int,
    images: Int,
    skipsFirst: Bool = true,
    skipsLast: Bool,
    accumulates: Bool = false
  ) {
    offsets.withUnsafeBufferPointer { offsets in
      var sums = kernel_window_sums(
        input: source,
        tap_offset: offsets.baseAddress,
        taps: Int32(offsets.count),
        tap_length: Int32(tapLength),
        panels: panels.start,
        panel_columns: Int32(columns),
        output: target,
        images: Int32(images),
        rows: Int32(rows),
        columns: Int32(columns),
        channels: Int32(channels),
        accumulates: accumulates,
        skips_first: skipsFirst,
        skips_last: skipsLast,
        ending: nil
      )
      kernel_sum_windows(&sums)
    }
  }
}
