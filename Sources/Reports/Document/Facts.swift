package import Notation

/// What a report rests on, for programs to read: named facts and lists of records, in the order of writing.
package struct Facts: Sendable {
  /// Hands over one record after another; the members are the receiver's only until the next one.
  package typealias Source = @Sendable (_ take: (JSONMembers) throws -> Void) throws -> Void

  package enum Part: Sendable {
    /// A fact about the whole.
    case fact(key: String, JSON)
    /// A value on several lines, which only documents hold.
    case tree(key: String, @Sendable () -> JSON)
    /// Records: a document lists them under the key, unless it is nil; each is a line of its kind, unless that is nil.
    case records(key: String?, kind: String?, Source)
  }

  package let parts: [Part]

  package init(_ parts: [Part] = []) {
    self.parts = parts
  }
}

extension Facts {
  /// What there is of a report that rests on nothing else: its texts and tables as they are shown.
  init(title: String, sections: [Section]) {
    self.init([
      .fact(key: "title", .string(title)),
      .records(key: "sections", kind: "section") { take in
        for section in sections {
          var members = JSONMembers()
          members.append("heading", .string(section.heading))
          members.append("text", JSON(section.sentences))
          members.append("tables", .array(section.tables.map(\.json)))
          try take(members)
        }
      },
    ])
  }
}

extension Section {
  /// The running text of its paragraphs and lists, without emphasis.
  var sentences: [String] {
    blocks.flatMap(\.withoutPictures).flatMap { block in
      switch block {
      case .paragraph(let prose): [prose.text]
      case .list(let items): items.map(\.text)
      case .table, .preformatted, .plot, .figure, .disclosure: [String]()
      }
    }
  }

  fileprivate var tables: [Table] {
    blocks.flatMap(\.withoutPictures).compactMap { block in
      switch block {
      case .table(let table): table
      case .paragraph, .list, .preformatted, .plot, .figure, .disclosure: nil
      }
    }
  }
}

extension Table {
  /// One object per row, with the texts as they are shown.
  fileprivate var json: JSON {
    .array(
      rows.map { row in
        .object(
          JSONObject(
            zip(columns, row).map { JSONObject.Member(key: $0.name, value: .string($1)) }
          )
        )
      }
    )
  }
}
