package import Foundation
package import Testing

/// Compares a whole text with the golden file `Golden/<name>` beside the test file.
///
/// Under `RECORD=1` the file is written instead, to be read as a diff; otherwise a missing file fails,
/// since a test that makes its own expectation tests nothing.
///
/// - Parameters:
///   - text: What the program made.
///   - name: The golden file's name with its ending.
///   - testFile: The file of the test; golden files live in the folder `Golden` beside it.
///   - sourceLocation: Where a difference is reported.
package func expectGolden(
  _ text: String,
  _ name: String,
  testFile: String = #filePath,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let folder = URL(fileURLWithPath: testFile).deletingLastPathComponent()
  expectText(
    text,
    at: folder.appending(components: "Golden", name),
    sourceLocation: sourceLocation
  )
}

/// Compares a whole text with a file that is written under `RECORD=1`, as golden files are.
package func expectText(
  _ text: String,
  at file: URL,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let name = file.lastPathComponent
  do {
    if ProcessInfo.processInfo.environment["RECORD"] == "1" {
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(),
        withIntermediateDirectories: true
      )
      try Data(text.utf8).write(to: file)
      return
    }
    guard FileManager.default.fileExists(atPath: file.path) else {
      Issue.record(
        "The golden file \(name) is missing; make record writes it, then read it.",
        sourceLocation: sourceLocation
      )
      return
    }
    let golden = String(decoding: try Data(contentsOf: file), as: UTF8.self)
    guard golden != text else { return }
    Issue.record(
      Comment(rawValue: firstDifference(between: golden, and: text, name: name)),
      sourceLocation: sourceLocation
    )
  } catch {
    Issue.record(error, sourceLocation: sourceLocation)
  }
}

private func firstDifference(between golden: String, and text: String, name: String) -> String {
  let expected = golden.split(separator: "\n", omittingEmptySubsequences: false)
  let found = text.split(separator: "\n", omittingEmptySubsequences: false)
  for line in 0..<max(expected.count, found.count) {
    let want = line < expected.count ? String(expected[line]) : "(end of file)"
    let got = line < found.count ? String(found[line]) : "(end of text)"
    if want != got {
      return "\(name):\(line + 1) differs.\n  golden: \(want)\n  found:  \(got)"
    }
  }
  return "\(name) differs in its line ends."
}
