import Notation
import Sweeps

/// One record per run with the columns of the CSV, and why it failed where it did.
///
/// Levels are what they are in the spec, numbers as numbers; those that are lists or objects are text, as in
/// the CSV.
struct RunRecords {
  private let evidence: Evidence
  private let table: RunsTable
  /// Per axis the value of each level.
  private let levels: [[String: JSON]]

  init(_ evidence: Evidence) {
    self.evidence = evidence
    table = evidence.runsTable
    levels = evidence.spec.axes.map { axis in
      Dictionary(axis.levels.map { ($0.text, $0.scalar) }) { first, _ in first }
    }
  }

  func write(to take: (JSONMembers) throws -> Void) throws {
    let keys = JSONMembers.keys(
      table.header,
      reserved: ["kind", "outcome", "last_lines", "texts", "version"]
    )
    var members = JSONMembers()
    for (index, record) in evidence.records.enumerated() {
      members.removeAll()
      for (column, field) in table.row(index).enumerated() {
        append(field, keys[column], column, to: &members)
      }
      appendWords(of: record, to: &members)
      try take(members)
    }
  }

  private func append(
    _ field: RunsTable.Field,
    _ key: JSONMembers.Key,
    _ column: Int,
    to members: inout JSONMembers
  ) {
    switch field {
    case .text(let text):
      let axis = column - RunsTable.firstAxis
      members.append(
        key,
        levels.indices.contains(axis) ? levels[axis][text] ?? .string(text) : .string(text)
      )
    case .number(let number): members.append(key, number)
    case .integer(let number): members.append(key, number)
    case .missing: members.append(key, .null)
    }
  }

  private func appendWords(of record: Record, to members: inout JSONMembers) {
    if record.status != .ok {
      members.append("outcome", .string(record.outcome.description))
      members.append("last_lines", JSON(record.lastLines))
    }
    if let version = evidence.versions[record.run.id] {
      members.append("version", .string(version.name))
    }
    let texts = record.measurements.texts
    if !texts.isEmpty { members.append("texts", JSON(texts)) }
  }
}

extension JSONMembers {
  /// Keys for names of a spec and of a program; one that is taken gains underscores, so that none hides another.
  static func keys(_ names: [String], reserved: Set<String>) -> [Key] {
    var taken = reserved
    return names.map { name in
      var key = name
      while !taken.insert(key).inserted { key += "_" }
      return Key(key)
    }
  }
}

extension Level {
  /// The value that the level stands for where it is one number, truth value or text; its text otherwise.
  var scalar: JSON {
    guard values.members.count == 1, let value = values.members.first?.value else {
      return .string(text)
    }
    switch value {
    case .number, .boolean, .string: return value
    case .null, .array, .object: return .string(text)
    }
  }
}
