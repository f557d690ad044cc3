import Experiments
import Foundation
import Testing

struct ProcessesTests {
  @Test func `a process is told from a later one with its number`() throws {
    let own = ProcessIdentity.current
    #expect(own.pid == getpid())
    #expect(own.isAlive)
    #expect(!ProcessIdentity(pid: own.pid, start: own.start + "0").isAlive)
  }

  @Test func `a process that ended is not alive although nobody collected it`() throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", "exit 0"]
    try process.run()
    let identity = ProcessIdentity(living: process.processIdentifier)
    process.waitUntilExit()
    #expect(identity?.isAlive != true)
    #expect(ProcessIdentity(living: process.processIdentifier) == nil)
  }

  #if os(Linux)
  @Test func `a process is found by what its environment carries, whole`() throws {
    let mark = "SWEEP_TEST=\(UUID().uuidString)"
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(fileURLWithPath: "/bin/cat")
    process.environment = ["SWEEP_TEST": String(mark.dropFirst("SWEEP_TEST=".count))]
    process.standardInput = pipe
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    // Not terminate(): a process started from a worker thread has SIGTERM blocked, and one that lives on
    // keeps what it inherited open.
    defer {
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
    }
    // A process that is just being started shows no environment for an instant.
    while processes(marked: mark).isEmpty, process.isRunning { continue }
    #expect(processes(marked: mark).map(\.pid) == [process.processIdentifier])
    #expect(processes(marked: String(mark.dropLast())).isEmpty)
  }
  #endif
}
