/// What differs between a report that was written and the same report made anew from the database.
///
/// Lines are compared in their order. Where one was added or taken away, the lines around it still find each
/// other. Ends of lines and a mark at the beginning of the file are not compared, but they are told of.
package struct Verification: Sendable, Equatable {
  /// One difference, in the order of the file; lines are counted from 1.
  package enum Difference: Sendable, Equatable {
    /// The same words with another number among them; `context` is what stands around it.
    case number(line: Int, written: String, computed: String, context: String)
    /// Other words, whatever the numbers.
    case words(line: Int, written: String, computed: String)
    /// A line of the file that the report does not have.
    case extra(line: Int, written: String)
    /// A line of the report that the file does not have, after a line of the file.
    case missing(after: Int, computed: String)
  }

  package let differences: [Difference]
  /// What was not compared, in sentences.
  package let notes: [String]

  /// The result for a file that is the report, byte for byte.
  package static let identical = Verification([], against: [])

  /// Makes a report again and compares.
  ///
  /// - Parameters:
  ///   - written: The file.
  ///   - report: What the database gives.
  ///   - format: The format of both.
  ///   - destination: Takes the text as the file took it.
  /// - Throws: What writing the report throws.
  package init(
    of written: WrittenReport,
    against report: any Report,
    _ format: any ReportFormat.Type,
    _ destination: (@escaping (String) throws -> Void) -> Destination
  ) throws {
    let check = EqualityCheck(written.bytes)
    try format.write(report, to: destination { check.compare($0) })
    if check.isEqual {
      self = .identical
      return
    }
    var computed: [UInt8] = []
    try format.write(report, to: destination { computed += $0.utf8 })
    self.init(written.bytes, against: computed)
  }

  /// - Parameters:
  ///   - written: The bytes of the file.
  ///   - computed: The report as the database gives it.
  package init(_ written: [UInt8], against computed: [UInt8]) {
    let file = WrittenLines(written)
    let report = WrittenLines(computed)
    var notes: [String] = []
    if file.hasMark {
      notes.append("The file begins with a byte-order mark, which was not compared.")
    }
    if file.ends != report.ends {
      notes.append(
        "The ends of its lines are not those the program writes; they were not compared."
      )
    }
    self.notes = notes
    differences =
      LineAlignment(file.lines, report.lines).pairs.flatMap(Self.differences)
  }

  private static func differences(_ pair: LineAlignment.Pair) -> [Difference] {
    func text(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }
    guard let written = pair.written else {
      return pair.computed.map { [.missing(after: pair.place, computed: text($0))] } ?? []
    }
    let line = pair.place + 1
    guard let computed = pair.computed else { return [.extra(line: line, written: text(written))] }
    let one = WrittenNumbers(in: written)
    let two = WrittenNumbers(in: computed)
    let numbers =
      one.words == two.words
      ? zip(one.ranges, two.ranges).filter { !written[$0].elementsEqual(computed[$1]) } : []
    // Columns of other widths, or a picture that moved, are words too: they are what the line shows.
    guard !numbers.isEmpty else {
      return [.words(line: line, written: text(written), computed: text(computed))]
    }
    return numbers.map { place, other in
      .number(
        line: line,
        written: text(written[place]),
        computed: text(computed[other]),
        context: one.context(of: place)
      )
    }
  }
}

/// The lines of a file, whatever ends them.
private struct WrittenLines {
  let lines: [ArraySlice<UInt8>]
  /// The kinds of line ends: `\n`, `\r\n` and `\r`.
  let ends: Set<[UInt8]>
  let hasMark: Bool

  init(_ bytes: [UInt8]) {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    hasMark = bytes.starts(with: mark)
    var lines: [ArraySlice<UInt8>] = []
    var ends: Set<[UInt8]> = []
    var start = hasMark ? mark.count : 0
    var place = start
    while place < bytes.count {
      let byte = bytes[place]
      guard byte == 0x0A || byte == 0x0D else {
        place += 1
        continue
      }
      let isPair = byte == 0x0D && place + 1 < bytes.count && bytes[place + 1] == 0x0A
      ends.insert(isPair ? [0x0D, 0x0A] : [byte])
      lines.append(bytes[start..<place])
      place += isPair ? 2 : 1
      start = place
    }
    // What stands behind the last end is a line only where there is something.
    if start < bytes.count { lines.append(bytes[start...]) }
    self.lines = lines
    self.ends = ends
  }
}

/// Which lines of two texts stand for each other, where they are not the same.
private struct LineAlignment {
  /// A line of the first text and the one of the second in its place; nil where there is none.
  typealias Pair = (place: Int, written: ArraySlice<UInt8>?, computed: ArraySlice<UInt8>?)

  /// In the order of the first text; `place` counts its lines from 0.
  let pairs: [Pair]

  /// Past this many lines the search for the fewest differences would take too long.
  private static let searchLimit = 20_000

  init(_ one: [ArraySlice<UInt8>], _ two: [ArraySlice<UInt8>]) {
    // Equal lines at both ends need no search, and most files differ in few places.
    let head = zip(one, two).prefix { $0 == $1 }.count
    let rest = min(one.count, two.count) - head
    let tail = zip(one.reversed().prefix(rest), two.reversed()).prefix { $0 == $1 }.count
    let first = Array(one[head..<one.count - tail])
    let second = Array(two[head..<two.count - tail])
    let isAligned = first.count == second.count
    let isLong = first.count + second.count > Self.searchLimit
    let found =
      isAligned || isLong ? Self.paired(first, second, from: 0) : Self.searched(first, second)
    pairs = found.map { (head + $0.place, $0.written, $0.computed) }
  }

  /// Lines that match find each other, and what lies between two matches is paired in its order.
  ///
  /// Reference: Myers (1986), An O(ND) difference algorithm and its variations, Algorithmica 1, as the standard
  /// library has it.
  private static func searched(_ one: [ArraySlice<UInt8>], _ two: [ArraySlice<UInt8>]) -> [Pair] {
    var removed: Set<Int> = []
    var inserted: Set<Int> = []
    for change in two.difference(from: one) {
      switch change {
      case .remove(let place, _, _): removed.insert(place)
      case .insert(let place, _, _): inserted.insert(place)
      }
    }
    var pairs: [Pair] = []
    var (i, j) = (0, 0)
    while i < one.count || j < two.count {
      let (first, second) = (i, j)
      while removed.contains(i) { i += 1 }
      while inserted.contains(j) { j += 1 }
      pairs += paired(Array(one[first..<i]), Array(two[second..<j]), from: first)
      i += 1
      j += 1
    }
    return pairs
  }

  private static func paired(
    _ one: [ArraySlice<UInt8>],
    _ two: [ArraySlice<UInt8>],
    from start: Int
  ) -> [Pair] {
    (0..<max(one.count, two.count)).compactMap { place in
      let written = place < one.count ? one[place] : nil
      let computed = place < two.count ? two[place] : nil
      return written == computed ? nil : (start + min(place, one.count), written, computed)
    }
  }
}

/// Compares a text with a file while it is made, so that a large report needs no second copy.
private final class EqualityCheck {
  private let bytes: [UInt8]
  private var place = 0
  private var matches = true

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  var isEqual: Bool { matches && place == bytes.count }

  func compare(_ text: String) {
    let end = place + text.utf8.count
    matches = matches && end <= bytes.count && bytes[place..<end].elementsEqual(text.utf8)
    place = end
  }
}
