/// The little that pages do by themselves, `/live.js`: they follow the lesson without being loaded again.
package enum LiveScript {
  package static let text = ""
}
