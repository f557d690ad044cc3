package import Storage

/// What was saved of a damaged results folder.
package struct Recovered: Sendable {
  /// What SQLite says of the old file; `ok` where it finds nothing.
  package let integrity: String
  package let tables: [RecoveredTable]
  /// The sweeps of the new folder by name, with why one cannot be read there all the same.
  package let sweeps: [(name: String, fault: String?)]
}

extension Laboratory {
  /// Copies all that can be read of the results into a new folder.
  ///
  /// Logs, predictions and reports are files of their own, and stay where they are.
  ///
  /// - Parameter target: The new results folder, as an absolute path.
  /// - Returns: What it holds.
  /// - Throws: `StoreError`.
  package func recover(to target: String) throws -> Recovered {
    let (integrity, tables) = try Store.recover(from: results, to: target)
    let store = try Store.reading(from: target)
    let sweeps = try store.sweeps().map { sweep -> (name: String, fault: String?) in
      do {
        _ = try store.records(of: sweep)
        return ("\(sweep.name): \(sweep.ledger)", nil)
      } catch {
        return (sweep.name, "\(error)")
      }
    }
    return Recovered(integrity: integrity, tables: tables, sweeps: sweeps)
  }
}
