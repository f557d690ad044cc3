import Statistics

/// Training labels replaced by other classes, each with a probability and a draw of its own.
package enum LabelNoise {
  /// Replaces labels.
  ///
  /// - Parameters:
  ///   - labels: The class of each image.
  ///   - indices: Those of the images in the set, which with the seed name the draws.
  ///   - share: The probability that a label is replaced.
  ///   - classes: The number of classes; with one there is nothing to replace by.
  ///   - seed: The seed of the split, so that cells of a sweep share the noise.
  /// - Returns: The labels to train on.
  package static func applied(
    to labels: [Int],
    at indices: [Int],
    share: Double,
    classes: Int,
    seed: Int
  ) -> [Int] {
    guard share > 0, classes > 1 else { return labels }
    return zip(labels, indices).map { label, index in
      var rng = SeededGenerator(purpose: "label noise", seed: seed, place: [index])
      guard rng.uniform() < share else { return label }
      return (label + 1 + rng.index(below: classes - 1)) % classes
    }
  }
}
