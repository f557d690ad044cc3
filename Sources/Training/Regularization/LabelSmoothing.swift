/// Targets moved towards saying nothing: a share of each is spread evenly.
///
/// Over N exclusive classes the label keeps 1 − ε + ε/N and each other class gets ε/N; a yes/no label moves
/// towards one half.
///
/// Reference: Szegedy et al. (2016), Rethinking the Inception architecture, arXiv 1512.00567, section 7.
package enum LabelSmoothing {
  /// Smooths targets in place.
  package static func apply(_ share: Double, to targets: inout [Float], classes: Int, task: Task) {
    guard share > 0 else { return }
    let level =
      switch task {
      case .single: 1 / Float(classes)
      case .multi: Float(0.5)
      case .regression: preconditionFailure("a number has no classes to spread over")
      }
    for i in targets.indices {
      targets[i] = targets[i] * Float(1 - share) + Float(share) * level
    }
  }
}
