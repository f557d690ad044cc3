/// A JSON value that knows where each of its parts was written.
package struct JSONNode: Sendable {
  package enum Content: Sendable {
    case null
    case boolean(Bool)
    case number(JSONNumber)
    case string(String)
    case array([JSONNode])
    case object([Member])
    /// Text that could not be read; its fault is already reported.
    case unreadable
  }

  /// A key with its place, and its value.
  package struct Member: Sendable {
    package let key: String
    package let keyPlace: SourcePlace
    package var value: JSONNode

    package init(key: String, keyPlace: SourcePlace, value: JSONNode) {
      self.key = key
      self.keyPlace = keyPlace
      self.value = value
    }

    /// Whether the key says that this is a comment.
    package var isComment: Bool { key.hasPrefix("$") }
  }

  package var content: Content
  package let place: SourcePlace

  package init(content: Content, place: SourcePlace) {
    self.content = content
    self.place = place
  }

  /// The value alone; what could not be read is null.
  package var value: JSON {
    switch content {
    case .null, .unreadable: .null
    case .boolean(let truth): .boolean(truth)
    case .number(let number): .number(number)
    case .string(let text): .string(text)
    case .array(let elements): .array(elements.map(\.value))
    case .object(let members):
      .object(JSONObject(members.map { JSONObject.Member(key: $0.key, value: $0.value.value) }))
    }
  }

  /// Whether the text could be read as a value.
  package var isReadable: Bool {
    if case .unreadable = content { false } else { true }
  }

  /// The members of an object, or none.
  package var members: [Member] {
    guard case .object(let members) = content else { return [] }
    return members
  }

  /// The member of an object with this key, or nil.
  package func member(_ key: String) -> Member? {
    members.first { $0.key == key }
  }

  /// The kind of the value in words that complete 'is ...'.
  package var kind: String {
    switch content {
    case .null: "null"
    case .boolean(let truth): truth ? "true" : "false"
    case .number(let number): "the number \(number.text)"
    case .string(let text): text.count > 40 ? "a text" : "the text '\(text)'"
    case .array: "a list"
    case .object: "an object"
    case .unreadable: "unreadable"
    }
  }
}
