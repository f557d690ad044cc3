import Foundation
import Kernels
import Testing

struct KernelTests {
  @Test func `the exponential is right to two in ten million`() {
    let arguments = stride(from: Float(-87), through: 0, by: 0.01).map { $0 }
    var powers = arguments
    kernel_exponentials(arguments, 0, Int32(arguments.count), &powers)
    for (x, power) in zip(arguments, powers) {
      #expect(abs(Double(power) / exp(Double(x)) - 1) < 2e-7, "exp(\(x))")
    }
  }

  @Test func `a transposed matrix has its rows as columns`() {
    let (rows, columns) = (8, 12)
    let matrix = (0..<rows * columns).map { Float($0) }
    var transposed = [Float](repeating: -1, count: rows * columns)
    kernel_transpose(matrix, Int32(rows), Int32(columns), &transposed)
    let expected = (0..<columns).flatMap { c in (0..<rows).map { r in matrix[r * columns + c] } }
    #expect(transposed == expected)
  }

  @Test func `the exponential of a very small number is 0`() {
    var power: Float = 1
    kernel_exponentials([-200], 0, 1, &power)
    #expect(power == 0)
  }
}
