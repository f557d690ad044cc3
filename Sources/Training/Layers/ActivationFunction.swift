import Kernels

/// What a layer ends in.
package enum ActivationFunction: String, CaseIterable, Sendable {
  /// max(0, x).
  case relu
  /// max(0, x), and at most 6.
  case relu6
  /// x itself.
  case none

  var kernel: kernel_activation {
    switch self {
    case .relu: KERNEL_RELU
    case .relu6: KERNEL_RELU6
    case .none: KERNEL_IDENTITY
    }
  }
}
