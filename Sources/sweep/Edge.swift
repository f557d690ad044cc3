import ArgumentParser
import Execution
import Notation
import Storage
import Sweeps
import Foundation

/// What the commands share at the edge of the program: paths, standard error, and errors that become exit codes.

/// A path as the program keeps it: absolute, seen from the caller's folder.
func absolutePath(_ path: String) -> String {
  URL(fileURLWithPath: path).standardizedFileURL.path
}

/// Writes a line to standard error.
func printError(_ line: String) {
  emit(line + "\n", to: STDERR_FILENO)
}

/// Reads a spec; its faults are printed as a compiler prints them.
///
/// - Throws: Exit code 64.
func readSpec(_ path: String, overrides: [String]) throws -> Spec {
  do {
    return try Spec.read(path: path, trainer: builtInTrainer, overrides: overrides)
  } catch {
    printError(error.description)
    throw ExitCode.usage
  }
}

/// Reads from the results of a folder; an error of the store is a sentence and exit code 74.
func readingStore<Value>(_ folder: String, _ body: (Store) throws -> Value) throws -> Value {
  do {
    return try body(try Store.reading(from: absolutePath(folder)))
  } catch let error as StoreError {
    printError("Error: \(error)")
    switch error {
    case .unknownSweep, .unknownRun, .ambiguous: throw ExitCode.usage
    case .missing, .notResults, .newer, .damaged, .notWritable, .full, .locked, .network, .failed:
      throw ExitCode.storage
    }
  }
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
