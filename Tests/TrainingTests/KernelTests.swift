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

  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
  ])
  func `SHA-256 of the standard's examples`(text: String, expected: String) {
    var digest = [UInt8](repeating: 0, count: 32)
    kernel_sha256(Array(text.utf8), text.utf8.count, &digest)
    #expect(digest.map { String(format: "%02x", $0) }.joined() == expected)
  }
}
