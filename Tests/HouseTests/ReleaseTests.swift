import Foundation
import Testing

/// One version, wherever it is written; `make release` raises it.
struct ReleaseTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  private func version(_ file: String, _ pattern: Regex<(Substring, Substring)>) throws -> String {
    let text = try String(contentsOf: Self.root.appending(path: file), encoding: .utf8)
    return String(try #require(text.firstMatch(of: pattern), "\(file) names no version").output.1)
  }

  @Test func `program, package, citation and changelog name one version`() throws {
    let program = try version(
      "Sources/Laboratory/Laboratory.swift",
      #/static let version = "([^"]+)"/#
    )
    #expect(try version("python/sweeplab/__init__.py", #/__version__ = "([^"]+)"/#) == program)
    #expect(try version("CITATION.cff", #/\nversion: (\S+)\n/#) == program)
    #expect(try version("CHANGELOG.md", #/## \[(\d[^\]]*)\]/#) == program)
  }
}
