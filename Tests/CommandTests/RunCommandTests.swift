import Execution
import Foundation
import Notation
import Storage
import Sweeps
import TestSupport
import Testing

/// The story of a sweep of any program, told with the built binary.
struct RunCommandTests {
  private static let worker = """
    echo "working on $SWEEP_SEED"
    [ "$1" = 2 ] && [ ! -e fixed ] && { echo "cannot do 2" >&2; exit 3; }
    echo "{\\"final\\": {\\"loss\\": 0.$1}}"
    """
  private static let spec = """
    {"name": "trial", "command": ["sh", "worker.sh", "{level}"], "axes": {"level": [1, 2]}, "seeds": 2}
    """

  private func withTrial(
    worker: String = worker,
    spec: String = spec,
    _ body: (SweepFolder) throws -> Void
  ) throws {
    try withTemporaryFolder { folder in
      try body(SweepFolder(folder, files: ["worker.sh": worker, "trial.json": spec]))
    }
  }

  @Test func `failures are told at once and at the end, retried on request, and kept`() throws {
    try withTrial { folder in
      let first = try folder.sweep("run trial.json -j1")
      #expect(first.exitCode == 1)
      #expect(first.output.isEmpty)
      #expect(first.errors.hasPrefix("0 kept, 4 to do (4 new)\n"))
      #expect(first.errors.components(separatedBy: "  | cannot do 2\n").count == 5)
      #expect(
        first.errors.hasSuffix(
          "4 planned = 2 ok + 2 failed + 0 diverged + 0 timed out + 0 running + 0 pending\n"
        )
      )
      #expect(try folder.sweep("run trial.json").exitCode == 1, "a failure is not forgotten")
      try Data().write(to: folder.url.appending(component: "fixed"))
      let retried = try folder.sweep("run trial.json --retry-failed")
      #expect(retried.exitCode == 0)
      #expect(retried.errors.hasPrefix("2 kept, 2 to do (0 new), 2 of them repeated\n"))
      let again = try folder.sweep("run trial.json")
      #expect(again.exitCode == 0 && again.errors.hasPrefix("4 kept, 0 to do (0 new)\n"))
    }
  }

  @Test func `what is there can be looked at from elsewhere`() throws {
    try withTrial { folder in
      _ = try folder.sweep("run trial.json")
      let status = try folder.sweep("status tri")
      #expect(status.output.hasPrefix("trial  with failures, last started "))
      let runs = try folder.sweep("runs")
      let lines = runs.output.split(separator: "\n")
      #expect(lines.count == 4)
      #expect(lines[0].contains("  ok         level=1 seed=0  "))
      #expect(lines[0].hasSuffix("  loss=0.1"))
      #expect(lines[1].contains("  failed     level=2 seed=0  "))
      let id = String(lines[1].prefix(6))
      let log = try folder.sweep("logs \(id)").output
      #expect(Set(log.split(separator: "\n")) == ["working on 0", "cannot do 2"])
      let show = try folder.sweep("show \(id)").output
      #expect(show.contains("of trial: level=2 seed=0\n"))
      #expect(show.contains("\nattempt 1: failed: exit code 3, started "))
      #expect(show.contains("\ncommand: sh worker.sh '{level}'\n"))
      for command in ["status --json", "runs --json", "show \(id) --json", "logs \(id) --json"] {
        let printed = try folder.sweep(command)
        #expect(JSON(line: Array(printed.output.utf8)) != nil, "\(command) prints JSON")
      }
    }
  }

  @Test func `a run that two sweeps have is shown of the one that is named`() throws {
    try withTrial { folder in
      _ = try folder.sweep("run trial.json")
      _ = try folder.sweep("run trial.json --as other")
      let id = try #require(try folder.sweep("runs").output.split(separator: " ").first)
      for command in ["show \(id)", "logs \(id)", "show \(id) --reproduce"] {
        let refused = try folder.sweep(command)
        #expect(refused.exitCode == 64, "\(command): \(refused.output)")
        #expect(refused.errors.contains("is in 'other' and in 'trial'. Say which with --sweep."))
        for name in ["trial", "other"] {
          #expect(try folder.sweep("\(command) --sweep \(name)").exitCode == 0)
        }
      }
      #expect(try folder.sweep("show \(id) --sweep trial").output.contains(" of trial: "))
      #expect(try folder.sweep("show \(id) --sweep other").output.contains(" of other: "))
      _ = try folder.sweep("run trial.json --as third --set seeds=[7]")
      #expect(try folder.sweep("show \(id) --sweep third").exitCode == 64)
    }
  }

  @Test func `the printed command computes a run again`() throws {
    try withTrial { folder in
      _ = try folder.sweep("run trial.json")
      let id = try #require(try folder.sweep("runs").output.split(separator: " ").first)
      let command = try folder.sweep("show \(id) --reproduce").output
      let again = try SweepBinary.run(
        ["-c", command],
        in: URL(fileURLWithPath: "/"),
        executable: URL(fileURLWithPath: "/bin/sh")
      )
      #expect(again.output == "working on 0\n{\"final\": {\"loss\": 0.1}}\n")
    }
  }

  @Test func `events are one JSON object a line`() throws {
    try withTrial { folder in
      let printed = try folder.sweep("run trial.json -j1 --json").output
      let events = printed.split(separator: "\n").map { JSON(line: $0.utf8)?.object }
      let names = events.map { $0?["event"]?.string ?? "no JSON" }
      #expect(names.first == "planned" && names.last == "finished")
      #expect(names.count { $0 == "began" } == 4 && names.count { $0 == "ended" } == 4)
      let begun = try #require(events.compactMap(\.self).first { $0["event"]?.string == "began" })
      #expect(begun["levels"]?.array == ["1"] && begun["cell"] == ["level": "1"])
      for event in events.compactMap(\.self) where event["event"]?.string == "ended" {
        #expect(event["cell"]?.object?.keys == ["level"] && event["seed"]?.integer != nil)
      }
      let failed = events.compactMap(\.self).first { $0["status"]?.string == "failed" }
      // The two pipes of a program have no order between them.
      guard case .array(let lines)? = failed?["last_lines"] else {
        Issue.record("no last lines")
        return
      }
      #expect(Set(lines) == ["working on 0", "cannot do 2"])
    }
  }

  @Test func `results stay closed while predictions are open, and looking is written down`() throws
  {
    let spec = """
      {"name": "trial", "command": ["sh", "worker.sh", "{level}"], "axes": {"level": [1, 3]},
       "seeds": 2, "metrics": {"loss": {"better": "lower", "delta": 0.1}},
       "questions": [{"id": "q", "factor": "level", "from": 1, "to": 3, "metric": "loss"}]}
      """
    try withTrial(spec: spec) { folder in
      let run = try folder.sweep("run trial.json --json")
      #expect(run.exitCode == 0 && !run.output.contains("loss") && run.output.contains("duration"))
      let id = try #require(try folder.sweep("runs").output.split(separator: " ").first)
      for command in ["runs", "runs --json", "show \(id)", "show \(id) --json", "logs \(id)"] {
        let closed = try folder.sweep(command)
        #expect(!closed.output.contains("loss") && !closed.output.contains("working"), "\(command)")
      }
      #expect(try folder.sweep("show \(id) --show-results").output.contains("loss = 0.1"))
      #expect(try folder.sweep("runs").output.contains("loss=0.1"), "the reveal was recorded")
      let store = try Store.reading(from: folder.url.appending(component: "results").path)
      #expect(try store.firstReveal(of: store.sweep(matching: "trial")) != nil)
    }
  }

  @Test func `a filter does a part, and the rest stays pending`() throws {
    try withTrial { folder in
      let part = try folder.sweep("run trial.json --filter level=1")
      #expect(part.exitCode == 0)
      #expect(
        part.errors.hasSuffix(
          "2 ok + 0 failed + 0 diverged + 0 timed out + 0 running + 2 pending\n"
        )
      )
    }
  }

  @Test func `a dry run does nothing`() throws {
    try withTrial { folder in
      let dry = try folder.sweep("run trial.json -n")
      #expect(dry.exitCode == 0)
      #expect(dry.output.hasPrefix("0 kept, 4 to do (4 new)\n"))
      #expect(
        !FileManager.default.fileExists(atPath: folder.url.appending(component: "results").path)
      )
    }
  }

  @Test func `a program that is not there is told before anything starts`() throws {
    try withTrial(spec: #"{"command": ["no-such-program"]}"#) { folder in
      let run = try folder.sweep("run trial.json")
      #expect(run.exitCode == 64)
      #expect(
        run.errors == "Error: There is no program 'no-such-program' in the folders of PATH.\n"
      )
    }
  }

  @Test func `a garbage database is one sentence and exit code 74`() throws {
    try withTrial { folder in
      let results = folder.url.appending(component: "results")
      try FileManager.default.createDirectory(at: results, withIntermediateDirectories: true)
      try Data(repeating: 7, count: 9000).write(to: results.appending(component: Store.fileName))
      for command in ["run trial.json", "status", "runs"] {
        let refused = try folder.sweep(command)
        #expect(refused.exitCode == 74)
        #expect(
          refused.errors.hasSuffix("--results.\n") && refused.errors.count { $0 == "\n" } == 1
        )
      }
    }
  }

  @Test func `a sweep is deleted only on request, with its folder`() throws {
    try withTrial { folder in
      _ = try folder.sweep("run trial.json")
      #expect(try folder.sweep("rm trial").exitCode == 1, "nobody could be asked")
      #expect(try folder.sweep("rm trial --yes").exitCode == 0)
      #expect(try folder.sweep("status").output.isEmpty)
      #expect(
        !FileManager.default.fileExists(atPath: folder.url.appending(path: "results/trial").path)
      )
    }
  }

  @Test func `a reader that goes away does not end the sweep`() throws {
    try withTrial { folder in
      let shell = try SweepBinary.run(
        ["-c", "'\(SweepBinary.url.path)' run trial.json --json 2>&1 | true"],
        in: folder.url,
        executable: URL(fileURLWithPath: "/bin/sh")
      )
      #expect(shell.exitCode == 0)
      #expect(folder.wait { (try? folder.stored().sweep.ledger.pending) == 0 })
    }
  }
}
