import Notation

/// Where the weights of a body come from.
package enum BodySource: Sendable, Equatable {
  /// Random ones.
  case none
  /// Those that this program learned on the bundled letters.
  case letters
  /// Those of a file that comes with the program.
  case named(NamedBody)
  /// A file in safetensors format.
  case file(String)

  /// What messages call it.
  var name: String {
    switch self {
    case .none: "none"
    case .letters: "letters"
    case .named(let body): body.rawValue
    case .file(let path): path
    }
  }

  /// Reads a checked value of the setting `body`.
  init(_ value: JSON) {
    switch value.string {
    case "none": self = .none
    case "letters": self = .letters
    case .some(let text):
      self = NamedBody(rawValue: text).map { .named($0) } ?? .file(text)
    case .none: preconditionFailure("the forms of 'body' in the table let \(value.text) through")
    }
  }
}
