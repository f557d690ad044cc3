import Statistics

extension SeededGenerator {
  /// Draws from the normal distribution with mean 0 and deviation 1.
  ///
  /// Reference: Box and Muller (1958), A note on the generation of random normal deviates.
  mutating func normal() -> Double {
    let radius = (-2 * Elementary.logarithm(1 - uniform())).squareRoot()
    return radius * Elementary.cosine(2 * Double.pi * uniform())
  }
}
