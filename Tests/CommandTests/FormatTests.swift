import Experiments
import Foundation
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
