import Execution
import Foundation
import Notation
import Storage
import Sweeps
import TestSupport
import Testing

/// Programs that do what programs do: each is an outcome, and never more than that.
struct WorkerFaultTests {
  /// The record of the one run of a program.
  private func record(of script: String, spec: String = #""seeds": 1"#) async throws -> Record {
    try await withTemporaryFolder { folder in
      let trial = try Trial(in: folder, script: script, spec: spec)
      return try #require(try await trial.run(trial.local()).records.first)
    }
  }

  @Test func `a program that is killed is told with its signal`() async throws {
    let record = try await record(of: "echo dying; kill -SEGV $$")
    #expect(record.outcome == .failed(.signal(Int(SIGSEGV))))
    #expect(record.lastLines == ["dying"])
  }

  @Test func `a good end without a result is a failure`() async throws {
    #expect(try await record(of: "echo done").outcome == .failed(.noResult))
  }

  @Test func `a result does not make a bad end good`() async throws {
    let record = try await record(of: #"echo '{"final": {"loss": 1}}'; exit 4"#)
    #expect(record.outcome == .failed(.exit(code: 4)))
    #expect(record.measurements.final == ["loss": 1])
  }

  @Test(arguments: [0, 3])
  func `a program that says it diverged did, whatever its code`(code: Int) async throws {
    let record = try await record(
      of: "echo '{\"diverged\": {\"epoch\": 2, \"reason\": \"nan\"}}'; exit \(code)"
    )
    #expect(record.outcome == .diverged(epoch: 2, reason: "nan"))
  }

  @Test func `a line without its end counts`() async throws {
    let record = try await record(of: #"printf '{"final": {"loss": 2}}'"#)
    #expect(record.outcome == .finished)
    #expect(record.measurements.final == ["loss": 2])
  }

  @Test func `bytes that are no UTF-8 go to the log and harm nothing`() async throws {
    let record = try await record(
      of:
        #"printf '\377\376{"final"\n'; echo '{"final": {"loss": 1}}'; printf '\300\n' >&2; exit 1"#
    )
    #expect(record.measurements.final == ["loss": 1])
    #expect(Set(record.lastLines) == ["\u{FFFD}\u{FFFD}{\"final\"", "\u{FFFD}"])
  }

  @Test func `a flood of output is cut in the log and does not fill memory`() async throws {
    try await withTemporaryFolder { folder in
      let trial = try Trial(
        in: folder,
        script:
          "yes 'a line of no meaning' | head -c 100000000; echo; echo '{\"final\": {\"loss\": 1}}'",
        spec: #""seeds": 1"#
      )
      let record = try #require(try await trial.run(trial.local()).records.first)
      #expect(record.outcome == .finished)
      let logs = folder.appending(path: "results/trial/logs")
      let log = try #require(try FileManager.default.contentsOfDirectory(atPath: logs.path).first)
      let attributes = try FileManager.default.attributesOfItem(
        atPath: logs.appending(component: log).path
      )
      #expect((attributes[.size] as? Int ?? 0) < 70_000_000)
    }
  }

  @Test func `a program that closes its output and lives on is waited for`() async throws {
    let record = try await record(
      of: #"echo '{"final": {"loss": 1}}'; exec >&- 2>&-; sleep 0.2; exit 7"#
    )
    #expect(record.outcome == .failed(.exit(code: 7)))
  }

  @Test func `what a program leaves behind ends with it, even where it keeps the output open`()
    async throws
  {
    try await withTemporaryFolder { folder in
      let trial = try Trial(
        in: folder,
        script: "sleep 1000 & echo $! > child; echo '{\"final\": {\"loss\": 1}}'",
        spec: #""seeds": 1"#
      )
      let record = try #require(try await trial.run(trial.local()).records.first)
      #expect(record.outcome == .finished)
      let text = try String(contentsOf: folder.appending(component: "child"), encoding: .utf8)
      let child = try #require(Int32(text.trimmingCharacters(in: .whitespacesAndNewlines)))
      while ProcessIdentity(living: child) != nil { await Task.yield() }
    }
  }

  @Test func `a child that prints for ever does not keep its dead parent's run open`() async throws
  {
    let record = try await record(of: "yes & echo '{\"final\": {\"loss\": 1}}'")
    #expect(record.outcome == .finished)
  }

  @Test func `a program over its time is ended with what it started`() async throws {
    let record = try await record(
      of: #"echo '{"epoch": 1, "loss": 1}'; sleep 1000; echo never"#,
      spec: #""seeds": 1, "limits": {"timeout": "0.3s"}"#
    )
    #expect(record.outcome == .timedOut(after: .milliseconds(300)))
    #expect(record.measurements.final == ["loss": 1])
  }

  @Test func `a table that the program leaves is read, and not that of an earlier attempt`()
    async throws
  {
    try await withTemporaryFolder { folder in
      let script = """
        [ -e second ] || { touch second; printf 'epoch,loss\\n1,0.5\\n' > "$SWEEP_RUN_DIR/m.csv"; exit 1; }
        [ -e third ] || { touch third; exit 0; }
        printf 'epoch,loss\\n1,0.5\\n2,0.25\\n' > "$SWEEP_RUN_DIR/m.csv"
        """
      let trial = try Trial(
        in: folder,
        script: script,
        spec: #""seeds": 1, "limits": {"retries": 2}, "results": {"file": "m.csv"}"#
      )
      let result = try await trial.run(trial.local())
      #expect(result.records.map(\.measurements.final) == [["loss": 0.25]])
      let store = try Store.reading(from: trial.results)
      let attempts = try store.attempts(
        at: result.records[0].run.id,
        of: try store.sweep(matching: nil)
      )
      #expect(attempts.map(\.outcome) == [.failed(.exit(code: 1)), .failed(.noResult), .finished])
    }
  }

  @Test func `results that lie outside the run's folder, or behind a link, are left alone`()
    async throws
  {
    try await withTemporaryFolder { folder in
      let precious = folder.appending(component: "m.csv")
      try Data("loss\n9\n".utf8).write(to: precious)
      // The first attempt puts a link in the place of the folder that the results are in.
      let script = """
        [ -e "$SWEEP_RUN_DIR/sub" ] || ln -s "\(folder.path)" "$SWEEP_RUN_DIR/sub"
        exit 1
        """
      let trial = try Trial(
        in: folder,
        script: script,
        spec: #""seeds": 1, "limits": {"retries": 2}, "results": {"file": "sub/m.csv"}"#
      )
      try await trial.run(trial.local())
      #expect(FileManager.default.fileExists(atPath: precious.path))
    }
  }

  @Test(arguments: ["/tmp/m.csv", "../m.csv", "a/../../m.csv", "", ".", "a//b"])
  func `a spec whose results lie elsewhere is refused with what would be right`(file: String) throws
  {
    try withTemporaryFolder { folder in
      let trial = try Trial(in: folder, spec: #""seeds": 1, "results": {"file": "\#(file)"}"#)
      #expect {
        try trial.spec()
      } throws: { error in
        "\(error)".contains("{run_dir}/metrics.csv")
      }
    }
  }

  @Test func `a program that is not there is refused before anything starts`() throws {
    #expect(throws: LaunchError.noProgram("no-such-program", in: "PATH")) {
      try Launch(command: ["no-such-program"], directory: "/tmp")
    }
    #expect(throws: LaunchError.noProgram("./no-such-program", in: "/tmp")) {
      try Launch(command: ["./no-such-program"], directory: "/tmp")
    }
    #expect(throws: LaunchError.notExecutable("/etc/passwd")) {
      try Launch(command: ["/etc/passwd"], directory: "/tmp")
    }
  }

  @Test func `a program gets its run, its seed, its settings and an empty input`() async throws {
    let script = #"""
      [ -z "$(cat)" ] || exit 5
      [ "$OMP_NUM_THREADS" = 2 ] || exit 6
      [ -d "$SWEEP_RUN_DIR" ] || exit 7
      grep -q '"a":0.50' "$SWEEP_SETTINGS" || exit 8
      echo "{\"final\": {\"seed_seen\": $SWEEP_SEED, \"slot\": $SWEEP_SLOT}, \"x\": \"$SWEEP_RUN\"}"
      """#
    let record = try await record(
      of: script,
      spec: #""axes": {"a": [0.50]}, "seeds": [7], "limits": {"cores": 2}"#
    )
    #expect(record.outcome == .finished)
    #expect(record.measurements.final == ["seed_seen": 7, "slot": 0])
  }

  #if os(Linux)
  @Test func `a program that wants more memory than its limit does not get it`() async throws {
    // The limit is set right after the start; the program begins when it is in force.
    let record = try await record(
      of:
        "until ulimit -d | grep -q '[0-9]'; do :; done; x=$(head -c 300000000 /dev/zero | tr '\\0' x); echo '{\"final\": {\"loss\": 1}}'",
      spec: #""seeds": 1, "limits": {"memory": "100MiB"}"#
    )
    #expect(record.status == .failed)
  }
  #endif
}
