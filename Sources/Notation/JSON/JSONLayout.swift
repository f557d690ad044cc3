extension JSON {
  /// Characters of a line within which a list or an object stays on it.
  private static let layoutWidth = 90

  /// JSON for people: two spaces of indent, short lists and objects on one line, numbers as written.
  package var pretty: String { laidOut(indent: 0, lead: 0) }

  // `indent` are the blanks that begin the value's line, `lead` all its characters before the value.
  private func laidOut(indent: Int, lead: Int) -> String {
    let margin = String(repeating: " ", count: indent + 2)
    let line = spaced
    let isRoot = indent == 0 && lead == 0
    if !isRoot, lead + line.count <= JSON.layoutWidth { return line }
    let close = "\n" + String(repeating: " ", count: indent)
    switch self {
    case .null, .boolean, .number, .string: return line
    case .array(let elements):
      let lines = elements.map { margin + $0.laidOut(indent: indent + 2, lead: indent + 2) }
      return lines.isEmpty ? "[]" : "[\n" + lines.joined(separator: ",\n") + close + "]"
    case .object(let object):
      let lines = object.members.map { member in
        let key = margin + JSON.quoted(member.key) + ": "
        return key + member.value.laidOut(indent: indent + 2, lead: key.count)
      }
      return lines.isEmpty ? "{}" : "{\n" + lines.joined(separator: ",\n") + close + "}"
    }
  }

  /// One line with blanks after commas and colons.
  private var spaced: String {
    switch self {
    case .null, .boolean, .number, .string: text
    case .array(let elements): "[" + elements.map(\.spaced).joined(separator: ", ") + "]"
    case .object(let object):
      "{"
        + object.members.map { JSON.quoted($0.key) + ": " + $0.value.spaced }
        .joined(separator: ", ") + "}"
    }
  }
}
