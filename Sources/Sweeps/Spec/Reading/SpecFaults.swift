package import Notation

/// All that is wrong with a spec, each fault with its place.
package struct SpecFaults: Error, Sendable, Equatable {
  /// Never empty; in the order of the texts.
  package let faults: [SpecFault]

  package init(_ faults: [SpecFault]) {
    precondition(!faults.isEmpty, "a spec without faults throws none")
    self.faults = faults
  }

  /// A fault that has no place in a text, such as a missing file.
  package init(_ error: SpecError) {
    self.init([SpecFault(error: error, place: nil)])
  }
}

/// One thing that is wrong and the stretch of text that it is about.
package struct SpecFault: Sendable, Equatable {
  package let error: SpecError
  /// nil where no text is at fault.
  package let place: SourcePlace?

  /// Line and column, both from 1, or nil.
  package var position: (line: Int, column: Int)? {
    place.map { $0.source.position(of: $0.range.lowerBound) }
  }
}

extension SpecFaults: CustomStringConvertible {
  /// Faults that are told one by one; nobody reads more, and each costs a walk through its text.
  static let toldLimit = 100

  /// The faults as a compiler prints them, and their number where there are several.
  package var description: String {
    let list = faults.prefix(Self.toldLimit).map(\.description).joined(separator: "\n\n")
    switch faults.count {
    case 1: return list
    case ...Self.toldLimit: return list + "\n\n\(faults.count) faults."
    default:
      return list
        + "\n\n\(faults.count.grouped) faults, the first \(Self.toldLimit) of which are told."
    }
  }
}

extension SpecFault: CustomStringConvertible {
  /// The place, the reason and what would be right; then the line with a mark under the stretch.
  ///
  ///     sweeps/lr.json:4:5: Unknown setting 'leraning_rate'. Did you mean 'learning_rate'?
  ///       |
  ///     4 |     "leraning_rate": 0.003
  ///       |     ^^^^^^^^^^^^^^^
  package var description: String {
    let sentences = String(
      (error.description + (error.advice.map { " " + $0 } ?? "")).map(\.shown)
    )
    guard let place, let position else { return sentences }
    let excerpt = SourceExcerpt(place)
    let margin = String(repeating: " ", count: String(position.line).count)
    return """
      \(place.source.path):\(position.line):\(position.column): \(sentences)
      \(margin) |
      \(position.line) |\(excerpt.line.isEmpty ? "" : " " + excerpt.line)
      \(margin) | \(excerpt.mark)
      """
  }
}

/// One line of a text, cut to what a terminal shows, and the mark under a stretch of it.
struct SourceExcerpt {
  /// Characters of a line that are shown.
  static let width = 100

  let line: String
  let mark: String

  init(_ place: SourcePlace) {
    let bytes = place.source.bytes
    // Of a line of a megabyte only what may be shown is looked at.
    let far = 40 * SourceExcerpt.width
    let line = place.source.lineRange(around: place.range.lowerBound)
    let range = line.clamped(to: place.range.lowerBound - far..<place.range.lowerBound + far)
    func text(_ range: Range<Int>) -> [Character] {
      String(decoding: bytes[range], as: UTF8.self).map(\.shown)
    }
    let start = min(max(place.range.lowerBound, range.lowerBound), range.upperBound)
    let end = min(max(place.range.upperBound, start), range.upperBound)
    let before = text(range.lowerBound..<start)
    let marked = text(start..<end)
    let whole = before + marked + text(end..<range.upperBound)

    let hidden = max(0, before.count - SourceExcerpt.width / 2)
    let isCut = whole.count > SourceExcerpt.width
    let shownFrom = isCut ? hidden : 0
    let shown = whole.dropFirst(shownFrom).prefix(SourceExcerpt.width)
    let lead = shownFrom > 0 ? "…" : ""
    let tail = shownFrom + shown.count < whole.count ? "…" : ""
    self.line = lead + String(shown) + tail
    let indent = lead.count + before.count - shownFrom
    let length = max(1, min(marked.count, SourceExcerpt.width + shownFrom - before.count))
    mark = String(repeating: " ", count: indent) + String(repeating: "^", count: length)
  }
}

extension Character {
  /// A blank for a tab, which would move a mark, and for what would move the terminal.
  fileprivate var shown: Character {
    isWhitespace || unicodeScalars.contains { $0.value < 0x20 } ? " " : self
  }
}
