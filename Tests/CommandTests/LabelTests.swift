import Foundation
import Sweeps
import TestSupport
import Testing

/// Tags, notes, artifacts and what was installed: what people look for when they come back to a run.
struct LabelTests {
  private static let spec = """
    { "name": "dose", "axes": { "x": [1, 2] }, "seeds": 1, "metrics": { "y": { "better": "higher", "delta": 0.1 } },
      "command": ["sh", "-c", "echo kept > $SWEEP_RUN_DIR/y={x}.txt; echo '{{\\"final\\": {{\\"y\\": {x}}}}}'"] }
    """
  private static let question = """
    , "questions": [ { "id": "q", "factor": "x", "from": 1, "to": 2, "metric": "y" } ] }
    """

  private func withSweep(
    sealed: Bool = false,
    _ body: (SweepFolder, _ run: String) throws -> Void
  ) throws {
    try withTemporaryFolder { url in
      let text = sealed ? Self.spec.dropLast() + Self.question : Self.spec[...]
      let folder = try SweepFolder(url, files: ["dose.json": String(text)])
      let run = try folder.sweep("run dose.json --quiet")
      try #require(run.exitCode == 0, "\(run.errors)")
      try body(folder, try folder.stored().records[0].run.id)
    }
  }

  @Test func `a tag finds a sweep and a run again, until it is taken away`() throws {
    try withSweep { folder, run in
      #expect(try folder.sweep("tag dose paper").output == "dose\n  tags: paper\n")
      #expect(
        try folder.sweep("tag \(run.prefix(6)) best lr=high best").output
          == "run \(run) of dose\n  tags: best, lr=high\n"
      )
      #expect(try folder.sweep("status --tag paper").output.contains("tags: paper"))
      #expect(try folder.sweep("status --tag best").output.isEmpty)
      let found = try folder.sweep("runs --tag best").output.split(separator: "\n")
      #expect(found.count == 1 && found[0].hasPrefix(run))
      let asked = "SELECT run FROM runs, json_each(runs.tags) WHERE value = 'best'"
      #expect(try SweepBinary.run(["sql", asked, "--csv"], in: folder.url).output.contains(run))
      #expect(try folder.sweep("tag \(run) best --remove").output.hasSuffix("  tags: lr=high\n"))
      #expect(try folder.sweep("runs --tag best").output.isEmpty)
    }
  }

  @Test func `a note stands with its moment, in show and in status`() throws {
    try withSweep { folder, run in
      let words = "ran on the small machine"
      let noted = try SweepBinary.run(["note", run, words], in: folder.url)
      #expect(noted.exitCode == 0, "\(noted.errors)")
      #expect(try folder.sweep("show \(run)").output.contains(#/note of \d{4}-.*Z: ran on/#))
      #expect(try SweepBinary.run(["note", "dose", words], in: folder.url).exitCode == 0)
      #expect(try folder.sweep("status").output.contains(": \(words)"))
      #expect(try folder.sweep("note dose --json").output.contains(#""format":"labels/1""#))
    }
  }

  @Test func `what is no word, no sweep and no run is refused`() throws {
    try withSweep { folder, _ in
      let blank = try SweepBinary.run(["tag", "dose", "two words"], in: folder.url)
      #expect(blank.exitCode == 64 && blank.errors.contains("'two words' cannot be a tag"))
      let nothing = try folder.sweep("tag nothing paper")
      #expect(nothing.exitCode == 64 && nothing.errors.contains("no sweep and no run 'nothing'"))
      #expect(try SweepBinary.run(["note", "dose", "  "], in: folder.url).exitCode == 64)
    }
  }

  @Test func `show lists what a run left, but not while a question is sealed`() throws {
    try withSweep { folder, run in
      let shown = try folder.sweep("show \(run)").output
      #expect(shown.contains("left: y=1.txt, 5 bytes") && !shown.contains("left: settings.json"))
    }
    try withSweep(sealed: true) { folder, run in
      // The name of a file may be a result, as it is here.
      let shown = try folder.sweep("show \(run)").output
      #expect(!shown.contains("y=1"))
      #expect(try folder.sweep("show \(run) --json").output.contains(#""artifacts":[]"#))
      #expect(try folder.sweep("show \(run) --show-results").output.contains("left: y=1.txt"))
    }
  }

  @Test func `what Python has installed is kept with runs, and asked for only before some`() throws
  {
    try withTemporaryFolder { url in
      // A Python that is a shell, so that no package of this machine is in the test.
      let spec =
        #"{"name": "p", "axes": {"x": [1]}, "seeds": 1, "command": ["./python3", "{{\"final\":{{\"y\":{x}}}}}"]}"#
      let python =
        "#!/bin/sh\n[ \"$1\" = -c ] && echo >> asked && printf 'python 3.99\\nthing==1.0\\n' || echo \"$1\"\n"
      let folder = try SweepFolder(url, files: ["p.json": spec, "python3": python])
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o755],
        ofItemAtPath: url.appending(component: "python3").path
      )
      let run = try folder.sweep("run p.json --quiet")
      try #require(run.exitCode == 0, "\(run.errors)")
      let id = try folder.stored().records[0].run.id
      #expect(try folder.sweep("show \(id)").output.contains("--environment lists it"))
      #expect(try folder.sweep("show \(id) --environment").output == "python 3.99\nthing==1.0\n")
      #expect(try folder.sweep("run p.json --quiet").exitCode == 0)
      let asked = try String(contentsOf: url.appending(component: "asked"), encoding: .utf8)
      #expect(asked == "\n")
    }
  }

  @Test func `a shell completes the names of sweeps, runs, tags, metrics and levels`() throws {
    try withSweep { folder, run in
      _ = try folder.sweep("tag dose paper")
      // How the script of a shell asks: the place of the word, the cursor in it, and the line.
      func completions(_ command: String, _ name: String, _ words: [String]) throws -> [Substring] {
        try SweepBinary.run(
          ["---completion", command, "--", name, "2", "0", "sweep", command] + words,
          in: folder.url,
          environment: ["SAP_SHELL": "bash"]
        ).output.split(separator: "\n")
      }
      #expect(try completions("report", "positional@0", [""]) == ["dose"])
      #expect(try completions("show", "positional@0", [""]).contains(Substring(run)))
      #expect(try completions("status", "--tag", ["--tag", ""]) == ["paper"])
      #expect(try completions("gate", "--metric", ["--metric", ""]) == ["y"])
      #expect(try completions("gate", "positional@0", [""]) == ["dose", "x=1", "x=2"])
      #expect(try completions("report", "positional@0", ["--results", "none", ""]).isEmpty)
    }
  }
}
