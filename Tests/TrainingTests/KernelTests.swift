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

  @Test func `the exponential of a very small number is 0`() {
    var power: Float = 1
    kernel_exponentials([-200], 0, 1, &power)
    #expect(power == 0)
  }
}
