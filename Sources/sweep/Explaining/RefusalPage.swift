import Notation

/// What one refusal means, with something that causes it and the way out.
struct RefusalPage {
  let code: RefusalCode
  let title: String
  let meaning: String
  let example: RefusalExample
  let mend: String

  init(
    _ code: RefusalCode,
    _ title: String,
    meaning: String,
    example: RefusalExample,
    mend: String
  ) {
    self.code = code
    self.title = title
    self.meaning = meaning
    self.example = example
    self.mend = mend
  }

  /// The one table of pages; the codes have an order of their own.
  static let all = specs + results + requests + programs

  /// The page of a code; every code has one.
  static func page(of code: RefusalCode) -> RefusalPage? { all.first { $0.code == code } }
}

/// What is refused with a code.
enum RefusalExample {
  /// `sweep plan spec.json` with this text in the file.
  case spec(String)
  /// A command line, in a folder without results that holds this `spec.json`, or no file.
  case command(String, spec: String? = nil)
  /// What cannot be made anywhere with one command.
  case situation(String)
}

extension RefusalExample {
  /// What lies in the file, where the example has one.
  var file: String? {
    switch self {
    case .spec(let text): text
    case .command(_, let spec): spec
    case .situation: nil
    }
  }

  /// What is typed, where that suffices.
  var command: String? {
    switch self {
    case .spec: "sweep plan spec.json"
    case .command(let line, _): line
    case .situation: nil
    }
  }

  var situation: String? {
    if case .situation(let text) = self { text } else { nil }
  }

  /// The lines of it: the command, then the file.
  fileprivate var lines: [String] {
    [command.map { "$ \($0)" }, file.map { "spec.json: \($0)" }, situation].compactMap(\.self)
  }
}

extension RefusalPage {
  /// The page for a terminal.
  var text: String {
    """
    \(code.rawValue): \(title)

    \(meaning)

    Example
    \(example.lines.map { "  " + $0 }.joined(separator: "\n"))

    Mend
      \(mend)
    """
  }

  var json: JSON {
    [
      "code": .string(code.rawValue), "title": .string(title), "meaning": .string(meaning),
      "example": [
        "command": JSON(example.command), "spec": JSON(example.file),
        "situation": JSON(example.situation),
      ],
      "mend": .string(mend),
    ]
  }

  /// All pages as one page of the documentation.
  static var markdown: String {
    let opening = """
      # Refusals

      What the program refuses has a code. On a terminal the last line names it, and `sweep explain CODE` prints what
      is told here. A code keeps its meaning from version to version.

      """
    return opening + RefusalCode.allCases.compactMap(page).map(\.section).joined()
  }

  private var section: String {
    let lines = example.lines.joined(separator: "\n")
    return """

      ## \(code.rawValue)

      **\(title).** \(meaning)

      ```text
      \(lines)
      ```

      \(mend)

      """
  }
}
