package import Foundation
package import Storage

/// What people have said of a sweep or a run.
package struct Labels: Sendable, Equatable {
  /// Whose they are: the name of a sweep, or `run ID of SWEEP`.
  package let owner: String
  package let tags: [String]
  /// Oldest first.
  package let notes: [WrittenNote]
}

extension Laboratory {
  /// What was said of a sweep or a run.
  ///
  /// - Parameters:
  ///   - text: The name of a sweep or the beginning of it, else the id of a run or the beginning of it.
  ///   - name: The sweep that a run is of; then only runs are meant. nil where only one has it.
  /// - Returns: Its tags and notes.
  /// - Throws: `StoreError`, or ``LaboratoryError/nothingToLabel(_:)``.
  package func labels(of text: String, in name: String? = nil) throws -> Labels {
    try reading { try labels(of: try owner(text, in: name, $0), in: $0) }
  }

  /// Gives tags to a sweep or a run, or takes them away.
  ///
  /// - Parameters:
  ///   - text: As in ``labels(of:in:)``.
  ///   - name: As there.
  ///   - tags: Words; those that are there already stay once.
  ///   - removing: Whether they are taken away.
  /// - Returns: What is said of it then.
  /// - Throws: `StoreError`, or a ``LaboratoryError``.
  package func tag(
    _ text: String,
    in name: String? = nil,
    with tags: [String],
    removing: Bool
  ) throws -> Labels {
    for tag in tags where !Tag.isName(tag) { throw LaboratoryError.badTag(tag) }
    let labelled = try reading { try owner(text, in: name, $0) }
    return try writing { store in
      try store.tag(labelled, with: tags, removing: removing)
      return try labels(of: labelled, in: store)
    }
  }

  /// Writes something down about a sweep or a run.
  ///
  /// - Parameters:
  ///   - note: Any text that is not empty.
  ///   - text: As in ``labels(of:in:)``.
  ///   - name: As there.
  ///   - date: The moment that stands with it.
  /// - Returns: What is said of it then.
  /// - Throws: `StoreError`, or a ``LaboratoryError``.
  package func note(
    _ note: String,
    of text: String,
    in name: String? = nil,
    at date: Date
  ) throws -> Labels {
    let labelled = try reading { try owner(text, in: name, $0) }
    return try writing { store in
      try store.note(note, of: labelled, at: date)
      return try labels(of: labelled, in: store)
    }
  }

  private func labels(of labelled: Labelled, in store: Store) throws -> Labels {
    let owner =
      switch labelled {
      case .sweep(let sweep): sweep.name
      case .run(let id, let sweep): "run \(id) of \(sweep.name)"
      }
    return Labels(
      owner: owner,
      tags: try store.tags(of: labelled),
      notes: try store.notes(of: labelled)
    )
  }

  private func owner(_ text: String, in name: String?, _ store: Store) throws -> Labelled {
    if name == nil {
      do {
        return .sweep(try store.sweep(matching: text))
      } catch StoreError.unknownSweep {
        // Then it is a run.
      }
    }
    do {
      let (id, sweep) = try store.run(matching: text, of: name)
      return .run(id, sweep)
    } catch StoreError.unknownRun where name == nil {
      throw LaboratoryError.nothingToLabel(text)
    }
  }
}
