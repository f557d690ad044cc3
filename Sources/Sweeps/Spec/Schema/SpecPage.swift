import Notation

/// The keys of a spec as a page for people, made from the rules that also read them.
///
/// ```
/// | key | value | without it | meaning |
/// |---|---|---|---|
/// | `count` | a whole number from 1 to 1,000,000 | required | |
/// ```
package enum SpecPage {
  package static var markdown: String {
    let parts: [(title: String, grammar: Grammar)] = [
      ("An axis with its levels", .levels), ("An axis as a range", .range),
      ("Settings that vary together", .zip), ("`seeds` as a rule", .seedRule),
      ("`sample`", .sample), ("`results`", .results),
      ("`limits`", .limits), ("`executor`", .executor),
      ("`slurm` of `executor`", .slurm), ("An entry of `metrics`", .metric),
      ("An entry of `questions`", .question), ("An entry of `textbook`", .forecast),
    ]
    return """
      # The keys of a spec

      \(Grammar.spec.summary) Keys that begin with `$` are comments, at any depth.
      `sweep settings` lists what `settings` and `axes` may name for the built-in trainer; a program of one's own may
      have settings of any name. An axis is a list of levels, or one of the three objects that stand first below.

      \(table(Grammar.spec))

      """
        + parts.map { title, grammar in
          let summary = grammar.summary.isEmpty ? "" : grammar.summary + "\n\n"
          return "\n## \(title)\n\n\(summary)\(table(grammar))\n"
        }.joined()
  }

  private static func table(_ grammar: Grammar) -> String {
    let rows = grammar.fields.map { field in
      let fallback = field.isRequired ? "required" : field.defaultValue?.text ?? ""
      let cells = ["`\(field.key)`", field.expectation, fallback, field.summary]
      return "| " + cells.map(escaped).joined(separator: " | ") + " |"
    }
    return (["| key | value | without it | meaning |", "|---|---|---|---|"] + rows)
      .joined(separator: "\n")
  }

  /// A cell in which no bar ends it: a bar with a mark on it is one character, and a bar to Markdown all the same.
  package static func escaped(_ cell: String) -> String {
    var text = String.UnicodeScalarView()
    for scalar in cell.unicodeScalars {
      if scalar == "|" { text.append("\\") }
      text.append(scalar)
    }
    return String(text)
  }
}
