/// A parameter that learns: its name, role, shape, values and gradients, and how it is to be trained.
package struct LearningParameter {
  package let parameter: Parameter
  /// Times the learning rate of the step.
  package let rateMultiplier: Double

  /// Whether weight decay applies: weight matrices decay, biases and norms do not.
  package var decays: Bool { parameter.role == .weight }
}

/// Numbers that lie side by side and are trained alike, for an optimizer that treats each by itself.
package struct ParameterRange {
  package let values: UnsafeMutablePointer<Float>
  package let gradients: UnsafeMutablePointer<Float>
  package fileprivate(set) var count: Int
  package let rateMultiplier: Double
  package let decays: Bool
  /// Keeps the memory of values and gradients.
  fileprivate let storage: ParameterStorage
}

extension Parameters {
  /// The parameters that learn, in memory order.
  ///
  /// - Parameter multiplier: The rate of a parameter as a share of the step's, `nil` where it is frozen.
  /// - Returns: Those that are not frozen.
  package func learning(_ multiplier: (Parameter) -> Double?) -> [LearningParameter] {
    all.compactMap { parameter in
      multiplier(parameter).map { LearningParameter(parameter: parameter, rateMultiplier: $0) }
    }
  }
}

extension [LearningParameter] {
  /// The same numbers in as few ranges as may be: neighbours that are trained alike are one.
  package var ranges: [ParameterRange] {
    var ranges: [ParameterRange] = []
    for learning in self {
      let next = ParameterRange(
        values: learning.parameter.values,
        gradients: learning.parameter.gradients,
        count: learning.parameter.count,
        rateMultiplier: learning.rateMultiplier,
        decays: learning.decays,
        storage: learning.parameter.storage
      )
      if let last = ranges.last, last.values + last.count == next.values,
        last.rateMultiplier == next.rateMultiplier, last.decays == next.decays
      {
        ranges[ranges.count - 1].count += next.count
      } else {
        ranges.append(next)
      }
    }
    return ranges
  }
}
