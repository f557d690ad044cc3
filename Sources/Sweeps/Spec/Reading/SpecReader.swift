import Notation

/// Understands the merged JSON of a spec, and notes every fault on the way.
struct SpecReader {
  static let topLevelKeys = [
    "name", "question", "extends", "settings", "axes", "seeds", "exclude", "include", "when",
    "sample", "command", "inputs", "results", "limits", "metrics", "questions", "textbook",
  ]

  /// What every table of runs has as columns of its own.
  static let reservedNames = ["run", "status", "attempt", "seed", "started", "duration"]

  /// nil where a command replaces the built-in trainer.
  let trainer: Trainer?
  /// The folder to which paths are relative.
  let directory: String
  /// False for what a store kept: another version of the trainer may have known other settings.
  let checksSettings: Bool
  private(set) var faults: [SpecFault] = []

  init(trainer: Trainer?, directory: String, checksSettings: Bool) {
    self.trainer = trainer
    self.directory = directory
    self.checksSettings = checksSettings
  }

  mutating func report(_ error: SpecError, at place: SourcePlace?) {
    faults.append(SpecFault(error: error, place: place))
  }

  mutating func mismatch(_ subject: String, _ node: JSONNode, expected: String) {
    // What could not be read has its fault already.
    if case .unreadable = node.content { return }
    report(.mismatch(subject: subject, found: node.kind, expected: expected), at: node.place)
  }

  // MARK: Values of a kind

  /// The members of an object that are no comments, once those with unknown keys are reported.
  mutating func fields(
    of node: JSONNode,
    _ subject: String,
    known: [String]
  ) -> [String: JSONNode] {
    guard let members = members(of: node, subject) else { return [:] }
    var fields: [String: JSONNode] = [:]
    for member in members {
      if known.contains(member.key) {
        fields[member.key] = member.value
      } else {
        report(.unknownKey(member.key, of: subject, known: known), at: member.keyPlace)
      }
    }
    return fields
  }

  /// The members of an object that are no comments; reports any other kind.
  mutating func members(of node: JSONNode, _ subject: String) -> [JSONNode.Member]? {
    guard case .object(let members) = node.content else {
      mismatch(subject, node, expected: "an object")
      return nil
    }
    return members.filter { !$0.isComment }
  }

  mutating func elements(
    of node: JSONNode?,
    _ subject: String,
    of kind: String = "objects"
  ) -> [JSONNode] {
    guard let node else { return [] }
    guard case .array(let elements) = node.content else {
      mismatch(subject, node, expected: "a list of \(kind)")
      return []
    }
    return elements
  }

  mutating func text(_ node: JSONNode?, _ subject: String, expected: String = "a text") -> String? {
    guard let node else { return nil }
    guard case .string(let text) = node.content else {
      mismatch(subject, node, expected: expected)
      return nil
    }
    return text
  }

  mutating func number(_ node: JSONNode?, _ subject: String, expected: String = "a number")
    -> Double?
  {
    guard let node else { return nil }
    guard case .number(let number) = node.content else {
      mismatch(subject, node, expected: expected)
      return nil
    }
    return number.value
  }

  mutating func integer(
    _ node: JSONNode?,
    _ subject: String,
    in range: ClosedRange<Int>,
    expected: String
  ) -> Int? {
    guard let node else { return nil }
    guard case .number(let number) = node.content, let integer = number.integer,
      range.contains(integer)
    else {
      mismatch(subject, node, expected: expected)
      return nil
    }
    return integer
  }

  mutating func boolean(_ node: JSONNode?, _ subject: String) -> Bool? {
    guard let node else { return nil }
    guard case .boolean(let truth) = node.content else {
      mismatch(subject, node, expected: "true or false")
      return nil
    }
    return truth
  }

  /// One of the words of a closed set.
  mutating func word<Word: RawRepresentable<String> & CaseIterable>(
    _ node: JSONNode?,
    _ subject: String,
    _ type: Word.Type
  ) -> Word? {
    guard let node else { return nil }
    if case .string(let text) = node.content, let word = Word(rawValue: text) { return word }
    let words = Word.allCases.map(\.rawValue)
    if case .unreadable = node.content { return nil }
    var nearest: String?
    if case .string(let text) = node.content {
      nearest = Suggestion.nearest(to: text, among: words)
    }
    report(
      .mismatch(
        subject: subject,
        found: node.kind,
        expected: words.alternatives,
        nearest: nearest
      ),
      at: node.place
    )
    return nil
  }

  /// The field of an object that cannot do without it.
  mutating func required(
    _ key: String,
    in fields: [String: JSONNode],
    _ subject: String,
    of node: JSONNode
  ) -> JSONNode? {
    if let field = fields[key] { return field }
    guard case .object = node.content else { return nil }
    let start = node.place.range.lowerBound
    report(
      .missingKey(key, of: subject),
      at: SourcePlace(source: node.place.source, range: start..<start + 1)
    )
    return nil
  }
}

extension [String] {
  /// 'a', 'b' or 'c'.
  var alternatives: String {
    let quoted = map { "'\($0)'" }
    guard let last = quoted.last, quoted.count > 1 else { return quoted.first ?? "" }
    return quoted.dropLast().joined(separator: ", ") + " or " + last
  }
}
