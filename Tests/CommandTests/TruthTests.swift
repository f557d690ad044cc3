import Foundation
import Notation
import TestSupport
import Testing

/// The stories of runs that are lost, programs that change, factors that are added, and tables of others.
struct TruthTests {
  /// The loss is a number that depends on the settings and the seed; the hot rate loses three seeds.
  private static let worker = """
    if [ "$1" = hot ] && [ "$2" -lt 3 ]; then echo '{"final": {"loss": NaN, "accuracy": 0.5}}'; exit $3; fi
    if [ "$1" = hot ]; then echo "{\\"final\\": {\\"loss\\": 0.$((1 + $2))$2, \\"accuracy\\": 0.8$2}}"; exit; fi
    echo "{\\"final\\": {\\"loss\\": 0.$((3 + $2))5, \\"accuracy\\": 0.95}}"
    """

  private static func spec(_ name: String, code: Int = 0) -> String {
    """
    { "name": "\(name)", "command": ["sh", "work.sh", "{lr}", "{seed}", "\(code)"],
      "axes": { "lr": ["cold", "hot"] }, "seeds": 6,
      "metrics": { "loss": { "better": "lower", "delta": 0.02 },
                   "accuracy": { "better": "higher", "delta": 0.01, "range": [0, 1] } } }
    """
  }

  @Test(arguments: [0, 3])
  func `a declared metric that is no number is a divergence, whatever the exit code`(code: Int)
    throws
  {
    try withTemporaryFolder { url in
      let folder = try SweepFolder(
        url,
        files: ["lost.json": Self.spec("lost", code: code), "work.sh": Self.worker]
      )
      #expect(try folder.sweep("run lost.json --quiet").exitCode == 1)
      let status = try folder.sweep("status lost").output
      #expect(status.contains("12 planned = 9 ok + 0 failed + 3 diverged"))
      let report = try folder.sweep("report lost").output
      #expect(report.contains("3 of 6 seeds, 3 lost at lr = hot"))
      #expect(report.contains("**no verdict**"))
      #expect(report.contains("as low or as high as accuracy can be"))
      #expect(report.contains("open, runs lost"))
    }
  }

  @Test func `an axis that is added at its default keeps the runs that are there`() throws {
    try withTemporaryFolder { url in
      let worker = """
        echo "{\\"final\\": {\\"loss\\": 0.$(($1 + $2))}}"
        """
      func spec(_ momentum: String, _ words: String) -> String {
        """
        { "name": "grown", "command": ["sh", "work.sh", "{lr}", "{seed}"\(words)],
          "axes": { "lr": [1, 2]\(momentum) }, "seeds": 2,
          "metrics": { "loss": { "better": "lower", "delta": 0.1 } }\(words.isEmpty ? "" : ",\n  \"defaults\": { \"momentum\": 0 }") }
        """
      }
      let folder = try SweepFolder(url, files: ["small.json": spec("", ""), "work.sh": worker])
      #expect(try folder.sweep("run small.json --quiet").exitCode == 0)
      let axis = #", "momentum": [0, 0.9]"#
      for words in [#", "--momentum", "{momentum}""#, #", "--momentum={momentum}""#] {
        try Data(spec(axis, words).utf8).write(to: url.appending(component: "large.json"))
        let plan = try folder.sweep("plan large.json").output
        #expect(plan.contains("Store: 4 kept, 4 new, 0 dropped"))
      }
      #expect(try folder.sweep("run large.json --quiet").exitCode == 0)
      #expect(try folder.sweep("status grown").output.contains("8 planned = 8 ok"))
      #expect(try folder.sweep("report grown").output.contains("momentum"))
    }
  }

  @Test func `runs of two programs are told apart`() throws {
    try withTemporaryFolder { url in
      let spec = """
        { "name": "edited", "command": ["sh", "work.sh", "{a}", "{seed}"], "axes": { "a": [0, 1] }, "seeds": 3,
          "metrics": { "loss": { "better": "lower", "delta": 0.02 } } }
        """
      func worker(_ digit: Int) -> String {
        "echo \"{\\\"final\\\": {\\\"loss\\\": 0.$((\(digit) + $1))$2}}\""
      }
      let folder = try SweepFolder(url, files: ["edited.json": spec, "work.sh": worker(1)])
      #expect(try folder.sweep("run edited.json --quiet --filter a=0").exitCode == 0)
      #expect(try !folder.sweep("report edited").output.contains("Versions of the program"))
      try Data(worker(2).utf8).write(to: url.appending(component: "work.sh"))
      #expect(try folder.sweep("run edited.json --quiet").exitCode == 0)
      let report = try folder.sweep("report edited").output
      #expect(report.contains("**2 versions of the program** made these runs"))
      #expect(report.contains("a 0→1 (3 of 3 pairs)"))
      let row = try #require(
        report.split(separator: "\n").first { $0.hasPrefix("| ") && $0.contains("0–2") }
      )
      let name = row.split(separator: " ")[1]
      let effects = report.split(separator: "\n").filter { $0.hasPrefix("| a 0→1 ") }
      #expect(!effects.isEmpty && effects.allSatisfy { $0.contains(" § |") })
      #expect(report.contains("§ has pairs of runs of two versions of the program"))
      _ = try folder.sweep("report edited --format json -o edited.json.txt")
      let page = try String(
        contentsOf: url.appending(component: "edited.json.txt"),
        encoding: .utf8
      )
      let document = try #require(JSON(line: Array(page.utf8))?.object)
      #expect(document["versions"]?.array?.map { $0.object?["runs"]?.integer } == [3, 3])
      let made = try #require(document["runs"]?.array).map { $0.object?["version"]?.string }
      #expect(Set(made).count == 2 && !made.contains(nil) && made.contains(String(name)))
      for format in ["md", "json", "csv"] {
        _ = try folder.sweep(
          "report edited --only-version \(name) --format \(format) -o only.\(format)"
        )
        let option = format == "csv" ? " --only-version \(name)" : ""
        #expect(try folder.sweep("report --verify only.\(format)\(option)").exitCode == 0)
      }
      let part = try folder.sweep("report edited --only-version \(name)")
      #expect(part.exitCode == 0 && part.output.contains("3 finished"))
      let unknown = try folder.sweep("report edited --only-version nothing")
      #expect(unknown.exitCode == 64)
      #expect(unknown.errors.contains("is not the beginning of exactly one version"))
    }
  }

  @Test func `a plan says what a part of the grid can tell`() throws {
    try withTemporaryFolder { url in
      func spec(_ count: Int) -> String {
        """
        { "name": "part", "command": ["true"], "axes": { "a": [0, 1], "b": [0, 1], "c": [0, 1] }, "seeds": 2,
          "sample": { "count": \(count) } }
        """
      }
      let folder = try SweepFolder(url, files: ["four.json": spec(4), "one.json": spec(1)])
      let four = try folder.sweep("plan four.json").output
      #expect(four.contains("4 cells, main effects by least squares"))
      #expect(four.contains("  a: can be told, shifted by b × c (50%)"))
      #expect(try folder.sweep("plan one.json").output.contains("  a: cannot be told"))
    }
  }

  @Test func `a table of another program is read from standard input without a design`() throws {
    try withTemporaryFolder { url in
      let table = """
        Name;State;lr;seed;loss
        one;finished;0.1;0;0,5
        two;finished;1;0;0,75
        three;finished;0.1;1;0,5
        four;finished;1.0;1;0,8
        """
      let folder = try SweepFolder(url, files: ["runs.csv": table])
      let plain = try folder.sweep("effects runs.csv --from wandb --format json")
      #expect(plain.exitCode == 0)
      #expect(
        plain.errors.contains(#""factors":[{"name":"lr","levels":["0.1","1"],"ordered":true}]"#)
      )
      let piped = try SweepBinary.run(
        ["effects", "-", "--from", "wandb", "--format", "json"],
        in: url,
        input: table
      )
      #expect(piped.output == plain.output)
      let refused = try folder.sweep("effects runs.csv")
      #expect(refused.exitCode == 64)
      #expect(refused.errors.contains("only with --from may it be left out"))
    }
  }
}
