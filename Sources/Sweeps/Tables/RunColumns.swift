import Foundation
import Notation
import Statistics

/// What the columns of a table of runs are for, and what is in their cells.
struct RunColumns {
  enum Role: Sendable, Equatable {
    /// What a run was given, what came out, or one of both.
    case parameter, metric, open
    case status
    /// About the run as such.
    case other
  }

  struct Column {
    let place: Int
    /// As the table has it, and as people call it.
    let heading: String
    let name: String
    let role: Role
  }

  let columns: [Column]
  private let reading: TableReading
  private let separator: Character

  init(_ csv: CSVTable, _ reading: TableReading) {
    self.reading = reading
    separator = csv.separator
    columns = csv.header.enumerated().map { place, heading in
      guard let origin = reading.origin else {
        let isStatus = heading == "status"
        return Column(
          place: place,
          heading: heading,
          name: heading,
          role: isStatus ? .status : .open
        )
      }
      return Column(
        place: place,
        heading: heading,
        name: origin.name(of: heading),
        role: origin.role(of: heading)
      )
    }
  }

  /// The column that a design or a flag calls so: by its heading, else by its name without a program's prefix.
  func column(_ name: String) -> Column? {
    columns.first { $0.heading == name } ?? columns.first { $0.name == name && $0.role != .other }
  }

  /// The column of the seeds: the one that is named, else one with a usual name.
  var seed: Column? {
    if let name = reading.seedColumn { return column(name) }
    if let column = columns.first(where: { $0.heading == "seed" }) { return column }
    guard reading.origin != nil else { return nil }
    return ["seed", "random_seed", "random_state", "rng_seed"].lazy.compactMap { name in
      columns.first { $0.role != .other && ($0.name == name || $0.name.hasSuffix("." + name)) }
    }.first
  }

  /// The column that says how runs ended.
  ///
  /// Without a program's name one called `State` is it too, so that runs that crashed are no results because nobody
  /// looked.
  ///
  /// - Parameter taken: Columns that the design calls factors and metrics.
  /// - Returns: nil where every row is a result.
  func status(besides taken: Set<Int>) -> Column? {
    let free = columns.filter { !taken.contains($0.place) }
    return free.first { $0.role == .status }
      ?? (reading.origin == nil
        ? free.first { ["state", "status"].contains($0.heading.lowercased()) } : nil)
  }

  // MARK: Cells

  /// A cell as it is meant, without the spaces around it and what a program puts there for nothing.
  func text(_ cell: String) -> String {
    let text = cell.trimmingCharacters(in: .whitespaces)
    guard let origin = reading.origin else { return cell }
    if origin.blanks.contains(text) { return "" }
    if origin.quotesTexts, text.count > 1, text.hasPrefix("\""), text.hasSuffix("\"") {
      return String(text.dropFirst().dropLast())
    }
    return text
  }

  /// What a cell of a metric says.
  enum Measured: Equatable { case value(Double), missing, unreadable }

  /// Words that data frames write for a value that is not there.
  private static let missingWords: Set<String> = ["", "na", "n/a", "<na>", "null", "none"]

  func measured(_ cell: String) -> Measured {
    let text = text(cell).trimmingCharacters(in: .whitespaces)
    if Self.missingWords.contains(text.lowercased()) { return .missing }
    if let value = Double(text) { return .value(value) }
    // Where commas do not part the fields they may be in numbers.
    if separator == ";", text.count(where: { $0 == "," }) == 1, !text.contains("."),
      let value = Double(text.replacing(",", with: "."))
    {
      return .value(value)
    }
    return .unreadable
  }

  /// A whole number; spreadsheets and data frames may have given it a decimal point.
  func seed(_ cell: String) -> Int? {
    let text = text(cell).trimmingCharacters(in: .whitespaces)
    return Int(text) ?? Double(text).flatMap { Int(exactly: $0) }
  }

  /// A level as the design writes it: `1.0` is the level `1` where there is no level `1.0`.
  ///
  /// The apostrophe that keeps a spreadsheet from taking a cell for a formula does not belong to it.
  func level(_ cell: String, of levels: LevelNames) -> String {
    let text = Self.withoutApostrophe(text(cell))
    return levels.name(of: text) ?? text
  }

  private static func withoutApostrophe(_ text: String) -> String {
    let scalars = text.unicodeScalars
    guard scalars.first == "'", let second = scalars.dropFirst().first,
      "=+-@\t\r".unicodeScalars.contains(second)
    else { return text }
    return String(text.dropFirst())
  }
}

/// The levels of a factor, to be found by how others write them.
struct LevelNames {
  private let names: Set<String>
  private let byNumber: [Double: String]
  private let byWord: [String: String]

  /// Whether all levels are numbers, so that a text is a slip and no level of its own.
  let areNumbers: Bool

  init(_ factor: Factor) {
    names = Set(factor.levels)
    let numbers = factor.levels.map { name in Double(name).map { ($0, name) } }
    areNumbers = !numbers.isEmpty && numbers.allSatisfy { $0 != nil }
    byNumber = Dictionary(numbers.compactMap(\.self)) { first, _ in first }
    byWord = Dictionary(
      factor.levels.filter { ["true", "false"].contains($0.lowercased()) }
        .map { ($0.lowercased(), $0) }
    ) { first, _ in first }
  }

  /// nil for a text that stands for none of them.
  func name(of text: String) -> String? {
    if names.contains(text) { return text }
    if let number = Double(text), let name = byNumber[number] { return name }
    return byWord[text.lowercased()]
  }
}
