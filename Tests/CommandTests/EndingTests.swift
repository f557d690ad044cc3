import Execution
import Foundation
import Notation
import Storage
import Sweeps
import TestSupport
import Testing

/// How a sweep ends before it is done, told with the built binary.
struct EndingTests {
  private static let spec = #"{"name": "trial", "command": ["sh", "worker.sh"], "seeds": 4}"#
  /// Writes its number and that of a child, and would run for ever.
  private static let endless = """
    sleep 1000 & echo "$$ $!" >> started
    wait
    """

  private func withEndless(_ body: (SweepFolder, Child) throws -> Void) throws {
    try withTemporaryFolder { url in
      let folder = try SweepFolder(
        url,
        files: ["worker.sh": Self.endless, "trial.json": Self.spec]
      )
      let process = try folder.start("run trial.json -j2")
      defer { process.kill(SIGKILL) }
      #expect(folder.wait { folder.lines(of: "started").count == 2 })
      try body(folder, process)
    }
  }

  /// The programs and their children that still run.
  private func survivors(in folder: SweepFolder) -> [ProcessIdentity] {
    folder.lines(of: "started").flatMap { $0.split(separator: " ") }
      .compactMap { Int32($0).flatMap(ProcessIdentity.init(living:)) }
  }

  @Test(arguments: [SIGINT, SIGTERM, SIGHUP])
  func `a signal ends all programs gently, says how to go on, and loses nothing`(signal: Int32)
    throws
  {
    try withEndless { folder, process in
      process.kill(signal)
      #expect(process.wait() == 130)
      #expect(folder.wait { survivors(in: folder).isEmpty })
      let (sweep, records, _) = try folder.stored()
      #expect(sweep.ledger.pending == 4 && sweep.ledger.isBalanced && !sweep.isRunning)
      #expect(records.map(\.outcome) == [.cancelled, .cancelled])
    }
  }

  @Test func `a signal that the caller ignores is ignored, as under nohup`() throws {
    try withTemporaryFolder { url in
      let folder = try SweepFolder(
        url,
        files: [
          "worker.sh": "kill -HUP $PPID; echo '{\"final\": {\"x\": 1}}'", "trial.json": Self.spec,
        ]
      )
      let shell = try SweepBinary.run(
        ["-c", "trap '' HUP; exec '\(SweepBinary.url.path)' run trial.json -j1"],
        in: url,
        executable: URL(fileURLWithPath: "/bin/sh")
      )
      #expect(shell.exitCode == 0)
      #expect(try folder.stored().sweep.ledger.ok == 4)
    }
  }

  @Test func `when the coordinator is killed its programs end too`() throws {
    try withEndless { folder, process in
      process.kill(SIGKILL)
      process.wait()
      #expect(folder.wait { survivors(in: folder).isEmpty })
      try Data("echo '{\"final\": {\"x\": 1}}'".utf8)
        .write(to: folder.url.appending(component: "worker.sh"))
      #expect(try folder.sweep("run trial.json").exitCode == 0)
      #expect(try folder.stored().sweep.ledger.ok == 4)
    }
  }

  #if os(Linux)
  @Test
  func `a guard that is killed is followed by another, which ends programs that left their group`()
    throws
  {
    try withTemporaryFolder { url in
      let folder = try SweepFolder(
        url,
        files: [
          "worker.sh": "setsid sh -c 'echo $$ >> started; exec sleep 1000' & wait",
          "trial.json": Self.spec,
        ]
      )
      let process = try folder.start("run trial.json -j2")
      defer { process.kill(SIGKILL) }
      #expect(folder.wait { folder.lines(of: "started").count == 2 })
      let first = try #require(guards(of: process).first)
      kill(first, SIGKILL)
      #expect(folder.wait { guards(of: process).contains { $0 != first } })
      process.kill(SIGKILL)
      process.wait()
      #expect(folder.wait { survivors(in: folder).isEmpty })
    }
  }

  /// The children of a coordinator that watch it.
  private func guards(of process: Child) -> [pid_t] {
    let all =
      (try? FileManager.default.contentsOfDirectory(atPath: "/proc"))?.compactMap { pid_t($0) }
      ?? []
    return all.filter { pid in
      let words = FileManager.default.contents(atPath: "/proc/\(pid)/cmdline") ?? Data()
      let status = FileManager.default.contents(atPath: "/proc/\(pid)/stat") ?? Data()
      let parent = String(decoding: status, as: UTF8.self).split(separator: ")").last?
        .split(separator: " ").dropFirst().first
      return words.split(separator: 0).dropFirst().first == Data("guard".utf8)
        && parent.map(String.init) == String(process.pid)
    }
  }
  #endif

  @Test func `a guard that is bidden farewell ends although its pipe is kept open`() throws {
    try withTemporaryFolder { folder in
      let pipe = folder.appending(component: "pipe").path
      #expect(mkfifo(pipe, 0o600) == 0)
      let end = try FileHandle(forUpdating: URL(fileURLWithPath: pipe))
      let process = try Child(
        SweepBinary.url,
        ["guard", "SWEEP_COORDINATOR=none"],
        in: folder,
        environment: [:],
        input: pipe
      )
      try end.write(contentsOf: Data(".\n".utf8))
      #expect(process.wait() == 0)
      try end.close()
    }
  }

  @Test func `a second start of the same sweep is refused with the first one's number`() throws {
    try withEndless { folder, process in
      let second = try folder.sweep("run trial.json")
      #expect(second.exitCode == 75)
      #expect(second.errors.contains("process \(process.pid) on "))
      // An attempt is written down shortly after its program has begun.
      let isToldOfBoth = folder.wait {
        (try? folder.sweep("status").output.contains("2 running + 2 pending")) ?? false
      }
      #expect(isToldOfBoth)
      #expect(try folder.sweep("rm trial --yes").exitCode == 75)
    }
  }

  @Test func `two sweeps share a results folder at the same time`() throws {
    try withTemporaryFolder { url in
      let spec = #""command": ["sh", "worker.sh"], "seeds": 40}"#
      let folder = try SweepFolder(
        url,
        files: [
          "worker.sh": "echo '{\"final\": {\"x\": 1}}'", "a.json": "{\"name\": \"a\", " + spec,
          "b.json": "{\"name\": \"b\", " + spec,
        ]
      )
      let first = try folder.start("run a.json -j2")
      let second = try folder.sweep("run b.json -j2")
      #expect(second.exitCode == 0, "\(second.errors)")
      #expect(first.wait() == 0)
      let store = try Store.reading(from: url.appending(component: "results").path)
      #expect(try store.sweeps().map(\.ledger.ok) == [40, 40])
      #expect(try store.integrity == "ok")
    }
  }
}
