import Kernels

/// What a layer ends in.
package enum ActivationFunction: String, CaseIterable, Sendable {
  /// max(0, x).
  case relu
  /// x itself.
  case none

  var kernel: kernel_activation {
    switch self {
    case .relu: KERNEL_RELU
    case .none: KERNEL_IDENTITY
    }
  }
}
