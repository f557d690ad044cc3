import Foundation
import Storage
import Sweeps
import TestSupport
import Testing

/// Sweeps on programs that answer as Slurm does; a real one is in Tests/Cluster.
struct SlurmStoryTests {
  /// Starts the tasks of an array one after another, and gives the number of their job.
  private static let sbatch = """
    #!/bin/sh
    echo "$@" >> "$FAKE/submissions"
    [ -z "$FAKE_KILLS" ] || { kill -9 $PPID; exit 1; }
    for word; do
      case $word in --array=0-*) last=${word#--array=0-} last=${last%%[%]*} ;; esac
    done
    export SLURM_ARRAY_JOB_ID=7$(wc -l < "$FAKE/submissions" | tr -d ' ') SLURMD_NODENAME=node1
    (
      task=0
      while [ -z "$FAKE_IDLE" ] && [ $task -le $last ]; do
        SLURM_ARRAY_TASK_ID=$task sh "$word"
        task=$((task + 1))
      done
    ) > "$FAKE/tasks" 2>&1 < /dev/null &
    [ -z "$FAKE_WAITS" ] || wait
    [ -z "$FAKE_FAILS" ] || { echo 'sbatch: error: Socket timed out' >&2; exit 1; }
    echo $SLURM_ARRAY_JOB_ID
    """

  /// Says of every batch that it is asked about that its tasks are at work.
  private static let squeue = """
    #!/bin/sh
    for word; do case $word in sweep-*) names=$word ;; esac; done
    echo "$names" | tr , '\\n' | while read -r name; do echo "$name|71|0-99|RUNNING|node1|None"; done
    """

  private func folder(_ url: URL, spec: String) throws -> (SweepFolder, [String: String]) {
    let worker = """
      echo "$SWEEP_RUN" >> "$FAKE/starts"
      echo "said $SWEEP_SEED on $CUDA_VISIBLE_DEVICES"
      [ "$SWEEP_SEED" != "$BAD" ] || exit 3
      [ -z "$BAD_DEVICE" ] || [ "$CUDA_VISIBLE_DEVICES" != "$BAD_DEVICE" ] || exit 4
      echo "{\\"final\\": {\\"loss\\": 0.1$SWEEP_SEED}}"
      """
    let folder = try SweepFolder(
      url,
      files: [
        "worker.sh": worker, "trial.json": spec, "sbatch": Self.sbatch, "squeue": Self.squeue,
        "scancel": "#!/bin/sh\necho \"$@\" >> \"$FAKE/cancelled\"\n",
        "scontrol": "#!/bin/sh\necho 'MaxArraySize            = 5'\n",
      ]
    )
    for tool in ["sbatch", "squeue", "scancel", "scontrol"] {
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o755],
        ofItemAtPath: url.appending(component: tool).path
      )
    }
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    return (
      folder, ["PATH": "\(url.path):\(path)", "FAKE": url.path, "SWEEP_SLURM_PACE": "0.05"]
    )
  }

  private static let spec = """
    {"name": "trial", "command": ["sh", "worker.sh"], "seeds": 12,
     "executor": {"devices": [3], "slurm": {"slots": 3, "options": ["--partition=a b"]}}}
    """

  @Test func `a sweep on Slurm has the results, logs and places of its runs`() throws {
    try withTemporaryFolder { url in
      let (folder, environment) = try folder(url, spec: Self.spec)
      let run = try folder.sweep("run trial.json", environment: environment)
      try #require(run.exitCode == 0, "\(run.errors)")
      let (sweep, records, integrity) = try folder.stored()
      #expect(sweep.ledger.ok == 12 && integrity == "ok")
      for record in records {
        #expect(record.measurements.final == ["loss": Double("0.1\(record.run.seed)") ?? 0])
        #expect(record.site.node == "node1" && record.site.device == "3")
        #expect(record.site.job.hasPrefix("7") && !record.site.processor.isEmpty)
      }
      #expect(folder.lines(of: "starts").count == 12)
      // A probe of three, then the rest in arrays of at most five.
      let calls = folder.lines(of: "submissions")
      #expect(calls.first?.contains("--array=0-2%3") == true)
      #expect(calls.allSatisfy { $0.contains("--partition=a b") } && calls.count <= 4)
      let log = try folder.sweep("logs \(records[5].run.id)")
      #expect(log.output == "said \(records[5].run.seed) on 3\n")
      let left = try FileManager.default.contentsOfDirectory(
        atPath: url.appending(path: "results/trial/slurm").path
      )
      #expect(left.isEmpty, "a batch that is done leaves nothing")
    }
  }

  @Test func `a submission that only seemed to fail is found by its name`() throws {
    try withTemporaryFolder { url in
      var (folder, environment) = try folder(url, spec: Self.spec)
      environment["FAKE_FAILS"] = "1"
      let run = try folder.sweep("run trial.json --chunk 4", environment: environment)
      #expect(run.exitCode == 0, "\(run.errors)")
      #expect(folder.lines(of: "submissions").count == 1 && folder.lines(of: "starts").count == 12)
    }
  }

  @Test func `what was left with Slurm is taken up by the same command without a flag`() throws {
    try withTemporaryFolder { url in
      let spec = #"{"name": "trial", "command": ["sh", "worker.sh"], "seeds": 4}"#
      let (folder, environment) = try folder(url, spec: spec)
      let left = try folder.sweep("run trial.json --detach", environment: environment)
      #expect(left.exitCode == 0 && left.errors.contains("4 runs are with Slurm, which goes on."))
      let status = try folder.sweep("status", environment: environment)
      #expect(status.output.contains("Slurm job 71: 4 tasks of 4 runs"))
      let run = try folder.sweep("run trial.json", environment: environment)
      #expect(run.exitCode == 0, "\(run.errors)")
      #expect(try folder.stored().sweep.ledger.ok == 4)
      #expect(folder.lines(of: "submissions").count == 1 && folder.lines(of: "starts").count == 4)
      let cancelled = try folder.sweep("cancel trial", environment: environment)
      #expect(cancelled.output == "Slurm has nothing of 'trial'.\n")
    }
  }

  @Test func `a batch whose ends a killed start stored without clearing away is closed`() throws {
    try withTemporaryFolder { url in
      let spec = #"{"name": "trial", "command": ["sh", "worker.sh"], "seeds": 4}"#
      var (folder, environment) = try folder(url, spec: spec)
      environment["FAKE_WAITS"] = "1"
      let left = try folder.sweep("run trial.json --detach", environment: environment)
      #expect(left.exitCode == 0)
      let batches = url.appending(path: "results/trial/slurm")
      let names = try FileManager.default.contentsOfDirectory(atPath: batches.path)
      let again = batches.appending(component: "sweep-again")
      let batch = batches.appending(component: try #require(names.first))
      try FileManager.default.copyItem(at: batch, to: again)
      #expect(try folder.sweep("run trial.json", environment: environment).exitCode == 0)
      let store = try Store.writing(to: url.appending(component: "results").path)
      let sweep = try #require(try store.sweepID(named: "trial"))
      // The database has the ends, and the folder their segments.
      let open = Batch(
        name: "sweep-again",
        folder: again.path,
        tasks: 4,
        runs: 4,
        submitted: Date(),
        settings: SlurmSettings()
      )
      try store.note(job: "71", of: try store.begin(open, ofSweep: sweep))
      #expect(try folder.sweep("run trial.json", environment: environment).exitCode == 0)
      #expect(try store.openBatches(ofSweep: sweep).isEmpty)
      #expect(!FileManager.default.fileExists(atPath: again.path))
      #expect(folder.lines(of: "starts").count == 4)
    }
  }

  @Test func `a sweep that is deleted is cancelled first, and kept where that fails`() throws {
    try withTemporaryFolder { url in
      var (folder, environment) = try folder(
        url,
        spec: #"{"name": "trial", "command": ["sh", "worker.sh"], "seeds": 4}"#
      )
      environment["FAKE_IDLE"] = "1"
      let words = "run trial.json --detach --shared \(url.path)/shared"
      #expect(try folder.sweep(words, environment: environment).exitCode == 0)
      let scancel = url.appending(component: "scancel")
      let body = try String(contentsOf: scancel, encoding: .utf8)
      try "#!/bin/sh\necho 'scancel: error: not today' >&2\nexit 1\n"
        .write(to: scancel, atomically: false, encoding: .utf8)
      let refused = try folder.sweep("rm trial --yes", environment: environment)
      #expect(refused.exitCode != 0 && refused.errors.contains("Slurm did not cancel: "))
      #expect(try folder.stored().sweep.name == "trial")
      try body.write(to: scancel, atomically: false, encoding: .utf8)
      let removed = try folder.sweep("rm trial --yes", environment: environment)
      #expect(removed.exitCode == 0 && removed.output == "Cancelled job 71 of Slurm.\n")
      #expect(folder.lines(of: "cancelled") == ["71"])
      #expect(
        folder.paths(in: "shared").isEmpty,
        "batches and the program in a shared folder go with the sweep"
      )
    }
  }

  @Test func `what others have in a shared folder outlives a sweep that is deleted`() throws {
    try withTemporaryFolder { url in
      let spec = #"{"name": "trial", "command": ["sh", "worker.sh"], "seeds": 4}"#
      let (folder, environment) = try folder(url, spec: spec)
      let words = "run trial.json --executor slurm --slots 2 --shared \(url.path)/shared"
      let run = try folder.sweep(words, environment: environment)
      try #require(run.exitCode == 0, "\(run.errors)")
      let others = [
        "trial/runs/0123456789abcdef/model", "trial/notes.txt", "trial/slurm/other/halt",
      ]
      for path in others {
        let file = url.appending(path: "shared/" + path)
        try FileManager.default.createDirectory(
          at: file.deletingLastPathComponent(),
          withIntermediateDirectories: true
        )
        try Data().write(to: file)
      }
      #expect(folder.paths(in: "shared").filter { $0.hasSuffix("/settings.json") }.count == 4)
      #expect(try folder.sweep("rm trial --yes", environment: environment).exitCode == 0)
      let left = folder.paths(in: "shared")
      #expect(left.filter { !$0.hasPrefix("trial/bin/sweep-") } == others.sorted())
      #expect(left.count == 4, "the program may be the other sweep's")
    }
  }

  @Test func `a batch that a kill left half made is handed in anew`() throws {
    try withTemporaryFolder { url in
      var (folder, environment) = try folder(url, spec: Self.spec)
      environment["FAKE_KILLS"] = "1"
      let killed = try folder.sweep("run trial.json", environment: environment)
      #expect(killed.exitCode != 0)
      let batches = url.appending(path: "results/trial/slurm")
      let half = try #require(
        FileManager.default.contentsOfDirectory(atPath: batches.path).first
      )
      // The manifest is the last file of a batch.
      try FileManager.default.removeItem(at: batches.appending(path: "\(half)/manifest.json"))
      environment["FAKE_KILLS"] = nil
      // The squeue of this test says of every name that it is at work: one that is asked for is waited for.
      let run = try folder.sweep("run trial.json", environment: environment)
      #expect(run.exitCode == 0, "\(run.errors)")
      #expect(try folder.stored().sweep.ledger.ok == 12)
      #expect(folder.lines(of: "starts").count == 12)
      #expect(try FileManager.default.contentsOfDirectory(atPath: batches.path).isEmpty)
    }
  }

  @Test func `a device of a task that fails one run after another gets no more`() throws {
    try withTemporaryFolder { url in
      let spec = """
        {"name": "trial", "command": ["sh", "worker.sh"], "seeds": 12, "limits": {"halt": "never"},
         "executor": {"devices": [3, 4], "slurm": {"slots": 1, "chunk": 12}}}
        """
      var (folder, environment) = try folder(url, spec: spec)
      environment["BAD_DEVICE"] = "4"
      let run = try folder.sweep("run trial.json", environment: environment)
      #expect(run.exitCode == 1)
      #expect(run.errors.contains("3 runs in a row failed on device 4 of node1; the task"))
      let records = try folder.stored().records
      #expect(records.filter { $0.status == .failed }.map(\.site.device) == ["4", "4", "4"])
      #expect(
        records.filter { $0.status == .ok }.map(\.site.device) == Array(repeating: "3", count: 9)
      )
    }
  }

  @Test func `a run that fails there fails as it does here`() throws {
    try withTemporaryFolder { url in
      var (folder, environment) = try folder(url, spec: Self.spec)
      environment["BAD"] = "7"
      let run = try folder.sweep("run trial.json --chunk 4", environment: environment)
      #expect(run.exitCode == 1)
      let failed = try folder.stored().records.filter { $0.status == .failed }
      #expect(failed.map(\.run.seed) == [7] && failed.map(\.outcome) == [.failed(.exit(code: 3))])
      #expect(failed.first?.lastLines == ["said 7 on 3"])
    }
  }

  @Test func `without Slurm, and with an option that is not the user's, a sentence says so`() throws
  {
    try withTemporaryFolder { url in
      let (folder, environment) = try folder(url, spec: Self.spec)
      var bare = environment
      let shell = url.appending(component: "bare")
      try FileManager.default.createDirectory(at: shell, withIntermediateDirectories: true)
      try FileManager.default.createSymbolicLink(
        at: shell.appending(component: "sh"),
        withDestinationURL: URL(fileURLWithPath: "/bin/sh")
      )
      bare["PATH"] = shell.path
      let without = try folder.sweep("run trial.json", environment: bare)
      #expect(without.exitCode == 64 && without.errors.contains("There is no program 'sbatch'"))
      let taken = try folder.sweep(
        "run trial.json --slurm --array=0-3",
        environment: environment
      )
      #expect(taken.exitCode == 64)
      let equals = try SweepBinary.run(
        ["run", "trial.json", "--slurm=--array=0-3"],
        in: url,
        environment: environment
      )
      #expect(equals.exitCode == 64 && equals.errors.contains("The option '--array=0-3'"))
    }
  }
}

extension SweepFolder {
  /// The files below a folder, as paths in it.
  fileprivate func paths(in name: String) -> [String] {
    let root = url.appending(component: name).path
    let all = FileManager.default.enumerator(atPath: root)?.compactMap { $0 as? String } ?? []
    return all.filter { path in
      var isFolder: ObjCBool = false
      _ = FileManager.default.fileExists(atPath: root + "/" + path, isDirectory: &isFolder)
      return !isFolder.boolValue
    }.sorted()
  }
}
