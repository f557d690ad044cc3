/// All parameters of a network in one flat buffer, with gradients beside them.
///
/// One buffer makes zeroing one loop and a step of the optimizer one loop over each run of equal parameters.
package final class Parameters {
  package private(set) var all: [Parameter] = []
  /// Memory the layers over these parameters share.
  let workspace = Workspace()
  private let storage = ParameterStorage()

  package init() {}

  /// The parameters of one layer: all have its name before theirs and belong to its part of the network.
  package struct Scope {
    package let name: String
    let part: Parameter.Part
    let parameters: Parameters

    /// Adds a parameter; all of a network are added before the first value is asked for.
    package func reserve(
      _ suffix: String,
      _ role: Parameter.Role,
      _ layout: Parameter.Layout
    ) -> Parameter {
      let parameter = Parameter(
        name: "\(name).\(suffix)",
        part: part,
        role: role,
        layout: layout,
        offset: parameters.storage.count,
        storage: parameters.storage
      )
      parameters.storage.reserve(parameter.count)
      parameters.all.append(parameter)
      return parameter
    }
  }

  package func scope(_ name: String, _ part: Parameter.Part = .head) -> Scope {
    Scope(name: name, part: part, parameters: self)
  }

  /// Floats in each buffer.
  package var count: Int { storage.count }

  package func clearGradients() {
    storage.gradients.start.update(repeating: 0, count: count)
  }

  /// How many stages the body has.
  package var bodyStages: Int {
    let stages = all.map { if case .body(let stage) = $0.part { stage + 1 } else { 0 } }
    return stages.max() ?? 0
  }

  /// The Euclidean length of all weight matrices together.
  package var weightNorm: Double {
    var sum = 0.0
    for parameter in all where parameter.role == .weight {
      let values = parameter.values
      for i in 0..<parameter.count { sum += Double(values[i]) * Double(values[i]) }
    }
    return sum.squareRoot()
  }
}

extension [Parameter] {
  /// How many numbers they are, padding left out.
  package var realCount: Int { reduce(0) { $0 + $1.layout.realCount } }
}

/// The memory of parameters, made when it is first asked for.
final class ParameterStorage {
  private(set) var count = 0
  private var isMade = false

  func reserve(_ floats: Int) {
    precondition(!isMade, "parameters are added after the memory of the others was made")
    count += floats
  }

  private(set) lazy var values = makeBuffer()
  private(set) lazy var gradients = makeBuffer()

  private func makeBuffer() -> FloatBuffer {
    isMade = true
    return FloatBuffer(count: count)
  }
}
