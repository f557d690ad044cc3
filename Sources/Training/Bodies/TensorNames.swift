/// What a file calls the arrays that the network calls otherwise.
package struct TensorNames: Sendable, Equatable {
  /// The file's name of a layer by the network's, such as `_blocks.3._expand_conv` by `body.conv7`.
  ///
  /// What a layer's arrays are called, as `weight` or `running_mean`, stays. A layer that is not here is called alike.
  package var layers: [String: String]
  /// How the names begin that must all have a place in the network's body.
  package var prefixes: [String]

  package init(layers: [String: String], prefixes: [String]) {
    self.layers = layers
    self.prefixes = prefixes
  }

  /// The names of files that this program writes.
  package static let own = TensorNames(layers: [:], prefixes: ["body."])

  /// The file's name of an array.
  func inFile(_ name: String) -> String {
    guard let dot = name.lastIndex(of: "."), let layer = layers[String(name[..<dot])] else {
      return name
    }
    return layer + name[dot...]
  }
}
