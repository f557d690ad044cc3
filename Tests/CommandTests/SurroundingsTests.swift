import Foundation
import Storage
import Sweeps
import TestSupport
import Testing

/// Surroundings that nobody has on purpose: the sweep is made, or a sentence says why not.
struct SurroundingsTests {
  private static let spec = #"{"name": "trial", "command": ["/bin/sh", "worker.sh"], "seeds": 3}"#
  private static let worker = "echo '{\"final\": {\"loss\": 0.5}}'"

  private func sweepFolder(_ url: URL) throws -> SweepFolder {
    try SweepFolder(url, files: ["trial.json": Self.spec, "worker.sh": Self.worker])
  }

  @Test(arguments: [
    "unset HOME", "export HOME=/nowhere", "export TMPDIR=/nowhere", "unset PATH", "export PATH=",
    "export LANG=xx_YY LC_ALL=xx_YY", "export COLUMNS=-3", "export TERM=", "exec 0<&-",
    "ulimit -f 2000",
    "ulimit -c 0", "ulimit -s 1024", "umask 077", "export TZ=Nowhere/City", "cd .",
  ])
  func `a sweep is made and reported`(surroundings: String) throws {
    try withTemporaryFolder { url in
      let folder = try sweepFolder(url)
      let binary = SweepBinary.url.path
      let shell = try SweepBinary.run(
        [
          "-c",
          "\(surroundings); '\(binary)' run trial.json -j2 && '\(binary)' report trial && '\(binary)' runs",
        ],
        in: url,
        executable: URL(fileURLWithPath: "/bin/sh")
      )
      #expect(shell.exitCode == 0, "\(surroundings): \(shell.errors)")
      #expect(try folder.stored().sweep.ledger.ok == 3)
    }
  }

  @Test(arguments: [
    "with blanks", "with\nline end", "שלום עולם", "\u{202E}gnp.exe", "-rf", "$(touch x)", "a;b&c|d",
    "%s%n", "'\"",
    "\u{1B}[2J", "é", "e\u{301}", "*", String(repeating: "l", count: 250),
  ])
  func `a folder of any name can be worked in`(name: String) throws {
    try withTemporaryFolder { url in
      let inner = url.appending(component: name)
      try FileManager.default.createDirectory(at: inner, withIntermediateDirectories: false)
      let folder = try sweepFolder(inner)
      let run = try folder.sweep("run trial.json --results results")
      #expect(run.exitCode == 0, "\(run.errors)")
      for line in [
        "status", "runs", "report trial", "show 1 --sweep trial", "doctor", "export trial",
      ] {
        let result = try folder.sweep(line)
        #expect(result.exitCode < 65, "\(line): \(result.errors)")
        #expect(!result.errors.contains("\u{1B}[2J") && !result.output.contains("\u{1B}[2J"))
      }
      #expect(try folder.stored().sweep.ledger.ok == 3)
      #expect(try FileManager.default.contentsOfDirectory(atPath: inner.path).count == 3)
    }
  }

  @Test
  func
    `a level that begins with a dash is one word of the command, and never an option of this program`()
    throws
  {
    try withTemporaryFolder { url in
      let folder = try SweepFolder(
        url,
        files: [
          "trial.json": """
          {"name": "trial", "command": ["sh", "worker.sh", "{a}"], "seeds": 1,
           "axes": {"a": ["--results=elsewhere", "-rf", "$(touch x)", "a b", "-1"]}}
          """,
          "worker.sh": "echo \"$# $1\" >> words; echo '{\"final\": {\"loss\": 1}}'",
        ]
      )
      #expect(try folder.sweep("run trial.json -j1").exitCode == 0)
      #expect(
        Set(folder.lines(of: "words")) == [
          "1 --results=elsewhere", "1 -rf", "1 $(touch x)", "1 a b", "1 -1",
        ]
      )
      let names = Set(try FileManager.default.contentsOfDirectory(atPath: url.path))
      #expect(names == ["trial.json", "worker.sh", "words", "results"])
    }
  }

  @Test func `a token of the environment or on the command line is nowhere in the results`() throws
  {
    try withTemporaryFolder { url in
      let folder = try sweepFolder(url)
      let token = "ghp_0123456789abcdefghijklmnop"
      let run = try SweepBinary.run(
        ["run", "trial.json", "--filter", "", "--set", "seeds=2", "--results=results"],
        in: url,
        environment: ["SECRET_TOKEN": token]
      )
      #expect(run.exitCode == 0 || run.exitCode == 64, "\(run.errors)")
      let named = try SweepBinary.run(
        ["run", "trial.json", "--results", "results", "--filter", "seed!=\(token)"],
        in: url
      )
      #expect(named.exitCode <= 64)
      #expect(try folder.sweep("run trial.json").exitCode == 0)
      let files =
        FileManager.default.enumerator(atPath: url.path)?.compactMap { $0 as? String } ?? []
      for file in files {
        let bytes = FileManager.default.contents(atPath: url.appending(path: file).path) ?? Data()
        #expect(bytes.range(of: Data(token.utf8)) == nil, "\(file)")
      }
    }
  }

  @Test func `a grid of sixty-seven million runs is shown without being gone through`() throws {
    try withTemporaryFolder { url in
      let letters = "abcdefghijklmnopqrstuvwxyz".map { "\"\($0)\": [0, 1]" }.joined(separator: ", ")
      let words = "abcdefghijklmnopqrstuvwxyz".map { "\"{\($0)}\"" }.joined(separator: ", ")
      let folder = try SweepFolder(
        url,
        files: ["big.json": #"{"command": ["true", \#(words)], "axes": {\#(letters)}, "seeds": 1}"#]
      )
      let shell = try SweepBinary.run(
        ["-c", "ulimit -t 20; exec '\(SweepBinary.url.path)' run -n big.json"],
        in: folder.url,
        executable: URL(fileURLWithPath: "/bin/sh")
      )
      #expect(shell.exitCode == 0, "\(shell.errors)")
      #expect(
        shell.output.contains("These are 67,108,864 runs, too many to say which of them are done")
      )
      #expect(shell.output.contains("... and 67,108,844 more"))
    }
  }

  @Test
  func
    `results that are deleted while a sweep runs end it with a sentence, and the next start begins anew`()
    throws
  {
    try withTemporaryFolder { url in
      let worker = "[ -e gone ] || [ $SWEEP_SEED != 5 ] || { touch gone; rm -rf results; }\n"
      let folder = try SweepFolder(
        url,
        files: [
          "trial.json": #"{"name": "trial", "command": ["/bin/sh", "worker.sh"], "seeds": 12}"#,
          "worker.sh": worker + Self.worker,
        ]
      )
      let run = try folder.sweep("run trial.json -j2")
      #expect(run.exitCode == 74, "\(run.errors)")
      let last = run.errors.split(separator: "\n").last ?? ""
      // Whichever was missed first: the database, or the folder of a run that was about to start.
      let sentences = [
        "was deleted or replaced while it was written", "cannot be written: No such file",
      ]
      #expect(sentences.contains { last.contains($0) }, "\(run.errors)")
      #expect(!run.errors.contains("Fatal") && !run.errors.contains("NSCocoa"))
      let again = try folder.sweep("run trial.json -j2")
      #expect(again.exitCode == 0, "\(again.errors)")
      #expect(try folder.stored().sweep.ledger.ok == 12)
    }
  }

  /// Holds the folder of results, as a program does that makes the database at this moment, which a start waits for.
  private func holdResults(in folder: URL) throws -> (path: String, lock: Int32) {
    let results = folder.appending(component: "results").path
    try FileManager.default.createDirectory(atPath: results, withIntermediateDirectories: true)
    let lock = open(results, O_RDONLY | O_CLOEXEC)
    #expect(flock(lock, LOCK_EX) == 0)
    return (results, lock)
  }

  @Test func `a folder that another program keeps to itself refuses a start with a sentence`()
    throws
  {
    try withTemporaryFolder { url in
      let folder = try sweepFolder(url)
      let (_, lock) = try holdResults(in: url)
      defer { close(lock) }
      let run = try folder.sweep("run trial.json")
      #expect(run.exitCode == 75, "\(run.errors)")
      #expect(
        run.errors.hasPrefix("Error: Another program is opening the results folder '")
          && run.errors.split(separator: "\n").count == 1
      )
    }
  }

  #if os(Linux)
  @Test
  func `Ctrl-C before any run was started ends with a sentence and the code of an interruption`()
    throws
  {
    try withTemporaryFolder { url in
      let folder = try sweepFolder(url)
      let (results, lock) = try holdResults(in: url)
      defer { close(lock) }
      let process = try folder.start("run trial.json")
      let isWaiting = folder.wait {
        let open = "/proc/\(process.pid)/fd"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: open)) ?? []
        return names.contains {
          (try? FileManager.default.destinationOfSymbolicLink(atPath: "\(open)/\($0)")) == results
        }
      }
      #expect(isWaiting)
      process.kill(SIGINT)
      #expect(process.wait() == 130)
      let scratch = try #require(
        try FileManager.default.contentsOfDirectory(atPath: url.path).first {
          $0.hasPrefix("scratch")
        }
      )
      #expect(folder.lines(of: "\(scratch)/err").count == 1)
      #expect(
        folder.lines(of: "\(scratch)/err").first?.hasPrefix("Interrupted before any run") == true
      )
    }
  }
  #endif
}
