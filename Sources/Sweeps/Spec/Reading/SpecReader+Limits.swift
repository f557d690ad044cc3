import Notation

extension SpecReader {
  mutating func limits(_ node: JSONNode?) -> Limits {
    guard let node else { return Limits() }
    let fields = fields(
      of: node,
      "'limits'",
      known: ["timeout", "retries", "memory", "cores", "halt"]
    )
    let retries = integer(
      fields["retries"],
      "'retries'",
      in: 0...1000,
      expected: "a whole number from 0 to 1,000"
    )
    let cores = integer(
      fields["cores"],
      "'cores'",
      in: 1...4096,
      expected: "a whole number from 1 to 4,096"
    )
    return Limits(
      timeout: timeout(fields["timeout"]),
      retries: retries ?? 0,
      memoryBytes: memory(fields["memory"]),
      cores: cores ?? 1,
      halt: halt(fields["halt"])
    )
  }

  private mutating func timeout(_ node: JSONNode?) -> Limits.Timeout? {
    let expected = "a duration such as \"90s\", \"10m\" or \"1h30m\", or \"300%\" of the median run"
    guard let node, let text = text(node, "'timeout'", expected: expected) else { return nil }
    if let percent = Quantity.percent(text), percent > 0 { return .percentOfMedian(percent) }
    if let duration = Quantity.duration(text) { return .duration(duration) }
    mismatch("'timeout'", node, expected: expected)
    return nil
  }

  private mutating func memory(_ node: JSONNode?) -> Int? {
    let expected = "an amount such as \"2GiB\" or \"500MB\""
    guard let node, let text = text(node, "'memory'", expected: expected) else { return nil }
    if let bytes = Quantity.bytes(text) { return bytes }
    mismatch("'memory'", node, expected: expected)
    return nil
  }

  private mutating func halt(_ node: JSONNode?) -> Limits.Halt? {
    let expected = "\"never\", \"first-failure\" or a share of the runs such as \"10%\""
    guard let node, let text = text(node, "'halt'", expected: expected) else { return nil }
    if text == "never" { return .never }
    if text == "first-failure" { return .firstFailure }
    if let percent = Quantity.percent(text), percent > 0, percent <= 100 {
      return .percentFailed(percent)
    }
    mismatch("'halt'", node, expected: expected)
    return nil
  }

  // MARK: The command

  mutating func command(_ node: JSONNode?, names: Set<String>) -> [String]? {
    guard let node else { return nil }
    let expected = "a list of texts, the program first"
    guard case .array(let nodes) = node.content, !nodes.isEmpty else {
      mismatch("'command'", node, expected: expected)
      return nil
    }
    var arguments: [String] = []
    for argument in nodes {
      guard let text = text(argument, "An argument of 'command'") else { continue }
      arguments.append(text)
      do {
        _ = try CommandTemplate([text], settings: names)
      } catch {
        switch error {
        case .unpairedBrace: report(.unclosedPlaceholder(text), at: argument.place)
        case .unknownPlaceholder(let name, _):
          let known = names.sorted() + CommandTemplate.ownNames
          report(.unknownPlaceholder(name, known: known), at: argument.place)
        }
      }
    }
    if arguments.first == "" { mismatch("'command'", nodes[0], expected: expected) }
    return arguments
  }

  mutating func inputs(_ node: JSONNode?) -> [String] {
    elements(of: node, "'inputs'", of: "paths").compactMap { node in
      guard let path = text(node, "An entry of 'inputs'") else { return nil }
      if checksSettings, !SpecPath.exists(path, in: directory) {
        report(.missingInput(path), at: node.place)
      }
      return path
    }
  }

  mutating func results(_ node: JSONNode?) -> ResultsSource? {
    guard let node else { return nil }
    let fields = fields(of: node, "'results'", known: ["pattern", "file"])
    let pattern = text(fields["pattern"], "'pattern' of 'results'")
    if let pattern, let node = fields["pattern"], (try? Regex(pattern)) == nil {
      report(.badPattern(pattern), at: node.place)
    }
    let file = text(fields["file"], "'file' of 'results'")
    if fields.isEmpty, case .object = node.content {
      mismatch("'results'", node, expected: "an object with 'pattern' or 'file'")
    }
    return ResultsSource(pattern: pattern, file: file)
  }
}
