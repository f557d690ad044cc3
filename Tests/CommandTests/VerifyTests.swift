import Execution
import Foundation
import Notation
import Storage
import Sweeps
import TestSupport
import Testing

/// The story of a written report that is compared with the database.
struct VerifyTests {
  private static let formats = ["md", "csv", "json", "jsonl", "html", "terminal"]

  private func edit(_ name: String, in folder: SweepFolder, _ change: (String) -> String) throws {
    let url = folder.url.appending(component: name)
    let text = String(decoding: try Data(contentsOf: url), as: UTF8.self)
    let changed = change(text)
    #expect(changed != text)
    try Data(changed.utf8).write(to: url)
  }

  @Test func `a report of any format is found to be what the database gives`() throws {
    try FormatTests.withDose { folder in
      for format in Self.formats {
        #expect(try folder.sweep("report --format \(format) -o report.\(format)").exitCode == 0)
        let verified = try folder.sweep("report --verify report.\(format)")
        #expect(verified.exitCode == 0, "\(format): \(verified.output)\(verified.errors)")
        #expect(verified.output.contains("all as the database gives them"))
        // Without its ending the file tells its format by what is in it.
        try FileManager.default.copyItem(
          at: folder.url.appending(component: "report.\(format)"),
          to: folder.url.appending(component: "copy-\(format)")
        )
        #expect(try folder.sweep("report --verify copy-\(format)").exitCode == 0, "\(format)")
      }
    }
  }

  @Test func `one changed number is named in any format, with its line and what it should be`()
    throws
  {
    try FormatTests.withDose { folder in
      // The final loss of a=0 seed=1 is 0.51.
      for (format, said) in [("csv", "0.51"), ("json", "0.51"), ("jsonl", "0.51")] {
        _ = try folder.sweep("report --format \(format) -o report.\(format)")
        try edit("report.\(format)", in: folder) {
          $0.replacing("0.51,", with: "0.57,", maxReplacements: 1)
        }
        let found = try folder.sweep("report --verify report.\(format)")
        #expect(found.exitCode == 1)
        #expect(found.output.contains("says 0.57, the database gives \(said)"), "\(found.output)")
        #expect(found.output.contains("1 number differs from what the database gives"))
      }
      for format in ["md", "terminal", "html"] {
        _ = try folder.sweep("report --format \(format) -o report.\(format)")
        try edit("report.\(format)", in: folder) {
          $0.replacing("3 seeds", with: "4 seeds", maxReplacements: 1)
        }
        let found = try folder.sweep("report --verify report.\(format)")
        #expect(found.exitCode == 1)
        #expect(found.output.contains("says 4, the database gives 3"), "\(found.output)")
      }
    }
  }

  @Test func `other words, lines more and lines less are told apart from numbers`() throws {
    try FormatTests.withDose { folder in
      _ = try folder.sweep("report -o report.md")
      try edit("report.md", in: folder) {
        $0.replacing("## What we found", with: "## What was done").replacing(
          "## Cells",
          with: "Trust me.\n\n## Cells"
        )
      }
      let found = try folder.sweep("report --verify report.md")
      #expect(found.exitCode == 1)
      #expect(found.output.contains(": not in the report: Trust me."))
      #expect(found.output.contains("report.md:3: other words\n  written:  ## What was done"))
      #expect(!found.output.contains("says"))
    }
  }

  @Test func `line ends of another system are not differences`() throws {
    try FormatTests.withDose { folder in
      _ = try folder.sweep("report -o report.md")
      try edit("report.md", in: folder) { $0.replacing("\n", with: "\r\n") }
      let crlf = try folder.sweep("report --verify report.md")
      #expect(crlf.exitCode == 0 && crlf.errors.contains("ends of its lines"))
      _ = try folder.sweep("report --format csv -o runs.csv")
      try edit("runs.csv", in: folder) { $0.replacing("\r\n", with: "\n") }
      #expect(try folder.sweep("report --verify runs.csv").exitCode == 0)
    }
  }

  @Test func `the sweep, the part and the width are found in the file`() throws {
    try FormatTests.withDose { folder in
      for format in Self.formats where format != "csv" {
        _ = try folder.sweep("report --only baseline --format \(format) -o base.\(format)")
      }
      _ = try folder.sweep(
        "report --format terminal --color always -o wide.txt",
        environment: ["COLUMNS": "97"]
      )
      _ = try folder.sweep("report -o dose.md")
      _ = try folder.sweep("report --figures figures -o drawn.md")
      // A newer sweep must not be mistaken for the one that the files are about.
      _ = try folder.sweep("run dose.json --quiet --set name=later --set seeds=2")
      for format in Self.formats where format != "csv" {
        let found = try folder.sweep("report --verify base.\(format)")
        #expect(found.exitCode == 0, "\(format): \(found.output)")
      }
      for name in ["wide.txt", "dose.md", "drawn.md"] {
        let found = try folder.sweep("report --verify \(name)")
        #expect(found.exitCode == 0, "\(name): \(found.output)\(found.errors)")
      }
    }
  }

  @Test func `a run that came later makes an old report differ`() throws {
    try FormatTests.withDose { folder in
      _ = try folder.sweep("report --format csv -o runs.csv")
      _ = try folder.sweep("run dose.json --quiet --set seeds=4")
      let found = try folder.sweep("report --verify runs.csv")
      #expect(found.exitCode == 1)
      #expect(found.output.contains("is missing:"))
    }
  }

  @Test func `verifying the baseline leaves predictions open, the whole reveals them`() throws {
    let spec = """
      { "name": "q", "command": ["sh", "-c", "echo '{{\\"final\\": {{\\"loss\\": 0.{a}{seed}}}}}'"],
        "axes": { "a": [1, 2] }, "seeds": 2, "metrics": { "loss": { "better": "lower", "delta": 0.1 } },
        "questions": [{ "id": "q", "factor": "a", "from": 1, "to": 2, "metric": "loss" }] }
      """
    try withTemporaryFolder { url in
      let folder = try SweepFolder(url, files: ["q.json": spec])
      _ = try folder.sweep("run q.json --quiet")
      for format in ["md", "json"] {
        _ = try folder.sweep("report --only baseline --format \(format) -o base.\(format)")
        let found = try folder.sweep("report --verify base.\(format)")
        #expect(found.exitCode == 0 && found.errors.isEmpty, "\(found.errors)")
      }
      // The same file, said to be of the whole sweep.
      try edit("base.md", in: folder) { $0.replacing("\"only\":\"baseline\",", with: "") }
      let whole = try folder.sweep("report --verify base.md")
      #expect(whole.exitCode == 1 && whole.errors.contains("predictions were open"))
    }
  }

  @Test func `what cannot be compared is refused`() throws {
    try FormatTests.withDose { folder in
      #expect(try folder.sweep("report --verify nothing.md").exitCode == 64)
      #expect(try folder.sweep("report --verify a.md --watch").exitCode == 64)
      #expect(try folder.sweep("report --verify a.md --format md").exitCode == 64)
      try Data("# dose\n\n## What was run\n".utf8).write(
        to: folder.url.appending(component: "earlier.md")
      )
      let earlier = try folder.sweep("report --verify earlier.md")
      #expect(earlier.exitCode == 1 && earlier.output.contains("does not say what made it"))
      try Data([0xFF, 0xFE, 0x1B, 0x00]).write(to: folder.url.appending(component: "noise"))
      let noise = try folder.sweep("report --verify noise")
      #expect(noise.exitCode == 1 && !noise.output.contains("\u{1B}"))
      try Data().write(to: folder.url.appending(component: "empty.json"))
      #expect(try folder.sweep("report --verify empty.json").exitCode == 1)
    }
  }
}
