/// The tasks of an array as Slurm writes them: `7`, `3-5%3`, `6-39:3%2`, `6,12,18%2`, with or without brackets.
package struct TaskIndices: Sendable, Equatable {
  /// The most tasks that an answer is believed to have, in all of its lines.
  static let limit = 1_000_000

  package let indices: [Int]

  /// Reads a text; what is no index, such as `N/A`, names no task.
  ///
  /// - Parameters:
  ///   - text: The tasks as Slurm writes them.
  ///   - limit: The most that are believed; a part with which there were as many says nothing.
  package init(_ text: some StringProtocol, limit: Int = limit) {
    var indices: [Int] = []
    let list = Substring(text).prefix { $0 != "%" }.drop { $0 == "[" }
    for part in list.split(separator: ",") {
      let steps = part.prefix { $0 != "]" }.split(separator: ":", maxSplits: 1)
      let ends = (steps.first ?? "").split(
        separator: "-",
        maxSplits: 1,
        omittingEmptySubsequences: false
      ).map(Self.index)
      let step = steps.count == 2 ? Self.index(steps[1]) : 1
      guard let first = ends.first ?? nil, let last = ends.last ?? nil, let step, step > 0,
        first <= last, (last - first) / step < limit - indices.count
      else { continue }
      indices += stride(from: first, through: last, by: step)
    }
    self.indices = indices
  }

  /// A number below the largest that Slurm uses, which stands for none.
  private static func index(_ text: Substring) -> Int? {
    guard !text.isEmpty, text.utf8.allSatisfy({ $0 >= 48 && $0 <= 57 }), let number = Int(text),
      number < 4_000_000_000
    else { return nil }
    return number
  }
}
