package import Statistics

/// Something that happened in a lesson, with the time of it: all that a lesson is made of.
package struct LessonAct: Sendable, Equatable {
  /// Milliseconds since 1970, by the clock of whoever wrote it down.
  package let milliseconds: Int
  package let deed: Deed

  package init(_ deed: Deed, at milliseconds: Int) {
    self.deed = deed
    self.milliseconds = milliseconds
  }

  /// What was done; people are named by their ids.
  package enum Deed: Sendable, Equatable {
    /// Comes in; nil for the name that is given.
    case joined(String, name: String?)
    case renamed(String, name: String)
    case removed(String)
    /// A seat is added that the desk answers for.
    case seated(String, name: String?)
    /// The nonce is of the form that was sent, so that the same one counts once.
    case answered(String, Ballot.ID, Vote, nonce: String)
    case moved(LessonStep)
    /// Votes are taken; for so many seconds, or until they are closed.
    case opened(Ballot.ID, seconds: Int?)
    case closed(Ballot.ID)
    /// Half a minute more.
    case extended(Ballot.ID)
    case skipped(String)
    case restored(String)
    case marked(Reason.ID, Reason.Standing)
    /// The runs are begun, or gone on with.
    case started
    case paused
    /// What came out of a question may be shown; nil for a question that is not settled.
    case revealed(String, outcome: Direction?)
    /// Which premise a person thinks failed, by its key.
    case suspected(String, question: String, candidate: String)
    case namesDeleted
    case ended
  }

  /// Who may do a deed.
  package enum Actor: Sendable, Equatable {
    case person(String)
    case desk
  }

  /// The act without what a person typed as a name, for a journal whose names are deleted; nil for a change of name.
  package var withoutNames: LessonAct? {
    switch deed {
    case .joined(let person, _): LessonAct(.joined(person, name: nil), at: milliseconds)
    case .seated(let person, _): LessonAct(.seated(person, name: nil), at: milliseconds)
    case .renamed: nil
    case .removed, .answered, .moved, .opened, .closed, .extended, .skipped, .restored, .marked,
      .started, .paused, .revealed, .suspected, .namesDeleted, .ended:
      self
    }
  }
}

extension LessonAct.Deed {
  /// Why somebody may not do this; nil where it is allowed.
  ///
  /// A person may do only what concerns that person, and the desk answers for seats alone.
  package func refusal(for actor: LessonAct.Actor) -> LessonRefusal? {
    switch self {
    case .joined(let person, _), .suspected(let person, _, _):
      actor == .person(person) ? nil : .deskOnly
    case .renamed(let person, _): actor == .person(person) || actor == .desk ? nil : .deskOnly
    case .answered(let person, _, _, _):
      if actor == .desk {
        person.hasPrefix(Person.seatPrefix) ? nil : .notASeat
      } else {
        actor == .person(person) ? nil : .deskOnly
      }
    case .removed, .seated, .moved, .opened, .closed, .extended, .skipped, .restored, .marked,
      .started, .paused, .revealed, .namesDeleted, .ended:
      actor == .desk ? nil : .deskOnly
    }
  }
}
