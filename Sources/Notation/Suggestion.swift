/// The name that a person probably meant.
package enum Suggestion {
  /// The nearest of some names, or nil where none is near enough to be a slip of the pen.
  ///
  /// Near enough is a third of the letters, at least one; or the first letters of its words; or a name that contains the
  /// word or lies in it.
  package static func nearest(to word: String, among names: [String]) -> String? {
    let folded = fold(word)
    var best: (name: String, distance: Int)?
    for name in names {
      let distance = fold(name) == folded ? 0 : editDistance(Array(folded), Array(fold(name)))
      if distance < best?.distance ?? .max { best = (name, distance) }
    }
    if let best, best.distance <= max(1, word.count / 3) { return best.name }
    if let name = names.first(where: { initials($0) == folded }) { return name }
    guard word.count >= 3 else { return nil }
    return names.first { fold($0).contains(folded) || $0.count >= 3 && folded.contains(fold($0)) }
  }

  /// The first letters of a name's words, by which people call 'learning_rate' 'lr'; nil for one word.
  private static func initials(_ name: String) -> String? {
    let words = name.split(separator: "_")
    return words.count > 1 ? String(words.compactMap(\.first)) : nil
  }

  /// Letters alone, so that 'learningRate', 'learning-rate' and 'learning_rate' are the same word.
  private static func fold(_ name: String) -> String {
    name.lowercased().filter { $0 != "_" && $0 != "-" && $0 != " " }
  }

  /// The least number of letters to insert, remove, replace or exchange with their neighbour.
  ///
  /// Reference: Damerau (1964), Communications of the ACM 7(3), in the optimal-alignment form.
  private static func editDistance(_ left: [Character], _ right: [Character]) -> Int {
    var rows = [Array(0...right.count)]
    for i in 1..<max(left.count + 1, 1) {
      var row = [i] + Array(repeating: 0, count: right.count)
      for j in 1..<max(right.count + 1, 1) {
        let isSame = left[i - 1] == right[j - 1]
        row[j] = min(
          rows[i - 1][j] + 1,
          row[j - 1] + 1,
          rows[i - 1][j - 1] + (isSame ? 0 : 1)
        )
        if i > 1, j > 1, left[i - 1] == right[j - 2], left[i - 2] == right[j - 1] {
          row[j] = min(row[j], rows[i - 2][j - 2] + 1)
        }
      }
      rows.append(row)
    }
    return rows[left.count][right.count]
  }
}
