import Execution
import Foundation
import Notation
import Statistics
import Storage
import Sweeps
import TestSupport
import Testing

/// Coordinators, programs and guards killed at random moments: every run still finishes exactly once.
struct KillTests {
  @Test func `a sweep whose processes are killed 12 times finishes every run exactly once`() throws
  {
    try Massacre(runs: 60, kills: 12, jobs: 4, seed: 1).survive()
  }

  @Test func `a sweep whose runs share processes survives the same`() throws {
    try Massacre(program: .worker, runs: 60, kills: 12, jobs: 4, seed: 2).survive()
  }
}

/// A sweep of short runs whose processes are killed again and again.
struct Massacre {
  /// How the program gets its runs.
  enum Program: String {
    case command, worker

    var script: String {
      switch self {
      case .command:
        """
        echo "$SWEEP_RUN" >> started
        i=0; while [ $i -lt $((SWEEP_SEED % 7 * 300)) ]; do i=$((i + 1)); done
        echo '{"epoch": 1, "loss": 0.5}'
        echo '{"final": {"accuracy": 0.9}}'
        """
      case .worker:
        #"""
        while read -r line; do
          run=${line#*\"run\":\"}; run=${run%%\"*}
          seed=${line#*\"seed\":}; seed=${seed%%,*}
          echo "$run" >> started
          i=0; while [ $i -lt $((seed % 7 * 300)) ]; do i=$((i + 1)); done
          echo '{"epoch": 1, "loss": 0.5}'
          echo "{\"final\": {\"accuracy\": 0.9}, \"run\": \"$run\"}"
        done
        """#
      }
    }
  }

  var program = Program.command
  let runs: Int
  let kills: Int
  let jobs: Int
  let seed: Int

  /// Kills as often as asked for, then lets the sweep finish, and looks at what is left.
  func survive() throws {
    try withTemporaryFolder { url in
      let spec =
        "{\"name\": \"trial\", \"\(program.rawValue)\": [\"sh\", \"worker.sh\"], \"seeds\": \(runs)}"
      let folder = try SweepFolder(url, files: ["worker.sh": program.script, "trial.json": spec])
      // Programs inherit it, so that all that is left of them can be found.
      let environment = ["MASSACRE": UUID().uuidString]
      let mark = "MASSACRE=\(environment["MASSACRE"] ?? "")"
      var generator = SeededGenerator(purpose: "massacre", seed: seed)
      var killed = 0
      while killed < kills {
        let process = try folder.start(
          "run trial.json -j\(jobs) --retry-failed",
          environment: environment
        )
        killed += kill(around: process, marked: mark, atMost: kills - killed, &generator)
        process.wait()
      }
      var last = try folder.sweep(
        "run trial.json -j\(jobs) --retry-failed",
        environment: environment
      )
      // A guard or the database may have been hit last; what it left is cleared by the next start.
      if last.exitCode != 0 { last = try folder.sweep("run trial.json -j\(jobs) --retry-failed") }
      #expect(last.exitCode == 0, "\(last.errors)")
      #expect(folder.wait { processes(marked: mark).isEmpty })
      try check(folder)
    }
  }

  /// Kills one thing after another until the coordinator is gone.
  private func kill(
    around process: Child,
    marked mark: String,
    atMost limit: Int,
    _ generator: inout SeededGenerator
  ) -> Int {
    var killed = 0
    while process.isRunning, killed < limit {
      usleep(UInt32(generator.index(below: 120_000)))
      let hitsProgram = generator.index(below: 3) < 2
      let hitsCoordinator = generator.index(below: 2) == 0
      let others = processes(marked: mark).filter { $0.pid != process.pid }
      if hitsProgram, !others.isEmpty {
        Foundation.kill(others[generator.index(below: others.count)].pid, SIGKILL)
        killed += 1
      }
      if hitsCoordinator, process.isRunning, killed < limit {
        process.kill(SIGKILL)
        killed += 1
        break
      }
    }
    return killed
  }

  private func check(_ folder: SweepFolder) throws {
    let store = try Store.reading(from: folder.url.appending(component: "results").path)
    let sweep = try store.sweep(matching: nil)
    #expect(sweep.ledger.ok == runs && sweep.ledger.isBalanced)
    #expect(try store.integrity == "ok")
    let records = try store.records(of: sweep)
    #expect(Set(records.map(\.run.id)).count == runs)
    for record in records {
      let attempts = try store.attempts(at: record.run.id, of: sweep)
      #expect(attempts.count { $0.outcome == .finished } == 1)
      #expect(!attempts.contains { $0.outcome == .running })
    }
    // No run was started again once its result was announced: as many starts as attempts, but for those
    // that were killed in the instant before they were written down.
    #expect(folder.lines(of: "started").count >= runs)
  }
}
