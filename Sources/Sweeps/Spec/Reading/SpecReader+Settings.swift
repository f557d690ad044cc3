import Notation

extension SpecReader {
  /// Compares what is fixed for every run with what the trainer takes.
  mutating func check(_ settings: [JSONNode.Member]) {
    for member in settings where isKnown(member.key, at: member.keyPlace) {
      check(member.value, as: member.key)
    }
  }

  /// Whether the trainer has a setting of this name; a command may have any.
  mutating func isKnown(_ name: String, at place: SourcePlace) -> Bool {
    guard checksSettings, let trainer else { return true }
    guard trainer.setting(named: name) == nil else { return true }
    report(.unknownSetting(name, known: trainer.settings.map(\.name)), at: place)
    return false
  }

  /// Compares a value as it was written with what its setting may be.
  mutating func check(_ node: JSONNode, as name: String) {
    guard checksSettings, let setting = trainer?.setting(named: name) else { return }
    check(node, against: setting)
  }

  /// Compares a value that was computed, at the place of what it came from.
  mutating func check(_ value: JSON, as name: String, at place: SourcePlace) {
    check(JSONNode(value, at: place), as: name)
  }

  private mutating func check(_ node: JSONNode, against setting: Setting) {
    let value = node.value.withoutComments
    let subject = "'\(setting.name)'"
    if case .unreadable = node.content { return }
    if case .object = node.content,
      let form = setting.objectForm(with: node.value.withoutComments.object?.keys ?? [])
    {
      checkMembers(node, of: form, subject)
      return
    }
    guard let form = setting.forms.first(where: { $0.accepts(value) }) else {
      let words = setting.forms.flatMap(\.choices)
      mismatch(subject, node, expected: setting.expectation, among: words)
      return
    }
    if case .path = form, case .string(let name) = value,
      !exists(name)
    {
      report(.missingInput(name), at: node.place)
    }
  }

  private mutating func checkMembers(_ node: JSONNode, of form: Setting.Form, _ subject: String) {
    guard let settings = form.members else { return }
    let members = node.members.filter { !$0.isComment }
    for member in members {
      if let setting = settings.first(where: { $0.name == member.key }) {
        check(member.value, against: setting)
      } else {
        report(
          .unknownKey(member.key, of: subject, known: settings.map(\.name)),
          at: member.keyPlace
        )
      }
    }
    if case .variant = form, members.count != 1 {
      let names = settings.map(\.name).alternatives
      mismatch(subject, node, expected: "an object with one key, \(names)")
    }
  }
}

extension JSONNode {
  /// A value all of whose parts are said to stand at one place.
  init(_ value: JSON, at place: SourcePlace) {
    let content: Content
    switch value {
    case .null: content = .null
    case .boolean(let truth): content = .boolean(truth)
    case .number(let number): content = .number(number)
    case .string(let text): content = .string(text)
    case .array(let elements): content = .array(elements.map { JSONNode($0, at: place) })
    case .object(let object):
      content = .object(
        object.members.map {
          Member(key: $0.key, keyPlace: place, value: JSONNode($0.value, at: place))
        }
      )
    }
    self.init(content: content, place: place)
  }
}
