/// Steps by the momentum of each weight matrix made nearly orthogonal: no direction moves more than another.
///
/// A convolution is a matrix of outputs by the rest. Biases and norms, which are no matrices, are stepped by AdamW. The
/// setting `momentum` is that of the matrices, Nesterov's, and AdamW's β₁. An orthogonal matrix is scaled by
/// 0.2 √max(outputs, rest), so that its numbers are as large as AdamW's steps and one rate serves both.
///
/// References: Jordan et al. (2024), Muon: an optimizer for hidden layers in neural networks, for the coefficients and
/// the five steps; Liu et al. (2025), Muon is scalable for LLM training, arXiv 2502.16982, equation 4, for the scale.
package struct Muon: Optimizer {
  package static let name = "muon"

  private var constants: OptimizerConstants
  private let matrices: [(learning: LearningParameter, velocity: FloatBuffer)]
  private var rest: AdamW

  package init(_ parameters: [LearningParameter], _ constants: OptimizerConstants) {
    self.constants = constants
    matrices = parameters.filter { $0.parameter.role == .weight }
      .map { ($0, FloatBuffer(count: $0.parameter.count)) }
    var own = OptimizerConstants(momentum: constants.momentum)
    (own.beta2, own.epsilon) = (constants.beta2, constants.epsilon)
    rest = AdamW(parameters.filter { $0.parameter.role != .weight }, own)
  }

  package var momentum: Double {
    get { constants.momentum }
    set {
      constants.momentum = newValue
      rest.momentum = newValue
    }
  }

  package mutating func step(rate: Double) {
    rest.step(rate: rate)
    let momentum = Float(constants.momentum)
    for (learning, buffer) in matrices {
      let (parameter, velocity) = (learning.parameter, buffer.start)
      let own = rate * learning.rateMultiplier
      let (keep, pull) = constants.shrinking(learning.decays, rate: own)
      let (values, gradients) = (parameter.values, parameter.gradients)
      var direction = Orthogonalization(parameter.layout)
      direction.fill { i in
        let gradient = gradients[i] + pull * values[i]
        velocity[i] += (1 - momentum) * (gradient - velocity[i])
        return gradient + momentum * (velocity[i] - gradient)
      }
      direction.iterate()
      let (outputs, others) = (
        parameter.layout.columns, parameter.layout.realCount / parameter.layout.columns
      )
      let scale = Float(own * 0.2 * Double(max(outputs, others)).squareRoot())
      direction.read { i, number in values[i] = keep * values[i] - scale * number }
    }
  }
}

/// A matrix on its way to U Vᵀ of its singular value decomposition, lying so that it has no more rows than columns.
private struct Orthogonalization {
  private let isTransposed: Bool
  private let sides: (rows: Int, columns: Int)
  private let rows: Int
  private let columns: Int
  private var matrix: FloatBuffer

  /// Takes the shape of a parameter: in memory the outputs are the columns, and the padding is zero.
  init(_ layout: Parameter.Layout) {
    sides = (layout.groups * layout.paddedRows, layout.paddedColumns)
    isTransposed = sides.rows > sides.columns
    let (short, long) = isTransposed ? (sides.columns, sides.rows) : (sides.rows, sides.columns)
    (rows, columns) = (paddedChannels(short), paddedChannels(long))
    matrix = FloatBuffer(count: rows * columns)
  }

  /// Where a number of the parameter lies here.
  private func index(_ row: Int, _ column: Int) -> Int {
    isTransposed ? column * columns + row : row * columns + column
  }

  /// Sets each number from its index in the parameter.
  mutating func fill(_ number: (Int) -> Float) {
    for row in 0..<sides.rows {
      for column in 0..<sides.columns {
        matrix.start[index(row, column)] = number(row * sides.columns + column)
      }
    }
  }

  /// Calls `body` with each index in the parameter and its number.
  func read(_ body: (Int, Float) -> Void) {
    for row in 0..<sides.rows {
      for column in 0..<sides.columns {
        body(row * sides.columns + column, matrix.start[index(row, column)])
      }
    }
  }

  /// Brings all singular values near 1 by X ← aX + (bA + cA²)X with A = XXᵀ, from a matrix of length 1.
  mutating func iterate() {
    let (a, b, c): (Float, Float, Float) = (3.4445, -4.7750, 2.0315)
    let (count, square) = (rows * columns, rows * rows)
    var sum = 0.0
    for i in 0..<count { sum += Double(matrix.start[i]) * Double(matrix.start[i]) }
    let shorter = Float(1 / (sum.squareRoot() + 1e-7))
    for i in 0..<count { matrix.start[i] *= shorter }

    var product = FloatBuffer(count: count)
    let (gram, squared) = (FloatBuffer(count: square), FloatBuffer(count: square))
    let panels = FloatBuffer(count: count)
    let wide = MatrixProduct(rows: rows, depth: columns, columns: rows, panels: panels)
    let small = MatrixProduct(rows: rows, depth: rows, columns: rows, panels: panels)
    let back = MatrixProduct(rows: rows, depth: rows, columns: columns, panels: panels)
    for _ in 0..<5 {
      wide.packTransposed(matrix.start)
      wide.multiply(matrix.start, into: gram.start)
      small.pack(gram.start)
      small.multiply(gram.start, into: squared.start)
      for i in 0..<square { gram.start[i] = b * gram.start[i] + c * squared.start[i] }
      back.pack(matrix.start)
      back.multiply(gram.start, into: product.start)
      for i in 0..<count { product.start[i] += a * matrix.start[i] }
      swap(&matrix, &product)
    }
  }
}
