/// A way to make examples out of several of a batch, targets included; it is no `Augmentation` of one picture.
package protocol BatchBlend: Sendable {
  /// Blends the inputs of a batch and their targets.
  ///
  /// - Parameters:
  ///   - input: The batch, before the network has read it.
  ///   - targets: One row per image, blended alike.
  ///   - indices: The image of each row, which with the epoch names its draws.
  ///   - epoch: Counts from 1.
  func blend(_ input: Activation, targets: inout [Float], indices: [Int], epoch: Int)
}

extension Activation {
  /// The numbers of one image, (rows, columns, channels).
  func numbers(ofImage n: Int) -> [Float] {
    (0..<rows).flatMap { y in
      UnsafeBufferPointer(start: value.row(y, ofImage: n), count: columns * channels)
    }
  }
}
