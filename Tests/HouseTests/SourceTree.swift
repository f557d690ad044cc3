import Foundation

/// The files under `Sources`, as text.
struct SourceTree {
  struct File {
    /// The path below `Sources`, such as `Charts/SVG.swift`.
    let path: String
    let lines: [Substring]

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
      return File(path: path, lines: text.split(separator: "\n", omittingEmptySubsequences: false))
    }
  }

  var swiftFiles: [File] { files.filter(\.isSwift) }
}

extension SourceTree.File {
  /// The modules that the file imports.
  var imports: Set<String> {
    Set(
      lines.compactMap { line in
        line.firstMatch(
          of:
            #/^(?:package |public |internal |fileprivate |private )?import (?:struct |class |enum |func |protocol |typealias )?(\w+)/#
        ).map { String($0.output.1) }
      }
    )
  }

  /// The functions, initializers and computed properties with the number of their lines, signature and braces included.
  ///
  /// The house format puts the closing brace of a body under the first letter of its declaration.
  var functions: [(line: Int, count: Int)] {
    lines.indices.compactMap { start in
      let line = lines[start]
      guard line.contains(#/\b(func|init|subscript|var) ?[\w`(<?]/#), !line.hasSuffix("}") else {
        return nil
      }
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
  func lines(matching pattern: Regex<some Any>) -> [Int] {
    lines.indices.filter { index in
      let code = lines[index].drop { $0 == " " }
      return !code.hasPrefix("//") && code.contains(pattern)
    }.map { $0 + 1 }
  }
}
