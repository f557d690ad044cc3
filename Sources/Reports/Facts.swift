package import Experiments

/// What a report rests on, for programs to read: named facts and lists of records, in the order of writing.
package struct Facts: Sendable {
  /// Hands over one record after another; the members are the receiver's only until the next one.
  package typealias Source = @Sendable (_ take: (JSONMembers) throws -> Void) throws -> Void

  package enum Part: Sendable {
    /// A fact about the whole.
    case fact(key: String, JSON)
    /// JSON of several lines, which only documents hold.
    case tree(key: String, @Sendable () throws -> String)
    /// Records: a document lists them under the key, unless it is nil; each is a line of its kind, unless that is nil.
    case records(key: String?, kind: String?, Source)
  }

  package let parts: [Part]

  package init(_ parts: [Part] = []) {
    self.parts = parts
  }
}
