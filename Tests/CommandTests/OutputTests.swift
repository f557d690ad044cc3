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

  /// What a worker is told by a pipe whose reader is gone, or a full disk, ends it with a sentence too.
  @Test(arguments: ["> /dev/full", ">&-"])
  func `a trainer whose output nobody takes ends with a sentence`(output: String) throws {
    try withDose { folder, _ in
      let settings = #"{\"train_size\": 50, \"epochs\": 1}"#
      let train = try shell(
        "echo \"\(settings)\" | \"$SWEEP\" train --settings - \(output)",
        in: folder
      )
      #expect(train.exitCode == 74, "\(train.errors)")
      #expect(train.errors.hasPrefix("Error: standard output cannot be written: "))
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

  @Test func `reports are made of whatever numbers a program printed`() throws {
    try withTemporaryFolder { url in
      let lines = [
        #"{"final": {"loss": 1e308, "accuracy": 1e-19, "shared_features": 1e19}, "correct": "/w=="}"#,
        #"{"final": {"loss": -1e308, "accuracy": 1, "reliability": [[9223372036854775807, 1, 1e308]]}}"#,
        #"{"final": {"loss": 5e-324, "reliability": [[9223372036854775807, 9223372036854775807, 1]]}}"#,
      ]
      let spec = """
        {"name": "odd", "command": ["cat", "{a}.txt"], "axes": {"a": [0, 1, 2]}, "seeds": 2,
         "metrics": {"loss": {"better": "lower", "delta": 0.1}}}
        """
      var files = ["odd.json": spec]
      for (index, line) in lines.enumerated() { files["\(index).txt"] = line + "\n" }
      let folder = try SweepFolder(url, files: files)
      #expect(try folder.sweep("run odd.json -j1").exitCode == 0)
      for line in [
        "report", "report --format html -o page.html", "report --format json", "runs", "status",
        "compare a=0 a=1", "compare a=1 a=2", "export --to csv out.csv", "plan odd.json",
      ] {
        let result = try folder.sweep(line)
        #expect(result.exitCode == 0, "\(line): \(result.errors)")
      }
    }
  }

  @Test
  func `levels and names that differ only in how their letters are composed are not mixed up`()
    throws
  {
    try withTemporaryFolder { url in
      let composed =
        #"{"name": "\u00e9", "command": ["echo", "{{\"final\": {{\"y\": 1}}}}"], "seeds": 1}"#
      let marked =
        #"{"name": "e\u0301", "command": ["echo", "{{\"final\": {{\"y\": 2}}}}"], "seeds": 1}"#
      let twice =
        #"{"command": ["echo", "{a}"], "axes": {"a": ["\u00e9", "e\u0301"]}, "seeds": 1}"#
      let folder = try SweepFolder(
        url,
        files: ["c.json": composed, "m.json": marked, "t.json": twice]
      )
      #expect(try folder.sweep("run c.json").exitCode == 0)
      let marks = try folder.sweep("run m.json")
      #expect(marks.exitCode == 0 && !marks.errors.contains("Warning"), "\(marks.errors)")
      let status = try folder.sweep("status")
      #expect(status.output.components(separatedBy: "1 planned = 1 ok").count == 3)
      let refused = try folder.sweep("plan t.json")
      #expect(refused.exitCode == 64 && refused.errors.contains("twice"))
    }
  }

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
