import Execution
import Foundation
package import Sweeps

/// A sweep that is run by a process of its own, as `sweep run` does it, while somebody waits for something else.
package struct BackgroundSweep: Sendable {
  /// How it ended.
  package enum End: Sendable, Equatable {
    /// All selected runs are ok, or some are not.
    case finished(isOk: Bool)
    /// It was asked to end, and goes on when it is started again.
    case stopped
    /// Another process works on the sweep.
    case busy
    /// Its last words.
    case failed(String)
  }

  private let program: QuietProgram
  private let errors: String

  init(program: QuietProgram, errors: String) {
    self.program = program
    self.errors = errors
  }

  /// Runs to the end.
  ///
  /// - Throws: When the program cannot be started.
  package func run() async throws -> End {
    let code = try await program.run()
    switch code {
    case 0: return .finished(isOk: true)
    case 1: return .finished(isOk: false)
    case 75: return .busy
    case 130, 128 + Int(SIGTERM): return .stopped
    default: return .failed(lastWords)
    }
  }

  /// Asks it to save its work and end.
  package func stop() { program.stop() }

  private var lastWords: String {
    let text = FileManager.default.contents(atPath: errors).map {
      String(decoding: $0, as: UTF8.self)
    }
    return (text ?? "").split(separator: "\n").suffix(3).joined(separator: " ")
  }
}

extension Laboratory {
  /// Prepares a run of a sweep in a process of its own.
  ///
  /// - Parameters:
  ///   - spec: The spec.
  ///   - path: Its file, as it was given.
  ///   - overrides: `key=value` texts that override its keys.
  ///   - onlyBaseline: Whether no more than the baseline cell is run.
  /// - Returns: What is run when it is asked to.
  /// - Throws: When the sweep's folder cannot be made.
  package func inBackground(
    _ spec: Spec,
    at path: String,
    overrides: [String] = [],
    onlyBaseline: Bool = false
  ) throws -> BackgroundSweep {
    let folder = SweepFolders(results: results, folder: spec.folder)
    try FileManager.default.createDirectory(
      atPath: folder.root,
      withIntermediateDirectories: true
    )
    let errors = folder.root + "/serve.log"
    let filter = spec.axes.map { "\($0.name)=\($0.baseline.text)" }.joined(separator: " ")
    let words =
      [caller.program, "run", path, "--results", results, "--yes", "--quiet"]
      + overrides.flatMap { ["--set", $0] } + (onlyBaseline ? ["--filter", filter] : [])
    return BackgroundSweep(
      program: QuietProgram(words, directory: caller.directory, errors: errors),
      errors: errors
    )
  }
}

extension Laboratory {
  /// The laboratory of a folder inside the results, for runs that are no results of theirs.
  package func inside(_ folder: String) -> Laboratory {
    Laboratory(results: results + "/" + folder, caller: caller)
  }
}
