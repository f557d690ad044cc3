import Foundation
import Storage
import Subprocess
import Synchronization

#if canImport(System)
import System
#else
import SystemPackage
#endif

/// A program that works behind the one that people use: it gives way to all others, and outlives its parent.
///
/// It is the leader of a process group of its own, so that Ctrl-C on the terminal does not reach it, and writes
/// what it has to say to a file, so that it loses nothing with its parent. The next parent finds it by its handle.
package final class QuietProgram: Sendable {
  /// How far it steps back behind what people wait for.
  private static let niceness: Int32 = 10

  private struct State {
    var process: pid_t?
    var isStopped = false
  }

  private let words: [String]
  private let directory: String
  private let errors: String
  private let state = Mutex(State())

  /// - Parameters:
  ///   - words: The program's file and its arguments.
  ///   - directory: The folder to do it in, as an absolute path.
  ///   - errors: The file that takes its standard error, made anew.
  package init(_ words: [String], directory: String, errors: String) {
    self.words = words
    self.directory = directory
    self.errors = errors
  }

  /// Runs the program to its end.
  ///
  /// - Returns: Its exit code, or 128 + signal when a signal ended it.
  /// - Throws: When it, or the file for its errors, cannot be opened.
  package func run() async throws -> Int {
    let file = try FileDescriptor.open(
      FilePath(errors),
      .writeOnly,
      options: [.create, .truncate, .closeOnExec],
      permissions: [.ownerReadWrite, .groupRead, .otherRead]
    )
    var options = PlatformOptions()
    options.processGroupID = 0
    let ended = try await Subprocess.run(
      .path(FilePath(words[0])),
      arguments: Arguments(Array(words.dropFirst())),
      workingDirectory: FilePath(directory),
      platformOptions: options,
      input: .none,
      output: .discarded,
      error: .fileDescriptor(file, closeAfterSpawningProcess: true)
    ) { execution in began(execution.processIdentifier.value) }
    state.withLock { $0.process = nil }
    switch ended.terminationStatus {
    case .exited(let code): return Int(code)
    case .signaled(let signal): return 128 + Int(signal)
    }
  }

  /// Where the handle of the process at work is kept.
  private var handleFile: String { errors + ".process" }

  /// The process that is at work for this parent or for one before it.
  private var living: ProcessIdentity? {
    guard let bytes = FileManager.default.contents(atPath: handleFile),
      let process = ProcessIdentity(handle: String(decoding: bytes, as: UTF8.self)),
      process.isAlive
    else { return nil }
    return process
  }

  private func began(_ process: pid_t) {
    #if os(Linux)
    setpriority(__priority_which_t(PRIO_PGRP.rawValue), id_t(process), Self.niceness)
    #else
    setpriority(PRIO_PGRP, id_t(process), Self.niceness)
    #endif
    if living == nil, let own = ProcessIdentity(living: process) {
      // Where it cannot be written, a later parent cannot stop what this one began.
      _ = FileManager.default.createFile(atPath: handleFile, contents: Data(own.handle.utf8))
    }
    let isStopped = state.withLock { state in
      state.process = process
      return state.isStopped
    }
    if isStopped { kill(process, SIGTERM) }
  }

  /// Asks the program to save its work and end, and what an earlier parent began of it.
  package func stop() {
    let process = state.withLock { state in
      state.isStopped = true
      return state.process
    }
    if let process { kill(process, SIGTERM) }
    if let living, living.pid != process { kill(living.pid, SIGTERM) }
  }
}
