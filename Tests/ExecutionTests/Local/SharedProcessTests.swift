import Execution
import Foundation
import Notation
import Storage
import Sweeps
import TestSupport
import Testing

/// Programs that make one run after another: each run has its own outcome, whatever became of the others.
struct SharedProcessTests {
  /// What every worker begins with: a line of `started` for each process, and how a run is taken apart.
  private static let head = #"""
    echo $$ >> started
    next() {
      read -r line || exit 0
      run=${line#*\"run\":\"}; run=${run%%\"*}
      seed=${line#*\"seed\":}; seed=${seed%%,*}
      folder=${line#*\"run_dir\":\"}; folder=${folder%%\"*}
      echo "$run $seed" >> made
    }

    """#

  private struct Sweep {
    let records: [Record]
    let end: SweepEnd
    /// One entry a process.
    let started: [Substring]
    /// One entry each time that a run was given to a process.
    let made: [Substring]
    let logs: [String: String]

    func record(seed: Int) -> Record? { records.first { $0.run.seed == seed } }
    func log(seed: Int) -> String? { record(seed: seed).flatMap { logs["\($0.run.id)-1.log"] } }
  }

  /// Runs a spec whose worker is this script.
  private func sweep(
    _ script: String,
    spec: String = #""seeds": 6"#,
    slots: Int = 1
  ) async throws -> Sweep {
    try await withTemporaryFolder { folder in
      let trial = try Trial(in: folder, script: Self.head + script, worker: spec)
      let result = try await trial.run(trial.local(slots: slots))
      func lines(_ name: String) -> [Substring] {
        let path = folder.appending(component: name).path
        return String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
          .split(separator: "\n")
      }
      let logs = folder.appending(path: "results/trial/logs")
      let names = try FileManager.default.contentsOfDirectory(atPath: logs.path)
      let texts = try names.map {
        ($0, try String(contentsOf: logs.appending(component: $0), encoding: .utf8))
      }
      return Sweep(
        records: result.records,
        end: result.end,
        started: lines("started"),
        made: lines("made"),
        logs: Dictionary(texts) { $1 }
      )
    }
  }

  @Test func `one process makes all runs of a slot, each with its own curve and result`()
    async throws
  {
    let sweep = try await sweep(
      #"""
      while next; do
        echo "{\"epoch\": 1, \"loss\": $seed}"
        echo "seed $seed said this"
        echo "seed $seed said that" >&2
        echo "{\"final\": {\"loss\": $seed}, \"run\": \"$run\"}"
      done
      """#
    )
    #expect(sweep.started.count == 1 && sweep.made.count == 6)
    for seed in 0..<6 {
      let record = try #require(sweep.record(seed: seed))
      #expect(record.outcome == .finished)
      #expect(record.measurements.final == ["loss": Double(seed)])
      #expect(record.measurements.curve.map(\.metrics) == [["loss": Double(seed)]])
      let log = try #require(sweep.log(seed: seed))
      #expect(
        Set(log.split(separator: "\n")) == ["seed \(seed) said this", "seed \(seed) said that"]
      )
    }
  }

  @Test func `every slot has a process of its own, which knows its slot`() async throws {
    let sweep = try await sweep(
      #"""
      [ "$OMP_NUM_THREADS" = 2 ] || exit 6
      [ -z "$SWEEP_RUN$SWEEP_SEED" ] || exit 7
      while next; do
        [ -d "$folder" ] && grep -q '"a":0.50' "$folder/settings.json" || exit 8
        case $line in *'"settings":{"a":0.50}'*) ;; *) exit 9 ;; esac
        echo "{\"final\": {\"slot\": $SWEEP_SLOT, \"argument\": $1}}"
      done
      """#,
      spec: #""axes": {"a": [0.50]}, "seeds": 40, "limits": {"cores": 2}"#,
      slots: 3
    )
    #expect(sweep.records.allSatisfy { $0.outcome == .finished })
    #expect(sweep.made.count == 40 && (1...3).contains(sweep.started.count))
    for record in sweep.records {
      #expect(record.measurements.final["slot"] == record.measurements.final["argument"])
    }
  }

  @Test func `a crash is the outcome of its run, and the next one gets a new process`()
    async throws
  {
    let sweep = try await sweep(
      #"""
      while next; do
        [ $seed = 2 ] && { echo "no such thing" >&2; exit 3; }
        [ $seed = 4 ] && kill -SEGV $$
        echo "{\"final\": {\"loss\": $seed}}"
      done
      """#
    )
    #expect(sweep.started.count == 3 && sweep.made.count == 6)
    #expect(sweep.record(seed: 2)?.outcome == .failed(.exit(code: 3)))
    #expect(sweep.record(seed: 2)?.lastLines == ["no such thing"])
    #expect(sweep.record(seed: 4)?.outcome == .failed(.signal(Int(SIGSEGV))))
    #expect(sweep.records.count { $0.outcome == .finished } == 4)
  }

  @Test func `a process that makes a few runs and ends well is followed by another`() async throws {
    let sweep = try await sweep(
      #"""
      for turn in 1 2; do next; echo "{\"final\": {\"loss\": $seed}}"; done
      """#
    )
    #expect(sweep.records.allSatisfy { $0.outcome == .finished })
    #expect(sweep.started.count >= 3 && sweep.made.count == 6)
  }

  @Test func `a process that ends well without a word about its first run has given no result`()
    async throws
  {
    let sweep = try await sweep("next; exit 0", spec: #""seeds": 2"#)
    #expect(sweep.records.allSatisfy { $0.outcome == .failed(.noResult) })
    #expect(sweep.started.count == 2)
  }

  @Test func `a run over its time ends its process, and the next run has all of the time`()
    async throws
  {
    let sweep = try await sweep(
      #"""
      while next; do
        [ $seed = 1 ] && sleep 1000
        echo "{\"final\": {\"loss\": $seed}}"
      done
      """#,
      spec: #""seeds": 3, "limits": {"timeout": "3s"}"#
    )
    #expect(sweep.record(seed: 1)?.outcome == .timedOut(after: .seconds(3)))
    #expect(sweep.record(seed: 2)?.outcome == .finished)
    #expect(sweep.started.count == 2)
  }

  @Test func `a divergence ends a run, and the process goes on`() async throws {
    let sweep = try await sweep(
      #"""
      while next; do
        if [ $seed = 1 ]; then echo '{"diverged": {"epoch": 2, "reason": "nan"}}'
        else echo "{\"final\": {\"loss\": $seed}}"; fi
      done
      """#,
      spec: #""seeds": 3"#
    )
    #expect(sweep.record(seed: 1)?.outcome == .diverged(epoch: 2, reason: "nan"))
    #expect(sweep.record(seed: 2)?.measurements.final == ["loss": 2])
    #expect(sweep.started.count == 1)
  }

  @Test func `a second final line is never taken for the next run's`() async throws {
    let sweep = try await sweep(
      #"""
      while next; do
        # In one piece, so that no run comes between them.
        printf '{"final": {"loss": %s}}\n{"final": {"loss": 99}}\n' "$seed"
      done
      """#,
      spec: #""seeds": 4"#
    )
    #expect(!sweep.records.contains { $0.measurements.final["loss"] == 99 })
    let failed = sweep.records.filter { $0.outcome != .finished }
    #expect(failed.count == 2)
    #expect(failed.allSatisfy { "\($0.outcome)".contains("ends with the first line that holds") })
  }

  @Test func `a final line that names another run is a failure of the process`() async throws {
    let sweep = try await sweep(
      #"while next; do echo "{\"final\": {\"loss\": 1}, \"run\": \"other\"}"; done"#,
      spec: #""seeds": 2"#
    )
    #expect(sweep.records.allSatisfy { "\($0.outcome)".contains("names the run 'other'") })
    #expect(sweep.started.count == 2)
  }

  @Test func `settings longer than a pipe reach a process that reads them late`() async throws {
    let long = String(repeating: "x", count: 300_000)
    let sweep = try await sweep(
      // Without a look into the line, for which a shell takes as long as its length squared.
      #"while read -r line; do echo "{\"final\": {\"length\": ${#line}}}"; done"#,
      spec: #""axes": {"a": ["\#(long)"]}, "seeds": 2"#
    )
    #expect(sweep.records.allSatisfy { ($0.measurements.final["length"] ?? 0) > 300_000 })
  }

  @Test func `a flood on standard error does not stand in the way of the result`() async throws {
    let sweep = try await sweep(
      #"""
      while next; do
        yes "$seed" | head -c 1000000 >&2
        echo "{\"final\": {\"loss\": $seed}}"
      done
      """#,
      spec: #""seeds": 2"#
    )
    for seed in 0..<2 {
      let log = try #require(sweep.log(seed: seed))
      #expect(Set(log.split(separator: "\n").dropLast()) == ["\(seed)"])
    }
  }

  @Test func `what a process leaves in a file of the run's folder is read`() async throws {
    let sweep = try await sweep(
      #"""
      while next; do
        printf 'loss\n%s\n' "$seed" > "$folder/m.csv"
        echo '{"final": {}}'
      done
      """#,
      spec: #""seeds": 2, "results": {"file": "m.csv"}"#
    )
    #expect(sweep.record(seed: 1)?.measurements.final == ["loss": 1])
  }

  @Test func `no process is left when the sweep has ended, not even one that ends late`()
    async throws
  {
    let sweep = try await sweep(
      #"""
      sleep 1000 & trap '' TERM
      while next; do echo '{"final": {"loss": 1}}'; done
      """#,
      spec: #""seeds": 2"#
    )
    for text in sweep.started {
      let pid = try #require(Int32(text))
      #expect(ProcessIdentity(living: pid) == nil)
    }
  }

  @Test func `a stop cancels the run at work and leaves the others to be made`() async throws {
    try await withTemporaryFolder { folder in
      let trial = try Trial(
        in: folder,
        script: Self.head
          + #"while next; do [ $seed -lt 2 ] || { : > waiting; sleep 1000; }; echo '{"final": {"loss": 1}}'; done"#,
        worker: #""seeds": 4"#
      )
      let (coordinator, store) = try trial.coordinator(trial.local(slots: 1))
      async let end = coordinator.run { _ in }
      while !FileManager.default.fileExists(atPath: folder.appending(component: "waiting").path) {
        await Task.yield()
      }
      await coordinator.stop(.interrupted) { _ in }
      let ledger = try await end.ledger
      #expect(ledger.ok == 2 && ledger.pending == 2)
      try store.close()
    }
  }

  @Test func `a worker that is not there is refused before anything starts`() throws {
    #expect(throws: LaunchError.noProgram("no-such-program", in: "PATH")) {
      try Launch(worker: ["no-such-program"], directory: "/tmp")
    }
  }
}
