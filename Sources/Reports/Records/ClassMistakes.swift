import Notation
package import Sweeps

/// What a run took for what, and its most confident mistakes, as the trainer left them with the results.
package struct ClassMistakes: Sendable {
  /// One validation image that was answered wrong.
  package struct Mistake: Sendable {
    /// Its index in the validation set.
    package let image: Int
    package let label: String
    package let answer: String
    /// From 0 to 1.
    package let confidence: Double
  }

  package let classes: [String]
  /// Images by their label, then by their answer.
  let counts: [[Int]]
  /// The surest first.
  package let mistakes: [Mistake]

  private static let countsKey = "confusion"
  private static let mistakesKey = "mistakes"
  /// More of anything is no count of images.
  private static let most = 1 << 40

  /// Reads them.
  ///
  /// - Returns: nil where the run tells nothing, or nothing that holds together: any program may print these texts.
  package init?(_ record: Record) {
    func read(_ key: String) -> JSON? {
      record.measurements.texts[key].flatMap { JSON(line: Array($0.utf8)) }
    }
    guard let table = read(Self.countsKey)?.object, let names = table["classes"]?.list,
      let rows = table["counts"]?.list, rows.count == names.count
    else { return nil }
    let classes = names.compactMap(\.string)
    let counts = rows.map { $0.list?.compactMap(\.integer) ?? [] }
    guard classes.count == names.count, counts.allSatisfy({ $0.count == classes.count }),
      counts.allSatisfy({ $0.allSatisfy { 0...Self.most ~= $0 } })
    else { return nil }
    self.classes = classes
    self.counts = counts
    mistakes = (read(Self.mistakesKey)?.list ?? []).compactMap { entry in
      guard let parts = entry.list, parts.count == 4, let image = parts[0].integer,
        let label = parts[1].integer, let answer = parts[2].integer,
        let confidence = parts[3].double, classes.indices ~= label, classes.indices ~= answer,
        image >= 0
      else { return nil }
      return Mistake(
        image: image,
        label: classes[label],
        answer: classes[answer],
        confidence: confidence
      )
    }
  }

  /// The share of a label's images that got an answer, nil where there are none of it.
  func share(_ label: Int, _ answer: Int) -> Double? {
    let total = counts[label].reduce(0, +)
    return total > 0 ? Double(counts[label][answer]) / Double(total) : nil
  }
}

extension JSON {
  fileprivate var list: [JSON]? {
    if case .array(let elements) = self { elements } else { nil }
  }
}
