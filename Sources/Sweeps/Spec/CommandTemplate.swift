/// A program and its arguments with placeholders for the values of a run.
///
/// `{learning_rate}` is the setting as written in the spec; `{seed}`, `{run}`, `{run_dir}`,
/// `{settings_file}`, `{slot}` and `{device}` are the run's own; `{{` and `}}` are literal braces.
package struct CommandTemplate: Sendable, Equatable {
  /// What is wrong with a template.
  package enum Fault: Error, Sendable, Equatable {
    /// An argument, by its index in the command, has a brace without its partner.
    case unpairedBrace(argument: Int)
    case unknownPlaceholder(String, argument: Int)
  }

  /// The names that do not come from the settings.
  package static let ownNames = ["seed", "run", "run_dir", "settings_file"] + slotNames
  /// Those that a program knows before it is given a run.
  package static let slotNames = ["slot", "device"]

  private enum Part: Sendable, Equatable {
    case text(String)
    case placeholder(String)
  }

  private let arguments: [[Part]]

  /// Reads a command.
  ///
  /// - Parameters:
  ///   - command: The program and its arguments.
  ///   - settings: The names that may stand in braces beside the run's own; nil allows any.
  ///   - ownNames: Those of the run's own that may.
  /// - Throws: The first ``Fault``.
  package init(
    _ command: [String],
    settings: Set<String>? = nil,
    ownNames: [String] = CommandTemplate.ownNames
  ) throws(Fault) {
    var arguments: [[Part]] = []
    for (index, argument) in command.enumerated() {
      let parts = try Self.parts(of: argument, index)
      for case .placeholder(let name) in parts {
        if let settings, !settings.contains(name), !ownNames.contains(name) {
          throw .unknownPlaceholder(name, argument: index)
        }
      }
      arguments.append(parts)
    }
    self.arguments = arguments
  }

  /// Fills the placeholders.
  ///
  /// - Parameter value: Gives the text of a name; where it gives nil the placeholder becomes empty.
  /// - Returns: The program and its arguments.
  package func filled(_ value: (String) -> String?) -> [String] {
    arguments.map { parts in
      parts.map { part in
        switch part {
        case .text(let text): text
        case .placeholder(let name): value(name) ?? ""
        }
      }.joined()
    }
  }

  /// The words of a command that say nothing of some settings.
  ///
  /// A word with a placeholder of one of them goes, and with a word that is the placeholder alone the flag before it:
  /// `--momentum {momentum}`, `--momentum={momentum}` and `momentum={momentum}` leave nothing.
  ///
  /// - Parameters:
  ///   - command: A command whose braces are paired.
  ///   - names: The settings.
  /// - Returns: The other words, in their order.
  static func words(of command: [String], without names: Set<String>) -> [String] {
    var words: [String] = []
    for word in command {
      let parts = (try? parts(of: word, 0)) ?? []
      let isAbout = parts.contains { part in
        if case .placeholder(let name) = part { names.contains(name) } else { false }
      }
      guard isAbout else {
        words.append(word)
        continue
      }
      if parts.count == 1, let flag = words.last, flag.hasPrefix("-"), !flag.contains("{") {
        words.removeLast()
      }
    }
    return words
  }

  /// The settings that a command is filled with.
  static func names(in command: [String]) -> Set<String> {
    var names: Set<String> = []
    for word in command {
      for case .placeholder(let name) in (try? parts(of: word, 0)) ?? [] { names.insert(name) }
    }
    return names
  }

  private static func parts(of argument: String, _ index: Int) throws(Fault) -> [Part] {
    var parts: [Part] = []
    var text = ""
    var rest = Substring(argument)
    while let first = rest.popFirst() {
      switch (first, rest.first) {
      case ("{", "{"), ("}", "}"):
        rest.removeFirst()
        text.append(first)
      case ("{", _):
        guard let end = rest.firstIndex(of: "}") else { throw .unpairedBrace(argument: index) }
        if !text.isEmpty { parts.append(.text(text)) }
        text = ""
        parts.append(.placeholder(String(rest[..<end])))
        rest = rest[rest.index(after: end)...]
      case ("}", _): throw .unpairedBrace(argument: index)
      case (_, _): text.append(first)
      }
    }
    if !text.isEmpty { parts.append(.text(text)) }
    return parts
  }
}
