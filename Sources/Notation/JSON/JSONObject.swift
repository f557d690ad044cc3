/// The members of a JSON object in the order in which they were written.
package struct JSONObject: Sendable, Hashable {
  /// A key and its value.
  package struct Member: Sendable, Hashable {
    package let key: String
    package var value: JSON

    package init(key: String, value: JSON) {
      self.key = key
      self.value = value
    }
  }

  package private(set) var members: [Member]

  /// Makes an object of members whose keys differ.
  package init(_ members: [Member] = []) {
    self.members = members
  }

  package var keys: [String] { members.map(\.key) }
  package var isEmpty: Bool { members.isEmpty }

  /// The value of a key; assigning nil removes it, and a new key goes to the end.
  package subscript(key: String) -> JSON? {
    get { members.first { $0.key == key }?.value }
    set {
      guard let index = members.firstIndex(where: { $0.key == key }) else {
        if let newValue { members.append(Member(key: key, value: newValue)) }
        return
      }
      if let newValue {
        members[index].value = newValue
      } else {
        members.remove(at: index)
      }
    }
  }

  /// The members with those of another object in their place or after them.
  package func merging(_ other: JSONObject) -> JSONObject {
    JSONObject(members.filter { other[$0.key] == nil } + other.members)
  }

  package static func == (left: JSONObject, right: JSONObject) -> Bool {
    left.members.count == right.members.count
      && left.members.allSatisfy { right[$0.key] == $0.value }
  }

  package func hash(into hasher: inout Hasher) {
    // A sum of the members' own hashes, because equality does not see their order.
    var sum = 0
    for member in members { sum &+= member.hashValue }
    hasher.combine(sum)
  }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
  package init(dictionaryLiteral members: (String, JSON)...) {
    self.init(members.map { Member(key: $0.0, value: $0.1) })
  }
}
