/// Durations in ascending order, of which a million may come one after another.
package struct SortedDurations: Sendable {
  /// A median of fewer says too little to end a run by it.
  static let least = 3
  /// In one array an insertion would move all that are longer, and a sweep's time would grow with the square of its runs.
  private static let blockLength = 512

  /// Ascending within and among each other; none is empty.
  private var blocks: [[Double]]
  private var count: Int

  package init(_ seconds: [Double]) {
    let sorted = seconds.sorted()
    count = sorted.count
    blocks = stride(from: 0, to: sorted.count, by: Self.blockLength).map { start in
      Array(sorted[start..<min(start + Self.blockLength, sorted.count)])
    }
  }

  package mutating func insert(_ value: Double) {
    count += 1
    guard !blocks.isEmpty else {
      blocks = [[value]]
      return
    }
    let block = Self.first(in: 0..<blocks.count - 1) { value <= blocks[$0][blocks[$0].count - 1] }
    let place = Self.first(in: 0..<blocks[block].count) { value <= blocks[block][$0] }
    blocks[block].insert(value, at: place)
    guard blocks[block].count > 2 * Self.blockLength else { return }
    let rest = Array(blocks[block][Self.blockLength...])
    blocks[block].removeLast(rest.count)
    blocks.insert(rest, at: block + 1)
  }

  /// The first place for which something holds that holds for all after it; the end where it holds for none.
  private static func first(in range: Range<Int>, where holds: (Int) -> Bool) -> Int {
    var low = range.lowerBound
    var high = range.upperBound
    while low < high {
      let middle = (low + high) / 2
      if holds(middle) { high = middle } else { low = middle + 1 }
    }
    return low
  }

  /// The middle duration in seconds; nil while there are too few.
  var median: Double? { count >= Self.least ? middle : nil }

  /// The middle duration of however few; nil where there is none.
  package var middle: Double? {
    guard count > 0 else { return nil }
    let middle = count / 2
    return count.isMultiple(of: 2)
      ? (element(middle - 1) + element(middle)) / 2 : element(middle)
  }

  private func element(_ place: Int) -> Double {
    var place = place
    for block in blocks {
      if place < block.count { return block[place] }
      place -= block.count
    }
    preconditionFailure("a place beyond the last duration")
  }
}
