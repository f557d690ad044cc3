package import Notation

/// One cell of a sweep's grid with one seed: what one process computes.
package struct Run: Sendable, Identifiable, Hashable {
  /// The first 16 hexadecimal digits of the digest of all that decides its result.
  package let id: String
  package let seed: Int
  /// The text of each axis' level, in the spec's order of axes.
  package let levels: [String]
  /// Fixed settings and levels together, as the trainer gets them.
  package let settings: JSONObject

  package init(id: String, seed: Int, levels: [String], settings: JSONObject) {
    self.id = id
    self.seed = seed
    self.levels = levels
    self.settings = settings
  }

  package static func == (left: Run, right: Run) -> Bool { left.id == right.id }
  package func hash(into hasher: inout Hasher) { hasher.combine(id) }
}
