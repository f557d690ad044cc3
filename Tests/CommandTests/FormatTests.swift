import Execution
import Foundation
import Notation
import Storage
import Sweeps
import TestSupport
import Testing

/// The story of a sweep's report in the formats that programs read.
struct FormatTests {
  private static let spec = """
    { "name": "dose", "command": ["sh", "work.sh", "{a}", "{seed}"], "axes": { "a": [0, 1] },
      "seeds": 3, "metrics": { "loss": { "better": "lower", "delta": 0.02 } } }
    """
  private static let worker = """
    for e in 1 2 3; do echo "{\\"epoch\\": $e, \\"loss\\": 0.$((8 - $1))$2$e}"; done
    echo "{\\"final\\": {\\"loss\\": 0.$((5 - $1))$2}}"
    """

  static func withDose(_ body: (SweepFolder) throws -> Void) throws {
    try withTemporaryFolder { url in
      let folder = try SweepFolder(url, files: ["dose.json": spec, "work.sh": worker])
      #expect(try folder.sweep("run dose.json --quiet").exitCode == 0)
      try body(folder)
    }
  }

  @Test func `a document goes to a file and holds the curves of the store`() throws {
    try Self.withDose { folder in
      #expect(try folder.sweep("report --format json -o report.json").exitCode == 0)
      let bytes = try Data(contentsOf: folder.url.appending(component: "report.json"))
      let document = try #require(JSON(line: Array(bytes))?.object)
      guard case .array(let curves)? = document["curves"] else {
        Issue.record("no curves")
        return
      }
      #expect(curves.count == 6)
      #expect(curves[0].object?["epoch"]?.text == "[1.0,2.0,3.0]")
      #expect(curves[0].object?["loss"]?.text == "[0.801,0.802,0.803]")
      let left = try FileManager.default.contentsOfDirectory(atPath: folder.url.path)
      #expect(!left.contains { $0.hasSuffix("partial") })
    }
  }

  @Test func `a file that cannot be written is said to, and nothing is left`() throws {
    try Self.withDose { folder in
      let lost = try folder.sweep("report --format jsonl -o none/report.jsonl")
      #expect(lost.exitCode == 74)
      #expect(lost.errors.contains("'none/report.jsonl' cannot be written"))
    }
  }

  @Test func `an unknown format is refused with those there are`() throws {
    try Self.withDose { folder in
      let refused = try folder.sweep("report --format xml")
      #expect(refused.exitCode == 64)
      for name in ["md", "csv", "json", "jsonl"] { #expect(refused.errors.contains("'\(name)'")) }
    }
  }
}

extension FormatTests {
  @Test func `a terminal's report fits COLUMNS, and is coloured on request alone`() throws {
    try Self.withDose { folder in
      let plain = try folder.sweep("report --format terminal", environment: ["COLUMNS": "50"])
      #expect(plain.exitCode == 0)
      #expect(plain.output.hasPrefix("dose\n====\n"))
      #expect(!plain.output.contains("\u{1B}"))
      #expect(plain.output.split(separator: "\n").allSatisfy { $0.count <= 50 })
      let colored = try folder.sweep("report --format terminal --color always")
      #expect(colored.output.contains("\u{1B}[1;36mdose\u{1B}[0m"))
    }
  }

  #if os(Linux)
  @Test func `on a terminal there are colours, unless NO_COLOR forbids them`() throws {
    try Self.withDose { folder in
      // script(1) gives the program a terminal of 60 columns.
      func shown(_ environment: [String: String]) throws -> String {
        try SweepBinary.run(
          [
            "-qec", "stty cols 60; '\(SweepBinary.url.path)' report --format terminal",
            "typescript",
          ],
          in: folder.url,
          environment: environment,
          executable: URL(fileURLWithPath: "/usr/bin/script")
        ).output
      }
      let colored = try shown(["TERM": "xterm", "NO_COLOR": ""])
      #expect(colored.contains("\u{1B}[1;36mdose"))
      let plain = try shown(["TERM": "xterm", "NO_COLOR": "1"])
      #expect(plain.contains("dose") && !plain.contains("\u{1B}"))
      #expect(plain.split(whereSeparator: \.isNewline).allSatisfy { $0.count <= 60 })
    }
  }
  #endif
}
