/// One line of a learning curve: where in the training, and what was measured there.
package struct CurvePoint: Sendable, Equatable {
  package enum Unit: String, Sendable, Hashable { case epoch, step }

  package let unit: Unit
  /// The epoch or the step, as the program counts them.
  package let position: Double
  /// Value per metric, in the metric's own unit; nan and infinities are values.
  package let metrics: [String: Double]

  package init(unit: Unit, position: Double, metrics: [String: Double]) {
    self.unit = unit
    self.position = position
    self.metrics = metrics
  }
}

/// All that one attempt measured.
package struct Measurements: Sendable, Equatable {
  /// The final value per metric; nan and infinities are values.
  package var final: [String: Double] = [:]
  /// The learning curve, in the order in which it was printed.
  package var curve: [CurvePoint] = []
  /// Results that are words, which are kept but never analysed.
  package var texts: [String: String] = [:]
  /// One bit per validation image, first image in the highest bit of the first byte; empty when not given.
  package var correct: [UInt8] = []

  package init() {}

  /// Says which of some metrics ended without a finite value, as "valid_loss is nan".
  ///
  /// - Parameter names: The metrics that a run has to measure; those that it did not print are no divergence.
  /// - Returns: nil where all that were printed are finite.
  package func divergence(of names: [String]) -> String? {
    let broken = names.compactMap { name in
      final[name].flatMap {
        $0.isFinite ? nil : "\(name) is \($0.isNaN ? "nan" : $0 < 0 ? "-inf" : "inf")"
      }
    }
    return broken.isEmpty ? nil : broken.joined(separator: ", ")
  }
}
