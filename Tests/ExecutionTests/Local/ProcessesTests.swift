import Execution
import Foundation
import Storage
import Sweeps
import TestSupport
import Testing

struct ProcessesTests {
  @Test func `a process is told from a later one with its number`() throws {
    let own = ProcessIdentity.current
    #expect(own.pid == getpid())
    #expect(own.isAlive)
    #expect(!ProcessIdentity(pid: own.pid, start: own.start + "0").isAlive)
  }

  @Test func `a process that ended is not alive although nobody collected it`() throws {
    try withTemporaryFolder { folder in
      let process = try Child(shell, ["-c", "exit 0"], in: folder, environment: [:])
      let identity = ProcessIdentity(living: process.pid)
      var state = siginfo_t()
      #expect(waitid(P_PID, id_t(process.pid), &state, WEXITED | WNOWAIT) == 0)
      #expect(identity?.isAlive != true)
      #expect(ProcessIdentity(living: process.pid) == nil)
      process.wait()
    }
  }

  @Test
  func `a process is found again by its handle, unless it is of another boot or none of ours`()
    throws
  {
    let own = ProcessIdentity.current
    #expect(ProcessIdentity(handle: own.handle) == own)
    let boot = Host.current.boot
    for handle in [
      "", "\(own.pid)", "1 \(own.start) \(boot)", "0 5 \(boot)", "-1 5 \(boot)",
      "99999999999 5 \(boot)",
      "\(own.pid)  \(boot)", "\(own.pid) \(own.start) another", "x 5 \(boot)",
    ] {
      #expect(ProcessIdentity(handle: handle) == nil, "\(handle)")
    }
  }

  private let shell = URL(fileURLWithPath: "/bin/sh")

  #if os(Linux)
  @Test func `a process is found by what its environment carries, whole`() throws {
    let mark = "SWEEP_TEST=\(UUID().uuidString)"
    try withTemporaryFolder { folder in
      let process = try Child(
        shell,
        ["-c", "while :; do sleep 1; done"],
        in: folder,
        environment: [
          "SWEEP_TEST": String(mark.dropFirst("SWEEP_TEST=".count)), "PATH": "/usr/bin:/bin",
        ]
      )
      defer {
        for process in processes(marked: mark) { kill(process.pid, SIGKILL) }
        process.wait()
      }
      // A process that is just being started shows no environment for an instant.
      while processes(marked: mark).isEmpty, process.isRunning { continue }
      #expect(processes(marked: mark).contains { $0.pid == process.pid })
      #expect(processes(marked: String(mark.dropLast())).isEmpty)
    }
  }
  #endif
}
