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
  static let all = specs + results + requests + programs + lessons + usage

  /// The page of a code; every code has one.
  static func page(of code: RefusalCode) -> RefusalPage? { all.first { $0.code == code } }
}

/// What is refused with a code.
enum RefusalExample {
  /// `sweep plan spec.json` with this text in the file.
  case spec(String)
  /// A command line, in a folder without results that holds this `spec.json`, or no file.
  case command(String, spec: String? = nil)
  /// Lines for a shell in a folder that holds these files and nothing else; the last line alone is refused.
  case session([String], files: KeyValuePairs<String, String>)
  /// What cannot be made anywhere: it takes another machine, another account, or two at a time.
  case situation(String)
}

extension RefusalExample {
  /// Lines for a shell in a folder with the ``trial`` spec.
  static func trial(_ lines: String...) -> RefusalExample {
    .session(lines, files: ["spec.json": trial])
  }

  /// A sweep of four runs that takes no time.
  static let trial =
    #"{ "axes": {"x": [1, 2]}, "seeds": 2, "metrics": {"loss": {"better": "lower", "delta": 0.1}}, "#
    + #""command": ["echo", "{{\"final\": {{\"loss\": {x}.{seed}}}}}"] }"#

  /// Showing a lesson again whose journal says that this happened in it.
  static func lesson(_ acts: String...) -> RefusalExample {
    let spec =
      #"{\"axes\":{\"x\":[1,2]},\"metrics\":{\"loss\":{\"better\":\"lower\",\"delta\":0.1}},\"command\":[\"true\"]}"#
    let opening = #"{"format":"sweep-lesson/1","spec":""# + spec + #"","questions":[]}"#
    let lines = [opening] + acts.enumerated().map { #"{"at":\#($0 + 1),"act":\#($1)}"# }
    return .session(
      ["sweep serve --replay lesson.jsonl --port 0"],
      files: ["lesson.jsonl": lines.joined(separator: "\n") + "\n"]
    )
  }

  /// What lies in the folder, by name.
  var files: [(name: String, text: String)] {
    switch self {
    case .spec(let text): [("spec.json", text)]
    case .command(_, let spec): spec.map { [("spec.json", $0)] } ?? []
    case .session(_, let files): files.map { (name: $0, text: $1) }
    case .situation: []
    }
  }

  /// What is typed, where that suffices; the last line is refused.
  var commands: [String] {
    switch self {
    case .spec: ["sweep plan spec.json"]
    case .command(let line, _): [line]
    case .session(let lines, _): lines
    case .situation: []
    }
  }

  var situation: String? {
    if case .situation(let text) = self { text } else { nil }
  }

  /// The lines of it: the commands, then the files.
  fileprivate var lines: [String] {
    commands.map { "$ \($0)" } + files.flatMap(Self.listing) + [situation].compactMap(\.self)
  }

  /// A file's text beside its name, or below it where it has several lines.
  private static func listing(name: String, text: String) -> [String] {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      .map(String.init)
    guard lines.count > 1 else { return ["\(name): \(text)"] }
    return ["\(name):"] + lines.dropLast(text.hasSuffix("\n") ? 1 : 0).map { "  " + $0 }
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
        "command": JSON(example.commands.last),
        "before": .array(example.commands.dropLast().map(JSON.string)),
        "files": .object(
          JSONObject(example.files.map { JSONObject.Member(key: $0.name, value: .string($0.text)) })
        ),
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
