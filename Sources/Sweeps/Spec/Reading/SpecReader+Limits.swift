import Notation

extension SpecReader {
  mutating func limits(_ node: JSONNode?) -> Limits {
    guard let node else { return Limits() }
    let entry = entry(node, .limits, "'limits'")
    return Limits(
      timeout: quantity("timeout", in: entry) { text in
        if let percent = Quantity.percent(text), percent > 0 { return .percentOfMedian(percent) }
        return Quantity.duration(text).map(Limits.Timeout.duration)
      },
      retries: entry.integer("retries") ?? 0,
      memoryBytes: quantity("memory", in: entry, read: Quantity.bytes),
      cores: entry.integer("cores") ?? 1,
      halt: quantity("halt", in: entry) { text in
        switch text {
        case "never": return .never
        case "first-failure": return .firstFailure
        default:
          guard let percent = Quantity.percent(text), percent > 0, percent <= 100 else {
            return nil
          }
          return .percentFailed(percent)
        }
      }
    )
  }

  private mutating func quantity<Value>(
    _ key: String,
    in entry: Entry,
    read: (String) -> Value?
  ) -> Value? {
    guard let node = entry[key], let text = entry.text(key) else { return nil }
    if let value = read(text) { return value }
    mismatch("'\(key)'", node, expected: Grammar.limits.field(key)?.expectation ?? "")
    return nil
  }

  // MARK: The command

  /// Reads a program and its arguments.
  ///
  /// - Parameters:
  ///   - key: Where it stands.
  ///   - root: The spec.
  ///   - settings: The settings that may stand in braces.
  ///   - own: The names of the run's own that may.
  /// - Returns: nil where there is none.
  mutating func program(
    _ key: String,
    _ root: Entry,
    settings: Set<String>,
    own: [String]
  ) -> [String]? {
    guard let node = root[key], case .array(let nodes) = node.content else { return nil }
    let expected = Grammar.spec.field(key)?.expectation ?? ""
    guard !nodes.isEmpty else {
      mismatch("'\(key)'", node, expected: expected)
      return nil
    }
    var arguments: [String] = []
    for argument in nodes {
      let text = argument.value.string ?? ""
      arguments.append(text)
      do {
        _ = try CommandTemplate([text], settings: settings, ownNames: own)
      } catch {
        switch error {
        case .unpairedBrace: report(.unclosedPlaceholder(text), at: argument.place)
        case .unknownPlaceholder(let name, _):
          let known = settings.sorted() + own
          report(
            key == "worker" ? .placeholderOfRun(name) : .unknownPlaceholder(name, known: known),
            at: argument.place
          )
        }
      }
    }
    if arguments.first == "" { mismatch("'\(key)'", nodes[0], expected: expected) }
    return arguments
  }

  mutating func inputs(_ nodes: [JSONNode]) -> [String] {
    nodes.compactMap { node in
      guard let path = node.value.string else { return nil }
      if checksSettings, !exists(path) {
        report(.missingInput(path), at: node.place)
      }
      return path
    }
  }

  /// The values at which settings are as if they were not there.
  mutating func defaults(_ members: [JSONNode.Member], names: Set<String>) -> JSONObject {
    for member in members where !names.contains(member.key) {
      report(.unknownSetting(member.key, known: names.sorted()), at: member.keyPlace)
    }
    return JSONObject(
      members.map { JSONObject.Member(key: $0.key, value: $0.value.value.withoutComments) }
    )
  }

  mutating func results(_ node: JSONNode?) -> ResultsSource? {
    guard let node else { return nil }
    let entry = entry(node, .results, "'results'")
    let pattern = entry.text("pattern")
    if let pattern, let node = entry["pattern"] {
      do {
        _ = try RegularExpression(pattern)
      } catch {
        report(.badPattern(pattern, reason: "\(error)"), at: node.place)
      }
    }
    let file = entry.text("file")
    if let file, let node = entry["file"], !ResultsSource.isOwn(file) {
      report(.resultsElsewhere(file), at: node.place)
    }
    if !Grammar.results.keys.contains(where: { node.member($0) != nil }),
      case .object = node.content
    {
      mismatch("'results'", node, expected: "an object with 'pattern' or 'file'")
    }
    return ResultsSource(pattern: pattern, file: file)
  }
}
