import Foundation
import Notation
import Storage
package import Sweeps

/// The application: what can be done with specs and a folder of results, whichever door asks for it.
///
/// It returns values and throws errors that hold facts. It never prints, asks, exits or changes the process,
/// so that a command line and a server can stand before it. Results leave it only as ``Disclosed`` values.
package struct Laboratory: Sendable {
  /// The version of the program, stored with every run.
  package static let version = "0.1.0"

  /// Which program opened it, as is written down with every start.
  package struct Caller: Sendable {
    /// The program's own file, which trains and guards in processes of their own.
    package let program: String
    package let commandLine: [String]
    /// The folder in which it was called, as an absolute path.
    package let directory: String

    package init(program: String, commandLine: [String], directory: String) {
      self.program = program
      self.commandLine = commandLine
      self.directory = directory
    }
  }

  /// The results folder, as an absolute path.
  package let results: String
  let caller: Caller

  /// - Parameters:
  ///   - results: The results folder, as an absolute path.
  ///   - caller: Which program opens it.
  package init(results: String, caller: Caller) {
    self.results = results
    self.caller = caller
  }

  /// Reads a spec.
  ///
  /// - Parameters:
  ///   - path: The file, as faults name it; where there is none, one that travels in the program serves.
  ///   - overrides: `key=value` texts, applied in their order.
  /// - Returns: The spec, free of faults.
  /// - Throws: `SpecFaults`.
  package func spec(at path: String, overrides: [String]) throws(SpecFaults) -> Spec {
    guard let bundled = BundledSpec(path: path) else {
      return try Spec.read(
        path: path,
        trainer: builtInTrainer,
        files: Disk(),
        overrides: overrides
      )
    }
    return try Spec.read(
      SourceText(path: path, text: bundled.text),
      name: bundled.name,
      directory: caller.directory,
      trainer: builtInTrainer,
      files: Disk(),
      overrides: overrides
    )
  }

  /// The file of a spec as the store remembers it: its folder is where paths begin.
  func file(ofSpecAt path: String) -> String {
    let file = BundledSpec(path: path).map { $0.name + ".json" } ?? path
    return SpecPath.absolute(file, in: caller.directory)
  }

  /// Reads a spec that was kept as a text.
  ///
  /// - Throws: `SpecFaults`.
  package func spec(text: String) throws(SpecFaults) -> Spec {
    try Spec.stored(text: text, directory: caller.directory, trainer: builtInTrainer)
  }

  /// The trainer whose settings and defaults a spec's are; nil where a command replaces it.
  func trainer(of spec: Spec) -> Trainer? { spec.program == nil ? builtInTrainer : nil }

  /// Reads from the results.
  func reading<Value>(_ body: (Store) throws -> Value) throws -> Value {
    try body(try Store.reading(from: results))
  }

  /// Reads from the results; nil where nothing was ever started.
  func readingIfStarted<Value>(_ body: (Store) throws -> Value) throws -> Value? {
    do {
      return try reading(body)
    } catch StoreError.missing {
      return nil
    }
  }

  /// Writes to the results, which are made where they are missing.
  func writing<Value>(_ body: (Store) throws -> Value) throws -> Value {
    let store = try Store.writing(to: results)
    let value = try body(store)
    try store.close()
    return value
  }
}
