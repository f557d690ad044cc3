/// What keeps a server from serving, and a user can put right.
package enum ServingError: Error, Sendable, Equatable {
  case cannotListen(ServerAddress, reason: String)
  /// The journal of a lesson cannot be opened, read or written.
  case journal(path: String, reason: String)
  /// A line of it says nothing.
  case brokenLine(path: String, line: Int, reason: String)
  /// Another server takes the acts of this lesson.
  case busy(path: String)
  /// The journal is of a lesson on other questions, or of another spec.
  case otherLesson(path: String)
}

extension ServingError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .cannotListen(let address, let reason):
      "Nobody can be served at \(address.host), port \(address.port): \(reason). Choose another with --port or --bind."
    case .journal(let path, let reason): "'\(path)' cannot be used: \(reason)."
    case .brokenLine(let path, let line, let reason): "'\(path)', line \(line): \(reason)"
    case .busy(let path): "Another 'sweep serve' keeps the lesson in '\(path)'. End it first."
    case .otherLesson(let path):
      "The lesson in '\(path)' was begun with another spec or other questions. Use another --results folder, or move that file away."
    }
  }

  /// Whether the disk is at fault and not what was asked for.
  package var isOfTheDisk: Bool {
    switch self {
    case .journal, .brokenLine: true
    case .cannotListen, .busy, .otherLesson: false
    }
  }
}
