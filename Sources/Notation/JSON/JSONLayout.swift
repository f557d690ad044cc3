extension JSON {
  /// JSON for people: two spaces of indent, short lists and objects on one line, numbers as written.
  package var pretty: String { Layout(width: 90, colon: ": ").text(self, indent: 0, lead: 0) }

  /// JSON with each entry on a line of its own, as `diff` likes it and Foundation's encoder lays it out.
  package var unfolded: String { Layout(width: nil, colon: " : ").text(self, indent: 0, lead: 0) }

  private struct Layout {
    /// Characters of a line within which a list or an object stays on it; nil where none does.
    let width: Int?
    let colon: String

    // `indent` are the blanks that begin the value's line, `lead` all its characters before the value.
    func text(_ value: JSON, indent: Int, lead: Int) -> String {
      let margin = String(repeating: " ", count: indent + 2)
      let isRoot = indent == 0 && lead == 0
      if let width, !isRoot {
        let line = value.written(.spaced)
        if lead + line.count <= width { return line }
      }
      switch value {
      case .null, .boolean, .number, .string: return value.text
      case .array(let elements):
        let lines = elements.map { margin + text($0, indent: indent + 2, lead: indent + 2) }
        return block("[", lines, "]", indent)
      case .object(let object):
        let lines = object.members.map { member in
          let key = margin + JSON.quoted(member.key) + colon
          return key + text(member.value, indent: indent + 2, lead: key.count)
        }
        return block("{", lines, "}", indent)
      }
    }

    private func block(_ open: String, _ lines: [String], _ close: String, _ indent: Int) -> String
    {
      guard width == nil || !lines.isEmpty else { return open + close }
      return open + "\n" + lines.joined(separator: ",\n") + "\n"
        + String(repeating: " ", count: indent) + close
    }
  }
}
