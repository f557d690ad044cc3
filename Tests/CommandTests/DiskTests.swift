import Execution
import Foundation
import Notation
import Storage
import Sweeps
import TestSupport
import Testing

#if os(Linux)
/// Disks that are full or read-only, made of memory in a mount namespace of their own.
///
/// Where this user may not mount, the tests are shown as skipped; `make slow` fails instead.
@Suite(.enabled(if: Disk.isPossible || runsLongTests))
struct DiskTests {
  private static let worker = """
    head -c 20000 /dev/zero | tr '\\0' x
    echo
    echo "{\\"final\\": {\\"loss\\": 0.5}}"
    """
  private static let spec =
    #"{"name": "trial", "command": ["sh", "worker.sh"], "seeds": 200, "limits": {"halt": "never"}}"#

  @Test func `a full disk stops a sweep with a sentence, and loses nothing that was announced`()
    throws
  {
    try withTemporaryFolder { url in
      let folder = try SweepFolder(url, files: ["worker.sh": Self.worker, "trial.json": Self.spec])
      let shell = try Disk.run(
        """
        mkdir results && mount -t tmpfs -o size=1m tmpfs results
        "$SWEEP" run trial.json -j2 --json > events 2> errors; echo $? > code
        "$SWEEP" status --json > status 2> status.errors
        mount -o remount,size=64m results
        "$SWEEP" run trial.json -j2 --quiet 2> resumed; echo $? >> code
        """,
        in: folder
      )
      #expect(shell.exitCode == 0, "\(shell.errors)")
      #expect(folder.lines(of: "code") == ["74", "0"])
      #expect(
        folder.lines(of: "errors").last?.contains(
          "is full. Every result that was announced is stored"
        ) == true
      )
      let announced = folder.lines(of: "events").count { $0.contains("\"status\":\"ok\"") }
      let status = JSON(line: Array((folder.lines(of: "status").first ?? "").utf8))
      guard case .array(let sweeps)? = status, let ledger = sweeps.first?.object?["ledger"]?.object
      else {
        Issue.record("no status: \(folder.lines(of: "status.errors"))")
        return
      }
      let stored = ledger["ok"]?.integer ?? 0
      #expect(announced > 0 && stored >= announced && stored < 200)
      #expect(
        folder.lines(of: "resumed").last?.hasPrefix("200 planned = 200 ok + 0 failed") == true
      )
    }
  }

  @Test func `predictions on a full disk are taken all or none, and the chain goes on afterwards`()
    throws
  {
    try withTemporaryFolder { url in
      let answers = (0..<2000).map { "p\($0),1,q,up,70,because" }
      let folder = try SweepFolder(
        url,
        files: [
          "worker.sh": Self.worker,
          "trial.json": """
          {"name": "trial", "command": ["sh", "worker.sh", "{a}"], "axes": {"a": [0, 1]}, "seeds": 2,
           "metrics": {"loss": {"better": "lower", "delta": 0.1}},
           "questions": [{"id": "q", "factor": "a", "from": 0, "to": 1, "metric": "loss"}]}
          """,
          "few.csv": "who,round,question,direction,confidence_pct,rationale\nana,1,q,up,70,x\n",
          "many.csv": "who,round,question,direction,confidence_pct,rationale\n"
            + answers.joined(separator: "\n") + "\n",
        ]
      )
      let shell = try Disk.run(
        """
        mkdir results && mount -t tmpfs -o size=256k tmpfs results
        "$SWEEP" predict trial.json --from few.csv; echo $? > code
        "$SWEEP" predict trial.json --from many.csv 2> errors; echo $? >> code
        "$SWEEP" predict trial.json --verify > verified; echo $? >> code
        mount -o remount,size=64m results
        "$SWEEP" predict trial.json --from many.csv; echo $? >> code
        "$SWEEP" run trial.json --quiet; echo $? >> code
        """,
        in: folder
      )
      #expect(shell.exitCode == 0, "\(shell.errors)")
      #expect(folder.lines(of: "code") == ["0", "74", "0", "0", "0"])
      #expect(folder.lines(of: "errors").count == 1)
      #expect(
        folder.lines(of: "errors").first?.contains("cannot be written: No space left") == true
      )
      #expect(folder.lines(of: "verified").first?.hasPrefix("1 sealed prediction") == true)
    }
  }

  @Test func `a log that cannot be read where it is leaves no copy behind`() throws {
    try withTemporaryFolder { url in
      let folder = try SweepFolder(
        url,
        files: [
          // The second run kills its coordinator, which leaves a log.
          "worker.sh": "[ $SWEEP_SEED = 1 ] && kill -9 $PPID; echo '{\"final\": {\"loss\": 0.5}}'",
          "trial.json": #"{"name": "trial", "command": ["sh", "worker.sh"], "seeds": 2}"#,
        ]
      )
      let shell = try Disk.run(
        """
        mkdir results copies && mount -t tmpfs tmpfs results
        "$SWEEP" run trial.json -j1 > /dev/null 2>&1
        ls results/sweeps.sqlite-wal
        mount -o remount,ro results
        TMPDIR=$PWD/copies "$SWEEP" status; echo $?; ls copies | wc -l
        """,
        in: folder
      )
      let lines = shell.output.split(separator: "\n").map {
        $0.trimmingCharacters(in: .whitespaces)
      }
      #expect(lines.first == "results/sweeps.sqlite-wal", "\(shell.errors)")
      #expect(lines.contains { $0.contains("2 planned = 1 ok") }, "\(lines)")
      #expect(lines.suffix(2) == ["0", "0"], "\(lines)")
    }
  }

  @Test func `a coordinator among other process numbers is not taken for dead`() throws {
    try withTemporaryFolder { url in
      let folder = try SweepFolder(
        url,
        files: [
          "worker.sh":
            "echo x >> started; while [ ! -e done ]; do :; done; echo '{\"final\": {\"loss\": 0.5}}'",
          "trial.json": #"{"name": "trial", "command": ["sh", "worker.sh"], "seeds": 1}"#,
        ]
      )
      let shell = try Disk.run(
        """
        unshare --pid --fork --mount-proc --kill-child "$SWEEP" run trial.json --quiet 2> first &
        while [ ! -e started ]; do :; done
        timeout 60 "$SWEEP" run trial.json; echo $?
        touch done; wait
        "$SWEEP" run trial.json --quiet; echo $?
        """,
        in: folder
      )
      #expect(shell.output == "75\n0\n", "\(shell.errors)")
      #expect(shell.errors.contains("or in a container of it, has this sweep's lock"))
      #expect(folder.lines(of: "started").count == 1)
    }
  }

  /// A sweep of three runs that end at once.
  private static let threeRuns = [
    "worker.sh": "echo '{\"final\": {\"loss\": 0.5}}'",
    "trial.json": #"{"name": "trial", "command": ["sh", "worker.sh"], "seeds": 3}"#,
  ]

  @Test func `a sweep is made where there is no folder for temporary files`() throws {
    try withTemporaryFolder { url in
      let folder = try SweepFolder(url, files: Self.threeRuns)
      let shell = try Disk.run(
        """
        # The program may lie below the folder that is hidden.
        touch sweep && mount --bind "$SWEEP" sweep && mount --rbind "$PWD" /mnt && cd /mnt && SWEEP=/mnt/sweep
        mount -t tmpfs -o ro tmpfs /tmp && unset TMPDIR
        "$SWEEP" run trial.json --quiet && "$SWEEP" report trial --format html -o page.html
        echo $?; "$SWEEP" doctor > /dev/null; echo $?
        """,
        in: folder
      )
      #expect(shell.output.hasSuffix("0\n0\n"), "\(shell.output) \(shell.errors)")
      #expect(try folder.stored().sweep.ledger.ok == 3)
    }
  }

  @Test func `a read-only folder of results can be read but not run in`() throws {
    try withTemporaryFolder { url in
      let folder = try SweepFolder(url, files: Self.threeRuns)
      let shell = try Disk.run(
        """
        mkdir results && mount -t tmpfs tmpfs results
        "$SWEEP" run trial.json --quiet 2>/dev/null
        mount -o remount,ro results
        "$SWEEP" status; echo $?
        "$SWEEP" runs; echo $?
        "$SWEEP" run trial.json; echo $?
        """,
        in: folder
      )
      let lines = shell.output.split(separator: "\n")
      #expect(lines.count == 8)
      #expect(lines[1].contains("3 planned = 3 ok"))
      #expect(lines[3...5].allSatisfy { $0.hasSuffix("loss=0.5") })
      #expect(lines[2] == "0" && lines[6] == "0" && lines[7] == "74")
      #expect(shell.errors.contains("cannot be written: Read-only file system."))
    }
  }
}

enum Disk {
  /// Runs a shell script that may mount, with the binary's path in `$SWEEP`.
  static func run(_ script: String, in folder: SweepFolder) throws -> SweepBinary.Result {
    try SweepBinary.run(
      ["--user", "--map-root-user", "--mount", "sh", "-c", script],
      in: folder.url,
      environment: ["SWEEP": SweepBinary.url.path],
      executable: unshare
    )
  }

  private static let unshare = URL(fileURLWithPath: "/usr/bin/unshare")

  /// Whether this user may make a file system of memory.
  static let isPossible: Bool = {
    let script = "mount -t tmpfs tmpfs /mnt"
    let result = try? SweepBinary.run(
      ["--user", "--map-root-user", "--mount", "sh", "-c", script],
      in: URL(fileURLWithPath: "/"),
      executable: unshare
    )
    return result?.exitCode == 0
  }()
}
#endif
