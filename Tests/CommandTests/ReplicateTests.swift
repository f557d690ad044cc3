import Foundation
import Notation
import Storage
import Sweeps
import TestSupport
import Testing

/// A page whose verdicts are tried with fresh seeds.
struct ReplicateTests {
  /// Level b is lower by 1, with the luck of the seed; level c is like a.
  private static let worker = #"""
    luck=$(( (SWEEP_SEED * 7 + 3) % 10 ))
    case $1 in
    a) loss="5.0$luck" ;;
    b) loss="4.0$(( (luck * 3 + 1) % 10 ))" ;;
    c) loss="5.0$(( (luck * 7 + 2) % 10 ))" ;;
    esac
    echo "{\"final\": {\"loss\": $loss}}"
    """#

  private static let spec = """
    { "name": "trial", "$why": "a note with <tags> -- and é", "command": ["sh", "worker.sh", "{x}"],
      "inputs": ["worker.sh"], "axes": { "x": ["a", "b", "c"] }, "seeds": 5,
      "metrics": { "loss": { "better": "lower", "delta": 0.2 } } }
    """

  private func withPage(_ body: (SweepFolder) throws -> Void) throws {
    try withTemporaryFolder { url in
      let folder = try SweepFolder(url, files: ["worker.sh": Self.worker, "trial.json": Self.spec])
      _ = try folder.sweep("run trial.json -j4 --quiet")
      let report = try folder.sweep("report --format html -o page.html")
      #expect(report.exitCode == 0, "\(report.errors)")
      try body(folder)
    }
  }

  private func rewrite(_ name: String, in folder: SweepFolder, _ change: (String) -> String) throws
  {
    let file = folder.url.appending(component: name)
    try Data(change(try String(contentsOf: file, encoding: .utf8)).utf8).write(to: file)
  }

  @Test func `verdicts that are true come out again, in another results folder and once`() throws {
    try withPage { folder in
      let result = try folder.sweep("replicate page.html --results fresh -j4 --quiet")
      #expect(result.exitCode == 0, "\(result.errors)")
      #expect(result.output == "2 of 2 verdicts replicated.\n")
      let store = try Store.reading(from: folder.url.appending(component: "fresh").path)
      let sweep = try store.sweep(matching: nil)
      #expect(sweep.name == "trial replication" && sweep.ledger.ok == 15)
      let seeds = Set(try store.records(of: sweep).map(\.run.seed))
      #expect(seeds == [5, 6, 7, 8, 9])
      let again = try folder.sweep("replicate page.html --results fresh --json")
      let json = try #require(JSON(line: Array(again.output.utf8.dropLast()))?.object)
      #expect(json["replicated"]?.integer == 2 && json["of"]?.integer == 2)
      #expect(try store.sweep(matching: nil).ledger.ok == 15)
    }
  }

  @Test func `a verdict that fresh seeds contradict is named, and so is the program that changed`()
    throws
  {
    try withPage { folder in
      try rewrite("worker.sh", in: folder) {
        "[ $1 = b ] && set -- a; [ $1 = c ] && set -- b\n" + $0
      }
      let result = try folder.sweep("replicate page.html --seeds 4 --quiet")
      #expect(result.exitCode == 1)
      #expect(result.errors.contains("'worker.sh' is not what the runs of the page read"))
      #expect(result.output.hasPrefix("0 of 2 verdicts replicated:\n"), "\(result.output)")
      #expect(
        result.output.contains(
          "contradicted: loss by x a → b was lowered; 4 fresh seeds say 0.000"
        ),
        "\(result.output)"
      )
      #expect(result.output.contains("loss by x a → c was not changed by what matters"))
    }
  }

  @Test func `a page that was changed, or claims nothing, is refused`() throws {
    try withPage { folder in
      let page = folder.url.appending(component: "page.html")
      let text = try String(contentsOf: page, encoding: .utf8)
      #expect(text.components(separatedBy: "{\"replicate\":").count == 2)
      try Data(text.replacing(#"\"delta\": 0.2"#, with: #"\"delta\": 0.9"#).utf8).write(to: page)
      let changed = try folder.sweep("replicate page.html")
      #expect(
        changed.exitCode == 64 && changed.errors.contains("changed afterwards"),
        "\(changed.errors)"
      )
      _ = try folder.sweep("report --format md -o page.md")
      let other = try folder.sweep("replicate page.md")
      #expect(other.exitCode == 64 && other.errors.contains("writes a page that does"))
      let missing = try folder.sweep("replicate gone.html")
      #expect(missing.exitCode == 64 && missing.errors.contains("'gone.html' cannot be read"))
    }
  }

  @Test func `a page with its claims is still the page that the database gives`() throws {
    try withPage { folder in
      #expect(try folder.sweep("report --verify page.html").exitCode == 0)
      try rewrite("page.html", in: folder) {
        $0.replacing(#""outcome":"down""#, with: #""outcome":"up""#)
      }
      #expect(try folder.sweep("report --verify page.html").exitCode == 1)
    }
  }
}
