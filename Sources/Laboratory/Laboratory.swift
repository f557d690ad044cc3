import Notation
package import Storage
import Sweeps

/// The application: what can be done with specs and a folder of results, whichever door asks for it.
///
/// It returns values and throws errors that hold facts. It never prints, asks, exits or changes the process,
/// so that a command line and a server can stand before it. Results leave it only as ``Disclosed`` values.
package struct Laboratory: Sendable {
  /// The version of the program, stored with every run.
  package static let version = "0.1.0"

  /// The results folder, as an absolute path.
  package let results: String

  /// - Parameter results: The results folder, as an absolute path.
  package init(results: String) {
    self.results = results
  }

  /// Reads from the results.
  package func reading<Value>(_ body: (Store) throws -> Value) throws -> Value {
    try body(try Store.reading(from: results))
  }

  /// Writes to the results, which are made where they are missing.
  func writing<Value>(_ body: (Store) throws -> Value) throws -> Value {
    let store = try Store.writing(to: results)
    let value = try body(store)
    try store.close()
    return value
  }
}
