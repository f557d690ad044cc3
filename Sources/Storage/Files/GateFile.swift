package import Foundation
package import Sweeps

/// The file of a gate's ledger in a results folder, to which several programs may append at the same time.
package struct GateFile: Sendable {
  package let path: String

  /// - Parameters:
  ///   - results: The results folder, as an absolute path.
  ///   - ledger: The name of a series; nil for that of candidates that are judged one by one.
  package init(results: String, ledger: String?) {
    path = results + "/gate" + (ledger.map { "." + SweepFolder.name(of: $0) } ?? "") + ".jsonl"
  }

  /// Reads and checks the ledger.
  ///
  /// - Returns: nil where there is none.
  /// - Throws: `GateLedgerError` where a link is broken, ``ChainedFileError`` where the file cannot be read.
  package func ledger() throws -> GateLedger? {
    try ChainedFile(path: path).wholeText().map { try GateLedger($0) }
  }

  /// Changes the ledger while no other program does; durable when it returns.
  ///
  /// - Parameters:
  ///   - share: How a ledger that is not there yet is opened.
  ///   - date: When.
  ///   - change: Only appends.
  /// - Returns: What the change returns.
  /// - Throws: What the change throws, `GateLedgerError`, or ``ChainedFileError``.
  package func update<Value>(
    share: Double?,
    at date: Date,
    _ change: (inout GateLedger) throws -> Value
  ) throws -> Value {
    try ChainedFile(path: path).appending { text in
      var ledger =
        text.isEmpty ? GateLedger(share: share, at: date) : try GateLedger(text)
      let written = text.isEmpty ? 0 : ledger.lines.count
      let value = try change(&ledger)
      return (Array(ledger.lines.dropFirst(written)), value)
    }
  }
}
