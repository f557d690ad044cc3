import ArgumentParser
import Foundation
import Notation

/// Tells what a refusal means and how to mend what caused it.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Explain a refusal: what it means, an example, and the mend.",
    discussion: """
      Where something is refused on a terminal, the last line names the code, such as spec.unknown-key. The part \
      before the point alone explains a whole family.
      """
  )

  @Argument(help: ArgumentHelp("The codes, or the beginnings of some.", valueName: "code"))
  var codes: [String] = []

  @Flag(help: "List all codes with a line each.")
  var list = false

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, md }

  @Option(help: "Text, or with md all of them as a page of the documentation.")
  var format = Format.text

  @Flag(help: "Print a JSON list.")
  var json = false

  func validate() throws {
    guard format == .text || codes.isEmpty && !list && !json else {
      throw ValidationError(
        .exclusive,
        "'--format md' is the page of all codes; give nothing beside it."
      )
    }
    guard format == .md || list || !codes.isEmpty else {
      throw ValidationError(.missing, "Name a code, or list them all with --list.")
    }
  }

  func run() throws {
    if format == .md { return try Output.standard.write(RefusalPage.markdown) }
    let chosen = try codes.isEmpty ? RefusalCode.allCases : codes.flatMap(Self.codes)
    let pages = chosen.compactMap(RefusalPage.page)
    if json {
      try Output.standard.write(JSON.array(pages.map(\.json)).pretty + "\n")
    } else if list {
      let width = chosen.map(\.rawValue.count).max() ?? 0
      try Output.standard.lines(
        chosen.map {
          $0.rawValue.padding(toLength: width, withPad: " ", startingAt: 0) + "  "
            + (RefusalPage.page(of: $0)?.title ?? "")
        }
      )
    } else {
      try Output.standard.line(pages.map(\.text).joined(separator: "\n\n"))
    }
  }

  /// The code of this name, or those of a family.
  private static func codes(of word: String) throws -> [RefusalCode] {
    let found = RefusalCode.allCases.filter {
      $0.rawValue == word || $0.rawValue.hasPrefix(word + ".")
    }
    guard found.isEmpty else { return found }
    let nearest = Suggestion.nearest(to: word, among: RefusalCode.allCases.map(\.rawValue))
    throw ValidationError(
      .badValue,
      "There is no code '\(word)'. "
        + (nearest.map { "Did you mean '\($0)'?" } ?? "'sweep explain --list' lists them all.")
    )
  }
}
