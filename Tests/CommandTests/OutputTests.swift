import Foundation
import Sweeps
import TestSupport
import Testing

/// What becomes of output that nobody takes, and of words that a terminal would obey.
struct OutputTests {
  private static let spec = """
    { "name": "dose", "axes": { "a": [0, 1] }, "seeds": 2,
      "command": ["sh", "-c", "printf '\\\\033[31mred\\\\n'; [ {a} = 1 ] && exit 3; echo '{{\\"final\\": {{\\"loss\\": 0.5}}}}'"] }
    """

  private func withDose(_ body: (SweepFolder, SweepBinary.Result) throws -> Void) throws {
    try withTemporaryFolder { url in
      let folder = try SweepFolder(url, files: ["dose.json": Self.spec])
      try body(folder, try folder.sweep("run dose.json -j1"))
    }
  }

  private func shell(_ script: String, in folder: SweepFolder) throws -> SweepBinary.Result {
    try SweepBinary.run(
      ["-c", script],
      in: folder.url,
      environment: ["SWEEP": SweepBinary.url.path],
      executable: URL(fileURLWithPath: "/bin/sh")
    )
  }

  #if os(Linux)
  @Test(arguments: ["report", "runs", "status", "runs --json", "settings", "export --to csv"])
  func `a full disk is a sentence and exit code 74`(command: String) throws {
    try withDose { folder, _ in
      let full = try shell("\"$SWEEP\" \(command) > /dev/full", in: folder)
      #expect(full.exitCode == 74)
      #expect(full.errors.hasSuffix("cannot be written: No space left on device.\n"))
    }
  }

  @Test func `events that cannot be written do not end the sweep, and are told`() throws {
    try withDose { folder, _ in
      let full = try shell("\"$SWEEP\" run dose.json --again --json > /dev/full", in: folder)
      #expect(full.exitCode == 74)
      #expect(try folder.stored().records.allSatisfy { $0.attempt == 2 })
    }
  }
  #endif

  @Test func `a reader that has enough is no error`() throws {
    try withDose { folder, _ in
      // With the signal ignored the writer itself learns of the closed pipe.
      let cut = try shell("trap '' PIPE; \"$SWEEP\" settings | true", in: folder)
      #expect(cut.exitCode == 0 && cut.errors.isEmpty)
    }
  }

  @Test func `what programs print moves no cursor`() throws {
    try withDose { folder, run in
      let id = try #require(
        try folder.sweep("runs --status failed").output.split(separator: " ").first
      )
      let escape = "\u{1B}"
      #expect(run.errors.contains("\\u{1B}[31mred") && !run.errors.contains(escape))
      for command in ["show \(id)", "logs \(id)"] {
        let shown = try folder.sweep(command).output
        #expect(shown.contains("\\u{1B}[31mred") && !shown.contains(escape), "\(command)")
      }
      #expect(try folder.sweep("logs \(id) --raw").output == "\(escape)[31mred\n")
    }
  }
}
