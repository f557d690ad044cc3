import Foundation

/// The files under `Sources`, as text.
struct SourceTree {
  struct File {
    /// The path below `Sources`, such as `Charts/SVG.swift`.
    let path: String
    let text: String
    let lines: [Substring]

    init(path: String, text: String) {
      self.path = path
      self.text = text
      lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    }

    var name: String { (path as NSString).lastPathComponent }
    var folder: String { (path as NSString).deletingLastPathComponent }
    var module: String { String(path.prefix { $0 != "/" }) }
    var isSwift: Bool { path.hasSuffix(".swift") }
  }

  /// All text files in the order of their paths; data are left out.
  let files: [File]

  init(testFile: String = #filePath) throws {
    let root = URL(fileURLWithPath: testFile).deletingLastPathComponent()
      .deletingLastPathComponent()
      .deletingLastPathComponent().appending(component: "Sources")
    let paths = try FileManager.default.subpathsOfDirectory(atPath: root.path)
    files = try paths.sorted().compactMap { path in
      guard !path.contains("/data/"),
        ["swift", "c", "h"].contains((path as NSString).pathExtension)
      else { return nil }
      let text = try String(contentsOf: root.appending(path: path), encoding: .utf8)
      return File(path: path, text: text)
    }
  }

  var swiftFiles: [File] { files.filter(\.isSwift) }
}

extension SourceTree.File {
  /// The modules that the file imports.
  var imports: Set<String> {
    let kinds = "(?:struct |class |enum |func |protocol |typealias )?"
    return Set(
      matches(of: "^(?:package |public |internal |fileprivate |private )?import \(kinds)(\\w+)")
        .map { (text as NSString).substring(with: $0.range(at: 1)) }
    )
  }

  /// The functions, initializers and computed properties with the number of their lines, signature and braces included.
  ///
  /// The house format puts the closing brace of a body under the first letter of its declaration.
  var functions: [(line: Int, count: Int)] {
    lines(matching: #"\b(func|init|subscript|var) ?[\w`(<?]"#).compactMap { number in
      let start = number - 1
      let line = lines[start]
      guard !line.hasSuffix("}") else { return nil }
      let indent = line.prefix { $0 == " " }
      guard let open = lines[start...].firstIndex(where: { $0.hasSuffix("{") || $0.isEmpty }),
        lines[open].hasSuffix("{"),
        open == start || lines[open].hasPrefix(indent + ")") || lines[open] == indent + "{",
        let end = lines[open...].dropFirst().firstIndex(where: { $0 == indent + "}" })
      else { return nil }
      return (start + 1, end - start + 1)
    }
  }

  /// The numbers of the lines of code that match a pattern; comments are no code.
  ///
  /// Looked for in the whole text at once, by Foundation: Swift's own expressions, line by line, took half of all the
  /// tests' time.
  func lines(matching pattern: String) -> [Int] {
    let text = text as NSString
    var number = 1
    var counted = 0
    var found: [Int] = []
    for match in matches(of: pattern) {
      let passed = text.substring(with: NSRange(counted..<match.range.location))
      number += passed.utf8.count { $0 == UInt8(ascii: "\n") }
      counted = match.range.location
      if found.last != number, !isComment(number) { found.append(number) }
    }
    return found
  }

  func isComment(_ line: Int) -> Bool { lines[line - 1].drop { $0 == " " }.hasPrefix("//") }

  private func matches(of pattern: String) -> [NSTextCheckingResult] {
    guard
      let expression = try? NSRegularExpression(pattern: pattern, options: .anchorsMatchLines)
    else { preconditionFailure("no expression: \(pattern)") }
    return expression.matches(in: text, range: NSRange(location: 0, length: text.utf16.count))
  }

  /// What stands between a quotation mark and the next, line by line.
  var quoted: [(line: Int, words: Set<Substring>)] {
    lines.enumerated().compactMap { index, line in
      let pieces = line.split(separator: "\"", omittingEmptySubsequences: false)
      guard pieces.count > 1 else { return nil }
      return (index + 1, Set(pieces.dropFirst().dropLast()))
    }
  }
}
