package import Statistics

/// One side of a change: the cells at one level of its factor, with other axes held or at any level.
package struct Arm: Sendable, Hashable {
  /// The level that is compared, as tables show it: `dropout 0.5`.
  package let name: String
  /// The levels by which a cell belongs to it, by axis.
  private let levels: [String: String]

  init(of question: Question, at level: String) {
    name = "\(question.factor) \(level)"
    levels = question.at.merging([question.factor: level]) { _, own in own }
  }

  /// Whether a cell belongs to it.
  ///
  /// - Parameters:
  ///   - cell: The texts of its levels, one for each axis.
  ///   - axes: The axes of the spec.
  /// - Returns: Whether each axis that is held or compared is at its level.
  package func contains(_ cell: [String], of axes: [Axis]) -> Bool {
    zip(axes, cell).allSatisfy { axis, level in levels[axis.name, default: level] == level }
  }
}

extension Question {
  /// What it compares, before the change and after it; none for a trend over all levels.
  package var arms: [Arm] {
    switch kind {
    case .level: [Arm(of: self, at: from), Arm(of: self, at: to)]
    case .trend: []
    }
  }
}
