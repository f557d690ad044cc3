/// What a run of the built-in trainer can leave in its folder, where the spec's `keep` asks for it.
package enum KeptFile: String, Sendable, CaseIterable {
  /// The network that the last metrics were measured on.
  case weights
  /// What it says of each validation example.
  case probabilities

  /// The name of the file.
  package var name: String {
    switch self {
    case .weights: "weights.safetensors"
    case .probabilities: "probabilities.csv"
    }
  }
}
