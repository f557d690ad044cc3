import Foundation
import Notation
import Storage
import Sweeps
import TestSupport
import Testing

/// What the reader of a spec sees for each mistake, whole, in `Golden/<name>.txt`.
struct SpecFaultsTests {
  @Test(arguments: FaultySpec.all)
  func `a mistake is told as a compiler tells it`(spec: FaultySpec) {
    let faults = #expect(throws: SpecFaults.self) {
      try exampleSpec(spec.text, overrides: spec.overrides)
    }
    expectGolden((faults?.description ?? "nothing was wrong") + "\n", "\(spec.name).txt")
  }

  @Test func `ten thousand faults of one line are told in moments, the first hundred of them`()
    throws
  {
    let keys = (0..<10_000).map { "\"key\($0)\": 1" }.joined(separator: ", ")
    // Without the macros, which would describe the error, too.
    var thrown: SpecFaults?
    do { _ = try exampleSpec("{\(keys)}") } catch let error as SpecFaults { thrown = error }
    let faults = try #require(thrown)
    let count = faults.faults.count
    #expect(count == 10_000)
    let clock = ContinuousClock()
    let time = clock.measure {
      let text = faults.description
      #expect(text.hasSuffix("10,000 faults, the first 100 of which are told."))
    }
    // Told one by one they took a hundred seconds.
    #expect(time < .seconds(10))
  }

  @Test func `golden files and mistakes are the same set`() throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appending(component: "Golden")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(Set(files) == Set(FaultySpec.all.map { "\($0.name).txt" }))
    #expect(FaultySpec.all.count >= 40)
  }

  @Test func `a long line is cut around the mark`() throws {
    let levels = (0..<200).map { "\($0)" }.joined(separator: ", ")
    let faults = #expect(throws: SpecFaults.self) {
      try exampleSpec("{\"axes\": {\"weight_decay\": [\(levels), \"x\", \(levels)]}}")
    }
    let lines = try #require(faults?.faults.first?.description).split(separator: "\n")
    #expect(lines.allSatisfy { $0.count <= 110 })
    let mark = try #require(lines[3].firstIndex(of: "^"))
    let offset = lines[3].distance(from: lines[3].startIndex, to: mark)
    #expect(lines[2].dropFirst(offset).hasPrefix("\"x\""))
  }
}

/// A spec with a mistake in it.
struct FaultySpec: CustomTestStringConvertible {
  let name: String
  let text: String
  let overrides: [String]

  init(_ name: String, _ text: String, overrides: [String] = []) {
    self.name = name
    self.text = text
    self.overrides = overrides
  }

  var testDescription: String { name }

  static let all = json + shape + settings + axes + cells + commands + questions + commandLine

  private static let json = [
    FaultySpec(
      "trailing-comma",
      "{\n  \"axes\": {\n    \"dropout\": [0, 0.5],\n  }\n}"
    ),
    FaultySpec(
      "comment",
      "{\n  // ten epochs are enough\n  \"settings\": { \"epochs\": 10 }\n}"
    ),
    FaultySpec("missing-comma", "{\n  \"seeds\": 3\n  \"name\": \"x\"\n}"),
    FaultySpec("single-quotes", "{ 'seeds': 3 }"),
    FaultySpec("curly-quotes", "{ “seeds”: 3 }"),
    FaultySpec("unquoted", "{ axes: { tuning: [full, \"head\"] } }"),
    FaultySpec("python-words", "{ \"settings\": { \"test\": True } }"),
    FaultySpec("not-finite", "{ \"axes\": { \"weight_decay\": [0, NaN, 1e999] } }"),
    FaultySpec("number-forms", "{ \"axes\": { \"weight_decay\": [.5, +1, 01, 1_000, 2.] } }"),
    FaultySpec("unclosed", "{\n  \"axes\": {\n    \"dropout\": [0, 0.5]\n"),
    FaultySpec("mismatched", "{ \"axes\": { \"dropout\": [0, 0.5} }"),
    FaultySpec("unterminated", "{ \"name\": \"my sweep }"),
    FaultySpec("duplicate-key", "{\n  \"seeds\": 3,\n  \"name\": \"x\",\n  \"seeds\": 5\n}"),
    FaultySpec("empty", ""),
    FaultySpec("second-object", "{ \"seeds\": 3 }\n{ \"seeds\": 4 }"),
  ]

  private static let shape = [
    FaultySpec("not-an-object", "[1, 2]"),
    FaultySpec("unknown-key", "{ \"setings\": {}, \"axis\": {}, \"colour\": 1 }"),
    FaultySpec("wrong-kinds", "{ \"name\": 3, \"settings\": [], \"axes\": 1, \"exclude\": {} }"),
    FaultySpec("empty-name", "{ \"name\": \"\" }"),
    FaultySpec("zero-seeds", "{ \"seeds\": 0 }"),
    FaultySpec("seed-list", "{ \"seeds\": [1, 2, 1, 0.5, \"3\"] }"),
    FaultySpec("no-seeds", "{ \"seeds\": [] }"),
    FaultySpec(
      "seed-rule",
      "{ \"seeds\": { \"first\": 2, \"looks\": [8, 101], \"until\": \"done\", \"alpha\": 0.1 } }"
    ),
    FaultySpec(
      "seed-rule-looks",
      "{ \"metrics\": { \"accuracy\": { \"better\": \"higher\", \"delta\": 0.01 } },\n"
        + "  \"seeds\": { \"first\": 5, \"looks\": [8, 5], \"until\": \"settled\" } }"
    ),
    FaultySpec(
      "seed-rule-without-metrics",
      "{ \"seeds\": { \"first\": 5, \"looks\": [8], \"until\": \"settled\" } }"
    ),
    FaultySpec(
      "limits",
      "{ \"limits\": { \"timeout\": \"10 minutes\", \"memory\": \"2 gigs\", \"retries\": -1,\n"
        + "  \"cores\": 0, \"halt\": \"soon\", \"time\": 1 } }"
    ),
    FaultySpec(
      "metrics",
      "{ \"metrics\": { \"acuracy\": { \"better\": \"more\", \"delta\": -1 },\n"
        + "  \"gap\": { \"delta\": \"small\" }, \"seed\": { \"better\": \"none\", \"delta\": 0 } } }"
    ),
  ]

  private static let settings = [
    FaultySpec(
      "unknown-setting",
      "{\n  \"settings\": {\n    \"leraning_rate\": 0.003,\n    \"momentun\": 1\n  }\n}"
    ),
    FaultySpec(
      "wrong-choice",
      "{ \"settings\": { \"tuning\": \"heads\", \"dataset\": \"mnist\" } }"
    ),
    FaultySpec(
      "out-of-bounds",
      "{ \"settings\": { \"dropout\": 1, \"epochs\": 2.5, \"learning_rate\": 0 } }"
    ),
    FaultySpec(
      "object-setting",
      "{ \"settings\": { \"augmentation\": { \"rotate\": 12, \"flip\": 1 } } }"
    ),
    FaultySpec("variant-setting", "{ \"settings\": { \"dataset\": { \"folder\": \"x\" } } }"),
    FaultySpec("missing-file", "{ \"settings\": { \"body\": \"none.safetensors\" } }"),
    FaultySpec(
      "contradiction",
      "{ \"settings\": { \"label_smoothing\": 0.1 }, \"axes\": { \"task\": [\"single\", \"multi\"] } }"
    ),
  ]

  private static let axes = [
    FaultySpec("empty-axis", "{ \"axes\": { \"dropout\": [] } }"),
    FaultySpec("scalar-axis", "{ \"axes\": { \"dropout\": 0.5 } }"),
    FaultySpec("unknown-axis", "{ \"axes\": { \"drop_out\": [0, 0.5], \"lr\": [1, 2] } }"),
    FaultySpec(
      "duplicate-levels",
      "{ \"axes\": { \"dropout\": [0.5, 0.50, 0.1], \"width\": [8, 8.0] } }"
    ),
    FaultySpec(
      "fixed-and-varied",
      "{ \"settings\": { \"dropout\": 0 }, \"axes\": { \"dropout\": [0, 0.5] } }"
    ),
    FaultySpec(
      "varied-twice",
      "{ \"axes\": { \"width\": [8, 16], \"size\": { \"zip\": { \"width\": [8, 16], \"epochs\": [1, 2] } } } }"
    ),
    FaultySpec(
      "reserved-name",
      "{ \"axes\": { \"status\": [1, 2] }, \"command\": [\"x\", \"{status}\"] }"
    ),
    FaultySpec(
      "axis-and-metric",
      "{ \"axes\": { \"gap\": [1, 2] }, \"command\": [\"x\"],\n"
        + "  \"metrics\": { \"gap\": { \"better\": \"none\", \"delta\": 0 } } }"
    ),
    FaultySpec(
      "bad-range",
      "{ \"axes\": { \"dropout\": { \"from\": 0, \"to\": 0.5, \"count\": 1 },\n"
        + "  \"learning_rate\": { \"from\": 0, \"to\": 1, \"count\": 5, \"scale\": \"log\" },\n"
        + "  \"weight_decay\": { \"from\": 1, \"to\": 1, \"count\": 2, \"step\": 1 },\n"
        + "  \"label_smoothing\": { \"from\": 0, \"count\": 2, \"scale\": \"loq\" } } }"
    ),
    FaultySpec(
      "range-not-whole",
      "{ \"axes\": { \"width\": { \"from\": 8, \"to\": 16, \"count\": 4 } } }"
    ),
    FaultySpec(
      "zip-lengths",
      "{ \"axes\": { \"size\": { \"zip\": { \"width\": [16, 32, 64], \"epochs\": [10, 20] } } } }"
    ),
    FaultySpec(
      "scores",
      "{ \"axes\": { \"tuning\": { \"levels\": [\"full\", \"head\"], \"scores\": [1, 2, 3] } } }"
    ),
  ]

  private static let cells = [
    FaultySpec(
      "exclude",
      "{ \"settings\": { \"epochs\": 5 }, \"axes\": { \"dropout\": [0, 0.5] },\n"
        + "  \"exclude\": [{ \"dropout\": 0.3 }, { \"drop\": 0 }, { \"epochs\": 5 }, {}] }"
    ),
    FaultySpec(
      "nothing-left",
      "{ \"axes\": { \"dropout\": [0, 0.5] }, \"exclude\": [{ \"dropout\": [0, 0.5] }] }"
    ),
    FaultySpec(
      "when",
      "{ \"axes\": { \"dropout\": [0, 0.5] }, \"when\": { \"dropout\": { \"task\": \"multi\" },\n"
        + "  \"width\": { \"dropout\": 0 } } }"
    ),
    FaultySpec(
      "own-condition",
      "{ \"axes\": { \"dropout\": [0, 0.5] }, \"when\": { \"dropout\": { \"dropout\": 0 } } }"
    ),
    FaultySpec(
      "include",
      "{ \"axes\": { \"dropout\": [0, 0.5] }, \"include\": [{ \"dropout\": 2 }] }"
    ),
    FaultySpec("sample", "{ \"sample\": { \"count\": 0, \"method\": \"balance\" } }"),
    FaultySpec(
      "too-many-cells",
      "{ \"axes\": {"
        + ["dropout", "weight_decay", "label_smoothing", "learning_rate"].map {
          "\n  \"\($0)\": { \"from\": 0.1, \"to\": 0.9, \"count\": 100000 }"
        }.joined(separator: ",") + " } }"
    ),
  ]

  private static let commands = [
    FaultySpec(
      "placeholder",
      "{ \"axes\": { \"lr\": [1, 2] }, \"command\": [\"train\", \"--lr={rl}\", \"{run}\", \"}\"] }"
    ),
    FaultySpec("command-kind", "{ \"command\": \"python3 train.py\" }"),
    FaultySpec(
      "needs-command",
      "{ \"inputs\": [\"train.py\"], \"results\": { \"file\": \"m.csv\" } }"
    ),
    FaultySpec(
      "needs-trainer",
      "{ \"command\": [\"train\"], \"keep\": [\"weights\"] }"
    ),
    FaultySpec("keep", "{ \"keep\": [\"weights\", \"probability\"] }"),
    FaultySpec(
      "worker",
      "{ \"axes\": { \"lr\": [1, 2] }, \"worker\": [\"train\", \"--lr={lr}\", \"{run}\", \"{slot}\"] }"
    ),
    FaultySpec(
      "two-programs",
      "{ \"command\": [\"train\"], \"worker\": [\"train\", \"--serve\"], \"axes\": { \"lr\": [1, 2] } }"
    ),
    FaultySpec(
      "command-parts",
      "{ \"command\": [\"x\"], \"inputs\": [\"gone.py\"], \"results\": { \"pattern\": \"(\" } }"
    ),
  ]

  private static let declared =
    "{ \"axes\": { \"dropout\": [0, 0.5], \"tuning\": [\"full\", \"head\"] },\n"
    + "  \"exclude\": [{ \"dropout\": 0.5, \"tuning\": \"head\" }],\n"
    + "  \"metrics\": { \"gap\": { \"better\": \"none\", \"delta\": 0.02 } },\n"

  private static let questions = [
    FaultySpec(
      "question",
      declared
        + "  \"questions\": [{ \"id\": \"a\", \"factor\": \"drop\", \"from\": 0, \"to\": 1, \"metric\": \"gop\" },\n"
        + "    { \"id\": \"a\", \"factor\": \"dropout\", \"from\": 0, \"to\": 0.0, \"metric\": \"gap\",\n"
        + "      \"at\": { \"dropout\": 0, \"tuning\": \"heads\" } }] }"
    ),
    FaultySpec(
      "question-without-cells",
      declared
        + "  \"questions\": [{ \"id\": \"a\", \"factor\": \"dropout\", \"from\": 0, \"to\": 0.5, \"metric\": \"gap\",\n"
        + "      \"at\": { \"tuning\": \"head\" } }] }"
    ),
    FaultySpec(
      "question-without-metrics",
      "{ \"axes\": { \"dropout\": [0, 0.5] },\n"
        + "  \"questions\": [{ \"id\": \"a\", \"factor\": \"dropout\", \"from\": 0, \"to\": 0.5, \"metric\": \"gap\" }] }"
    ),
    FaultySpec(
      "textbook",
      declared
        + "  \"textbook\": [{ \"question\": \"a\", \"direction\": \"upp\", \"confidence_pct\": 20, \"premise\": \"x\" }] }"
    ),
  ]

  private static let commandLine = [
    FaultySpec("override", "{ \"axes\": { \"dropout\": [0, 0.5] } }", overrides: ["dropout=0,1.5"]),
    FaultySpec("override-form", "{}", overrides: ["dropout", "=3", "augmentation={\"flip\":}"]),
    FaultySpec("override-key", "{}", overrides: ["limits.time=3", "droput=0,0.1"]),
  ]
}
