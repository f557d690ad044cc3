package import Foundation
import Synchronization

/// A child process that is waited for in the plainest way there is.
///
/// Foundation's `Process` learns of an end through a run loop, which can miss it under load, and starts
/// children with the signals blocked that the thread which happens to start them has blocked.
package final class Child: Sendable {
  /// Why a process could not be started.
  package struct StartFailure: Error, CustomStringConvertible {
    package let description: String
  }

  package let pid: pid_t
  /// What waitpid(2) said; nil while the process lives.
  private let status = Mutex<Int32?>(nil)

  /// Starts a program with no signal blocked.
  ///
  /// - Parameters:
  ///   - executable: The program's file.
  ///   - arguments: Without the program's name.
  ///   - folder: Its current folder.
  ///   - environment: All of its environment.
  ///   - input: The file that is its standard input.
  ///   - output: The file that gets its standard output; made anew.
  ///   - errors: The file that gets its standard error; made anew.
  /// - Throws: ``StartFailure``.
  package init(
    _ executable: URL,
    _ arguments: [String],
    in folder: URL,
    environment: [String: String],
    input: String = "/dev/null",
    output: String = "/dev/null",
    errors: String = "/dev/null"
  ) throws {
    #if os(Linux)
    var actions = posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    #else
    var actions: posix_spawn_file_actions_t?
    var attributes: posix_spawnattr_t?
    #endif
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    posix_spawn_file_actions_addopen(&actions, 0, input, O_RDONLY, 0)
    let writing = O_WRONLY | O_CREAT | O_TRUNC
    posix_spawn_file_actions_addopen(&actions, 1, output, writing, 0o644)
    posix_spawn_file_actions_addopen(&actions, 2, errors, writing, 0o644)
    #if os(Linux)
    // What tests beside this one have open is none of its business, and would count in a limit that it has.
    for name in try FileManager.default.contentsOfDirectory(atPath: "/dev/fd") {
      if let descriptor = Int32(name), descriptor > 2 {
        posix_spawn_file_actions_addclose(&actions, descriptor)
      }
    }
    #endif
    var blocked = sigset_t()
    var usual = sigset_t()
    sigemptyset(&blocked)
    sigfillset(&usual)
    posix_spawnattr_setsigmask(&attributes, &blocked)
    posix_spawnattr_setsigdefault(&attributes, &usual)
    let flags = Int32(POSIX_SPAWN_SETSIGMASK) | Int32(POSIX_SPAWN_SETSIGDEF)
    posix_spawnattr_setflags(&attributes, Int16(flags))
    // The portable way into a folder; the shell becomes the program, so that the number stays.
    let shell = ["/bin/sh", "-c", "cd \"$0\" && exec \"$@\"", folder.path, executable.path]
    let words = (shell + arguments).map { strdup($0) } + [nil]
    let variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for text in words + variables { free(text) } }
    var pid: pid_t = 0
    let failure = posix_spawn(&pid, shell[0], &actions, &attributes, words, variables)
    guard failure == 0 else {
      throw StartFailure(
        description: "\(executable.path) cannot be started: \(String(cString: strerror(failure)))"
      )
    }
    self.pid = pid
  }

  package var isRunning: Bool { collect(waiting: false) == nil }

  /// Waits for the end.
  ///
  /// - Returns: The exit code, or 128 + signal when a signal ended it.
  @discardableResult
  package func wait() -> Int32 {
    guard let status = collect(waiting: true) else { return -1 }
    let signal = status & 0x7F
    return signal == 0 ? status >> 8 & 0xFF : 128 + signal
  }

  package func kill(_ signal: Int32) {
    // A number is its process's own until it is collected.
    status.withLock { if $0 == nil { _ = Foundation.kill(pid, signal) } }
  }

  private func collect(waiting: Bool) -> Int32? {
    if waiting {
      var state = siginfo_t()
      while waitid(P_PID, id_t(pid), &state, WEXITED | WNOWAIT) != 0, errno == EINTR { continue }
    }
    return status.withLock { known in
      var status: Int32 = 0
      if known == nil, waitpid(pid, &status, WNOHANG) == pid { known = status }
      return known
    }
  }
}
