import Notation
import Sweeps

extension Evidence {
  /// How the networks trained and what they saw, in figures; nil where there is nothing to draw.
  var training: Section? {
    let figures =
      [trainingCurves, gaps].compactMap { $0 } + reliability + (pictures?.figures ?? [])
    return figures.isEmpty ? nil : Section("How they trained", figures.map { .figure($0) })
  }
}
