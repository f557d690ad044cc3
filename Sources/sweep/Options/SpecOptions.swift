import ArgumentParser
import Execution
import Laboratory
import Notation
import Storage
import Sweeps
import Foundation

/// What every command takes that looks at a spec before it is run.
struct SpecOptions: ParsableArguments {
  @Argument(help: "The spec: a JSON file.")
  var spec: String

  @Option(name: .customLong("set"), help: "Override a key of the spec, as in --set seeds=8.")
  var overrides: [String] = []

  /// Reads the spec.
  ///
  /// - Throws: Exit code 64, its faults being printed.
  func read(overriding further: [String] = []) throws -> Spec {
    try readSpec(spec, overrides: overrides + further)
  }

  /// The trainer whose settings and defaults the spec's are; nil where a command replaces it.
  static func trainer(of spec: Spec) -> Trainer? {
    spec.command == nil ? builtInTrainer : nil
  }
}
