import ArgumentParser
import Execution
import Notation
import Storage
import Sweeps
import Foundation
import Laboratory

/// Reads a spec.
///
/// - Throws: `SpecFaults`.
func readSpec(_ path: String, overrides: [String]) throws -> Spec {
  try Spec.read(path: path, trainer: builtInTrainer, overrides: overrides)
}

/// Reads from the results of a folder.
func readingStore<Value>(_ folder: String, _ body: (Store) throws -> Value) throws -> Value {
  try body(try Store.reading(from: absolutePath(folder)))
}

/// What runs recorded of the predictions when they started; nothing where no run was started.
func recordedHeads(results: String, sweep name: String) throws -> [PredictionStanding.Head] {
  try startedSweep(results: results, name: name) { try $0.predictionHeads(of: $1) } ?? []
}

/// When the first result of a sweep was known, nil before that.
func firstResult(results: String, sweep name: String) throws -> Date? {
  try startedSweep(results: results, name: name) { try $0.firstResult(of: $1) } ?? nil
}

/// Reads from a sweep that was started; nil where it was not.
private func startedSweep<Value>(
  results: String,
  name: String,
  _ body: (Store, SweepSummary) throws -> Value
) throws -> Value? {
  guard FileManager.default.fileExists(atPath: results + "/" + Store.fileName) else { return nil }
  return try readingStore(results) { store in
    guard let sweep = try store.sweeps().first(where: { $0.name == name }) else { return nil }
    return try body(store, sweep)
  }
}

/// Refuses to run a spec that was changed after somebody predicted; more seeds are allowed.
///
/// - Throws: Exit code 64, the reason being printed.
func refuseChange(of spec: Spec, since predictions: PredictionFile) throws {
  do {
    guard let chain = try predictions.chain() else { return }
    let change = ConfigChange(from: chain.config, to: spec.sealedConfig)
    switch change {
    case .unchanged, .extended: return
    case .changed: throw PredictionFileError.otherSpec(path: predictions.path, change: change)
    }
  } catch let error as PredictionFileError {
    printError("Error: \(error)")
    if error.isOfTheDisk { throw ExitCode.storage }
  } catch let error as PredictionChainError {
    printError("Error: '\(predictions.path)': \(error) 'sweep predict SPEC --verify' checks it.")
  }
  throw ExitCode.usage
}

/// Enters the folder of a spec, to which the paths of its settings are relative.
///
/// - Throws: Exit code 64, the reason being printed.
func enterFolder(of spec: Spec) throws {
  guard FileManager.default.changeCurrentDirectoryPath(spec.directory) else {
    printError("Error: The folder '\(spec.directory)' of the spec cannot be entered.")
    throw ExitCode.usage
  }
}
