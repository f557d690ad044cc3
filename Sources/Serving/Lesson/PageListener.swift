package import Classroom

/// A page that wants to be told when there is something new for it.
package struct PageListener: Sendable {
  package enum Place: String, Sendable {
    case room, screen, desk
  }

  let place: Place
  /// Whose page it is, in the room.
  let person: String?
  let tell: AsyncStream<Int>.Continuation

  package init(place: Place, person: String?, tell: AsyncStream<Int>.Continuation) {
    self.place = place
    self.person = person
    self.tell = tell
  }

  /// Whether the page looks different after a deed.
  ///
  /// A phone shows nothing of what others do: three hundred votes must not make three hundred phones look three
  /// hundred times.
  package func shows(_ deed: LessonAct.Deed) -> Bool {
    guard place == .room else { return true }
    switch deed {
    case .moved, .opened, .closed, .extended, .skipped, .restored, .started, .paused, .revealed,
      .namesDeleted, .ended:
      return true
    case .joined(let id, _), .renamed(let id, _), .removed(let id), .answered(let id, _, _, _),
      .suspected(let id, _, _):
      return id == person
    case .seated, .marked: return false
    }
  }
}
