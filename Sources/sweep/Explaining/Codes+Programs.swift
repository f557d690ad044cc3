import Execution
import Sweeps
import Training

extension TrainingError {
  var code: RefusalCode {
    switch self {
    case .unknownSetting: .trainingUnknownSetting
    case .wrongValue: .trainingWrongValue
    case .contradiction: .trainingContradiction
    case .missingFile: .trainingMissingFile
    case .unreadableFile: .trainingUnreadableFile
    case .missingBody: .trainingMissingBody
    case .bodyMismatch: .trainingBodyMismatch
    case .tooFewImages: .trainingTooFewImages
    case .emptyClass: .trainingEmptyClass
    }
  }
}

extension LaunchError {
  var code: RefusalCode {
    switch self {
    case .noProgram: .launchNoProgram
    case .notExecutable: .launchNotExecutable
    }
  }
}

extension CommandTemplate.Fault {
  var code: RefusalCode {
    switch self {
    case .unpairedBrace: .templateUnpairedBrace
    case .unknownPlaceholder: .templateUnknownPlaceholder
    }
  }
}

extension Devices.Missing {
  var code: RefusalCode {
    switch self {
    case .none: .devicesNone
    case .tooFew: .devicesTooFew
    }
  }
}

extension SlurmError {
  var code: RefusalCode {
    switch self {
    case .noProgram: .slurmNoProgram
    case .reservedOption: .slurmReservedOption
    case .refused: .slurmRefused
    case .tasksFail: .slurmTasksFail
    case .noBatch: .slurmNoBatch
    case .otherProgram: .slurmOtherProgram
    }
  }
}
