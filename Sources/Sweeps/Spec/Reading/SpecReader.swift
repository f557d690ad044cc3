import Notation

/// Understands the merged JSON of a spec, and notes every fault on the way.
struct SpecReader {
  /// What every table of runs has as columns of its own.
  static let reservedNames = ["run", "status", "attempt", "seed", "started", "duration"]

  /// nil where a command replaces the built-in trainer.
  let trainer: Trainer?
  /// The folder to which paths are relative.
  let directory: String
  /// Nil for what a store kept: another version of the trainer may have known other settings, and files come and go.
  private let files: (any SpecFiles)?
  /// False for files in which other tools may have keys of their own; they are warned of.
  let refusesUnknownKeys: Bool
  private(set) var faults: [SpecFault] = []
  private(set) var warnings: [String] = []

  init(
    trainer: Trainer?,
    directory: String,
    files: (any SpecFiles)?,
    refusesUnknownKeys: Bool = true
  ) {
    self.trainer = trainer
    self.directory = directory
    self.files = files
    self.refusesUnknownKeys = refusesUnknownKeys
  }

  /// Whether settings and files are compared with what there is.
  var checksSettings: Bool { files != nil }

  /// Whether a path of the spec leads to something.
  func exists(_ path: String) -> Bool {
    files?.exists(SpecPath.absolute(path, in: directory)) ?? true
  }

  mutating func report(_ error: SpecError, at place: SourcePlace?) {
    faults.append(SpecFault(error: error, place: place))
  }

  mutating func mismatch(
    _ subject: String,
    _ node: JSONNode,
    expected: String,
    among words: [String] = []
  ) {
    // What could not be read has its fault already.
    guard node.isReadable else { return }
    var nearest: String?
    if case .string(let text) = node.content {
      nearest = Suggestion.nearest(to: text, among: words)
    }
    report(
      .mismatch(subject: subject, found: node.kind, expected: expected, nearest: nearest),
      at: node.place
    )
  }

  /// The members of an object that are no comments; reports any other kind.
  mutating func members(of node: JSONNode, _ subject: String) -> [JSONNode.Member]? {
    guard case .object = node.content else {
      mismatch(subject, node, expected: "an object")
      return nil
    }
    return node.members.filter { !$0.isComment }
  }

  /// Reads an object by its grammar: reports unknown and missing keys and values of another form.
  ///
  /// - Returns: What has its form.
  mutating func entry(_ node: JSONNode, _ grammar: Grammar, _ owner: String) -> Entry {
    var entry = Entry(node: node)
    guard let members = members(of: node, owner) else { return entry }
    var written: Set<String> = []
    for member in members {
      guard let field = grammar.field(member.key) else {
        unknown(member, of: owner, known: grammar.keys)
        continue
      }
      written.insert(member.key)
      let subject = grammar.subject(field.key, of: owner)
      entry.values[field.key] = checked(member.value, field, subject)
    }
    for field in grammar.fields where field.isRequired && !written.contains(field.key) {
      missing(field.key, of: owner, node)
    }
    return entry
  }

  private mutating func unknown(_ member: JSONNode.Member, of owner: String, known: [String]) {
    guard !refusesUnknownKeys else {
      return report(.unknownKey(member.key, of: owner, known: known), at: member.keyPlace)
    }
    let hint = Suggestion.nearest(to: member.key, among: known).map { " Did you mean '\($0)'?" }
    warnings.append("The key '\(member.key)' of \(owner) means nothing here.\(hint ?? "")")
  }

  /// Reports a key that an object cannot do without.
  mutating func missing(_ key: String, of owner: String, _ node: JSONNode) {
    guard case .object = node.content else { return }
    let start = node.place.range.lowerBound
    report(
      .missingKey(key, of: owner),
      at: SourcePlace(source: node.place.source, range: start..<start + 1)
    )
  }

  /// The value without the elements that are not of their form; nil where it is not of its own.
  private mutating func checked(
    _ node: JSONNode,
    _ field: Field,
    _ subject: String
  ) -> JSONNode? {
    guard field.form.accepts(node) else {
      mismatch(subject, node, expected: field.expectation, among: field.form.words)
      return nil
    }
    guard case .list(let form, _, _, _) = field.form, case .array(let elements) = node.content,
      !form.isAny
    else { return node }
    let element = Field("", form)
    return JSONNode(
      content: .array(elements.compactMap { checked($0, element, "An entry of \(subject)") }),
      place: node.place
    )
  }
}

/// An object that was read by its grammar: the values that have their forms, by their keys.
struct Entry {
  let node: JSONNode
  fileprivate(set) var values: [String: JSONNode] = [:]

  subscript(key: String) -> JSONNode? { values[key] }

  func text(_ key: String) -> String? { values[key]?.value.string }
  func number(_ key: String) -> Double? { values[key]?.value.double }
  func integer(_ key: String) -> Int? { values[key]?.value.integer }
  func boolean(_ key: String) -> Bool? {
    if case .boolean(let truth)? = values[key]?.content { truth } else { nil }
  }

  func word<Word: RawRepresentable<String>>(_ key: String, _ type: Word.Type) -> Word? {
    text(key).flatMap(Word.init)
  }

  func elements(_ key: String) -> [JSONNode] {
    if case .array(let elements)? = values[key]?.content { elements } else { [] }
  }

  func texts(_ key: String) -> [String] { elements(key).compactMap(\.value.string) }

  /// The members of an object that are no comments.
  func members(_ key: String) -> [JSONNode.Member] {
    values[key]?.members.filter { !$0.isComment } ?? []
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
