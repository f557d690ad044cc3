/// A dense layer by least squares, in closed form: the linear probe that needs no learning rate and no epochs.
///
/// Weights W and biases b make ‖Y − XW − b‖² + λ‖W‖² smallest; biases are free. Classes are ±1, so that 0 lies between
/// yes and no. In double precision, by Cholesky's decomposition of the smaller of XᵀX + λ and XXᵀ + λ, X without its means.
///
/// Reference: Hoerl and Kennard (1970), Ridge regression; scikit-learn's `Ridge(alpha: λ)`, the same for `RidgeClassifier`.
package struct RidgeRegression: Sendable, Equatable {
  /// (outputs, inputs), row by row.
  package let weights: [Double]
  /// One for each output.
  package let biases: [Double]

  /// Solves for the layer.
  ///
  /// - Parameters:
  ///   - features: (examples, inputs), row by row.
  ///   - targets: (examples, outputs), row by row.
  ///   - count: Examples, at least one.
  ///   - penalty: λ, above 0.
  package init(features: [Float], targets: [Double], count: Int, penalty: Double) {
    let (inputs, outputs) = (features.count / count, targets.count / count)
    let x = Rows(features.map(Double.init), columns: inputs)
    let y = Rows(targets, columns: outputs)
    let (means, levels) = (x.means, y.means)
    let (centred, aims) = (x.minus(means), y.minus(levels))
    let across = centred.transposed
    let solution: Rows
    if inputs <= count {
      var system = centred.gram
      system.addToDiagonal(penalty)
      solution = system.solved(for: across.times(aims))
    } else {
      var system = across.gram
      system.addToDiagonal(penalty)
      solution = across.times(system.solved(for: aims))
    }
    weights = solution.transposed.numbers
    biases = (0..<outputs).map { output in
      (0..<inputs).reduce(levels[output]) {
        $0 - means[$1] * solution.numbers[$1 * outputs + output]
      }
    }
  }
}

/// A matrix in double precision, row by row.
private struct Rows {
  var numbers: [Double]
  let columns: Int

  init(_ numbers: [Double], columns: Int) {
    self.numbers = numbers
    self.columns = columns
  }

  var rows: Int { numbers.count / columns }

  var means: [Double] {
    var sums = [Double](repeating: 0, count: columns)
    for row in 0..<rows {
      for column in 0..<columns { sums[column] += numbers[row * columns + column] }
    }
    return sums.map { $0 / Double(rows) }
  }

  func minus(_ row: [Double]) -> Rows {
    Rows(numbers.indices.map { numbers[$0] - row[$0 % columns] }, columns: columns)
  }

  var transposed: Rows {
    var result = [Double](repeating: 0, count: numbers.count)
    for row in 0..<rows {
      for column in 0..<columns { result[column * rows + row] = numbers[row * columns + column] }
    }
    return Rows(result, columns: rows)
  }

  mutating func addToDiagonal(_ number: Double) {
    for place in 0..<columns { numbers[place * columns + place] += number }
  }

  /// The product with a matrix on the right.
  func times(_ other: Rows) -> Rows {
    var result = [Double](repeating: 0, count: rows * other.columns)
    result.withUnsafeMutableBufferPointer { result in
      for row in 0..<rows {
        let target = row * other.columns
        for place in 0..<columns {
          let factor = numbers[row * columns + place]
          let source = place * other.columns
          for column in 0..<other.columns {
            result[target + column] += factor * other.numbers[source + column]
          }
        }
      }
    }
    return Rows(result, columns: other.columns)
  }

  /// The transposed matrix times the matrix: products of its columns, each pair once.
  var gram: Rows {
    let width = columns
    var result = [Double](repeating: 0, count: width * width)
    numbers.withUnsafeBufferPointer { numbers in
      result.withUnsafeMutableBufferPointer { result in
        for row in 0..<rows {
          let start = row * width
          for first in 0..<width {
            let factor = numbers[start + first]
            guard factor != 0 else { continue }
            for second in 0...first {
              result[first * width + second] += factor * numbers[start + second]
            }
          }
        }
        for first in 0..<width {
          for second in 0..<first {
            result[second * width + first] = result[first * width + second]
          }
        }
      }
    }
    return Rows(result, columns: width)
  }

  /// The solution of this symmetric, positive definite system for several right sides: L of A = LLᵀ, then forwards and
  /// backwards.
  func solved(for sides: Rows) -> Rows {
    let (n, k) = (columns, sides.columns)
    var factor = numbers
    var result = sides.numbers
    factor.withUnsafeMutableBufferPointer { l in
      for column in 0..<n {
        for row in column..<n {
          var sum = l[row * n + column]
          for place in 0..<column { sum -= l[row * n + place] * l[column * n + place] }
          l[row * n + column] = row == column ? sum.squareRoot() : sum / l[column * n + column]
        }
      }
      result.withUnsafeMutableBufferPointer { result in
        for row in 0..<n {
          for place in 0..<row {
            for side in 0..<k {
              result[row * k + side] -= l[row * n + place] * result[place * k + side]
            }
          }
          for side in 0..<k { result[row * k + side] /= l[row * n + row] }
        }
        for row in (0..<n).reversed() {
          for place in row + 1..<n {
            for side in 0..<k {
              result[row * k + side] -= l[place * n + row] * result[place * k + side]
            }
          }
          for side in 0..<k { result[row * k + side] /= l[row * n + row] }
        }
      }
    }
    return Rows(result, columns: k)
  }
}
