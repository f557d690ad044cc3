import Classroom
import Execution
import Laboratory
import Serving
import Storage
import Sweeps
import Training

extension RefusalCode {
  /// The codes of an error, each once, in the order of its faults; none of what is no refusal of ours.
  static func codes(of error: any Error) -> [RefusalCode] {
    switch error {
    case let faults as SpecFaults: distinct(faults.faults.map(\.error.code))
    case let faults as TableFaults: distinct(faults.faults.map(\.code))
    default: code(of: error).map { [$0] } ?? []
    }
  }

  /// The sentence about an error with a last line that names its codes, where people read it on a terminal.
  ///
  /// Programs, logs and the lesson's desk get the sentence alone.
  static func signed(_ sentence: String, _ error: any Error, onTerminal: Bool) -> String {
    let codes = onTerminal ? codes(of: error).prefix(toldLimit).map(\.rawValue) : []
    guard !codes.isEmpty else { return sentence }
    return sentence + "\n" + more(codes)
  }

  /// The line that names codes.
  static func more(_ codes: [String]) -> String {
    "More: sweep explain " + codes.joined(separator: " ")
  }

  /// What the lesson's server calls a refusal beside its sentence; nil for what has no page.
  static let name: @Sendable (any Error) -> String? = { codes(of: $0).first?.rawValue }

  /// Codes that a line names.
  private static let toldLimit = 5

  private static func distinct(_ codes: [RefusalCode]) -> [RefusalCode] {
    codes.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  private static func code(of error: any Error) -> RefusalCode? {
    switch error {
    case let error as SpecError: error.code
    case let error as StoreError: error.code
    case let error as LaboratoryError: error.code
    case let error as PredictionChainError: error.code
    case let error as GateLedgerError: error.code
    case let error as CoordinatorLock.Refusal: error.code
    case let error as PredictionFileError: error.code
    case let error as ChainedFileError: error.code
    case let error as TrainingError: error.code
    case let error as LaunchError: error.code
    case let error as CommandTemplate.Fault: error.code
    case let error as Devices.Missing: error.code
    case let error as SlurmError: error.code
    case let error as ServingError: error.code
    case let error as LessonRefusal: error.code
    case let error as VisitRefusal: error.code
    case let error as UsageFault: error.kind.code
    case is Shortage: .machineShortage
    case is OutputFile.Failure: .outputFile
    case Output.Failure.notWritten: .outputStandard
    default: nil
    }
  }
}
