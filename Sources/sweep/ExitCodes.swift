import ArgumentParser

/// The exit codes of the contract beside 0 (all is well) and 1 (some run failed, or a check found something).
extension ExitCode {
  /// A flag or file that the user must fix.
  static let usage = ExitCode(64)
  /// Disk or database.
  static let storage = ExitCode(74)
  /// Another coordinator works on this sweep.
  static let busy = ExitCode(75)
  /// Ctrl-C or SIGTERM; the sweep can be resumed.
  static let interrupted = ExitCode(130)
}
