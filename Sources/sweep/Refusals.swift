import ArgumentParser
import Classroom
import Execution
import Laboratory
import Serving
import Storage
import Sweeps
import Training

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

/// The sentence about an error, followed on a terminal by the codes that `sweep explain` knows.
func signed(_ sentence: String, _ error: any Error) -> String {
  RefusalCode.signed(sentence, error, onTerminal: Output.errors.isTerminal)
}

/// What an error of any command is to the caller: a sentence on standard error, and an exit code.
///
/// - Returns: An error that ArgumentParser ends the program with; its own go through unchanged.
func refusal(_ error: any Error) -> any Error {
  func said(_ sentence: String, _ code: ExitCode) -> ExitCode {
    printError(signed(sentence, error))
    return code
  }
  switch error {
  case let faults as SpecFaults:
    // Faults with a place are printed as a compiler prints them.
    let hasPlace = faults.faults.contains { $0.place != nil }
    return said(hasPlace ? "\(faults)" : "Error: \(faults)", .usage)
  case let error as StoreError:
    switch error {
    case .unknownSweep, .unknownRun, .ambiguous, .severalSweeps, .badQuery:
      return said("Error: \(error)", .usage)
    case .missing, .notResults, .newer, .damaged, .notWritable, .full, .replaced, .locked, .network,
      .failed:
      return said("Error: \(error)", .storage)
    case .busy: return said("Error: \(error)", .busy)
    }
  case let error as LaboratoryError:
    if case .notDeleted = error { return said("Error: \(error)", .storage) }
    return ValidationError(Output.visible(signed("\(error)", error)))
  case let refusal as CoordinatorLock.Refusal: return said("Error: \(refusal)", .busy)
  case let error as PredictionFileError:
    return said("Error: \(error)", error.isOfTheDisk ? .storage : .usage)
  case let shortage as Shortage: return said("Error: \(shortage)", .storage)
  case let error as ChainedFileError: return said("Error: \(error)", .storage)
  case is SpecError, is TrainingError, is LaunchError, is CommandTemplate.Fault,
    is Devices.Missing, is SlurmError, is LessonRefusal, is VisitRefusal:
    return said("Error: \(error)", .usage)
  case let error as ServingError:
    return said("Error: \(error)", error.isOfTheDisk ? .storage : .usage)
  case let faults as TableFaults:
    // The words of a table's cells are in it, and the parser prints them as they are.
    return ValidationError(Output.visible(signed("\(faults)", error)))
  case let failure as OutputFile.Failure: return said("Error: \(failure)", .storage)
  case Output.Failure.readerGone: return ExitCode.success
  case Output.Failure.notWritten(let reason):
    return said("Error: standard output cannot be written: \(reason).", .storage)
  default: return error
  }
}
