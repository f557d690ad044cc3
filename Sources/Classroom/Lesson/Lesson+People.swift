extension Lesson {
  /// Somebody who is or was in the room.
  package func person(_ id: String) -> Person? { indices[id].map { people[$0] } }

  /// Those who count: nobody who was removed.
  package var present: [Person] { people.filter { !$0.isRemoved } }

  /// Somebody who may act.
  func participant(_ id: String) throws(LessonRefusal) -> Person {
    guard let person = person(id) else { throw .notJoined }
    guard !person.isRemoved else { throw .removed }
    return person
  }

  mutating func join(_ id: String, name: String?) throws(LessonRefusal) -> Bool {
    if let known = person(id) {
      // A second tab, or the same form twice.
      guard !known.isRemoved else { throw .removed }
      return false
    }
    guard people.count < Self.peopleLimit else { throw .roomIsFull(limit: Self.peopleLimit) }
    let pseudonym = Pseudonym.name(for: id, taken: Set(people.map(\.pseudonym)))
    indices[id] = people.count
    people.append(
      Person(
        id: id,
        pseudonym: pseudonym,
        name: areNamesDeleted ? pseudonym : name ?? pseudonym
      )
    )
    return true
  }

  mutating func rename(_ id: String, _ name: String) throws(LessonRefusal) -> Bool {
    guard !name.isEmpty else { throw .emptyName }
    _ = try participant(id)
    let isKept = !areNamesDeleted
    return change(id) { $0.name = isKept ? name : $0.pseudonym }
  }

  mutating func remove(_ id: String) throws(LessonRefusal) -> Bool {
    guard person(id) != nil else { throw .unknownPerson }
    return change(id) { $0.isRemoved = true }
  }

  /// Calls everybody by the name that nobody chose.
  mutating func deleteNames() -> Bool {
    guard !areNamesDeleted else { return false }
    areNamesDeleted = true
    for index in people.indices { people[index].name = people[index].pseudonym }
    return true
  }

  /// Changes somebody.
  ///
  /// - Returns: Whether it made a difference.
  private mutating func change(_ id: String, _ body: (inout Person) -> Void) -> Bool {
    guard let index = indices[id] else { return false }
    let before = people[index]
    body(&people[index])
    return people[index] != before
  }
}
