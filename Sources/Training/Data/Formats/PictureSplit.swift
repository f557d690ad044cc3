import Notation

/// Which pictures are for validation where no folder and no table says so: about a fifth of each class.
package struct PictureSplit {
  /// Every so-many-th picture is.
  private static let share = 5

  /// What pictures have in common that must not be on both sides, `nil` where nothing is.
  private let groups: Regex<AnyRegexOutput>?

  /// Takes the pattern of the groups.
  ///
  /// - Throws: `TrainingError.contradiction` where it is no regular expression.
  package init(groups pattern: String?) throws {
    do {
      groups = try pattern.map { try Regex($0) }
    } catch {
      throw TrainingError.contradiction(
        "'split_by' is '\(pattern ?? "")', which is no regular expression: \(error)."
      )
    }
  }

  /// Chooses pictures.
  ///
  /// Without groups it is every fifth of each class in the order given. With groups each goes whole to the side where it
  /// brings the classes nearer to their fifths, in an order that the digest of its name gives.
  ///
  /// - Parameter pictures: File name and class of each.
  /// - Returns: Their indices, in ascending order.
  package func validation(_ pictures: [(name: String, label: Int)]) -> [Int] {
    guard let groups else {
      var seen: [Int: Int] = [:]
      return pictures.indices.filter { index in
        seen[pictures[index].label, default: 0] += 1
        return seen[pictures[index].label, default: 0] % Self.share == 0
      }
    }
    let members = Dictionary(grouping: pictures.indices) { index in
      Self.group(of: pictures[index].name, by: groups)
    }
    var missing = Dictionary(grouping: pictures, by: \.label)
      .mapValues { Double($0.count) / Double(Self.share) }
    var chosen: [Int] = []
    let order = members.keys.map { (Digest.hexadecimal(of: $0), $0) }.sorted { $0 < $1 }
    for (_, name) in order {
      let group = members[name] ?? []
      let counts = Dictionary(grouping: group) { pictures[$0].label }.mapValues(\.count)
      let gain = counts.reduce(0.0) { gain, part in
        let before = missing[part.key] ?? 0
        return gain + abs(before) - abs(before - Double(part.value))
      }
      guard gain > 0 else { continue }
      for (label, count) in counts { missing[label, default: 0] -= Double(count) }
      chosen += group
    }
    return chosen.sorted()
  }

  /// The text that pictures of one group share: what the first pair of parentheses matches, or the whole pattern; the
  /// name itself where it matches nothing.
  private static func group(of name: String, by pattern: Regex<AnyRegexOutput>) -> String {
    guard let match = try? pattern.firstMatch(in: name) else { return "name \(name)" }
    let part = match.output.count > 1 ? match.output[1].substring : nil
    return "group \(part ?? match.output[0].substring ?? "")"
  }
}
