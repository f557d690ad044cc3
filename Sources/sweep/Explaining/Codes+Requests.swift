import Laboratory
import Serving
import Sweeps

extension TableFault {
  var code: RefusalCode {
    switch self {
    case .format: .tableFormat
    case .missingColumn: .tableMissingColumn
    case .field: .tableField
    case .repeated: .tableRepeated
    case .continuous: .tableContinuous
    case .nothingVaries: .tableNothingVaries
    case .nothingMeasured: .tableNothingMeasured
    }
  }
}

extension LaboratoryError {
  var code: RefusalCode {
    switch self {
    case .nothingEnded: .requestNothingEnded
    case .overlap: .requestOverlap
    case .unknownPerson: .requestUnknownPerson
    case .unknownQuestion: .requestUnknownQuestion
    case .unknownAttempt: .requestUnknownAttempt
    case .unknownVersion: .requestUnknownVersion
    case .noNetwork: .requestNoNetwork
    case .cannotLimitMemory: .requestCannotLimitMemory
    case .tooFewFiles: .requestTooFewFiles
    case .probesOnlyTheTrainer: .requestProbesOnlyTheTrainer
    case .unknownDurations: .requestUnknownDurations
    case .noPilot: .requestNoPilot
    case .noQuestions: .requestNoQuestions
    case .reservedName: .requestReservedName
    case .noPredictions: .requestNoPredictions
    case .noReason: .requestNoReason
    case .unknownMetric: .requestUnknownMetric
    case .noDirection: .requestNoDirection
    case .unmeasured: .requestUnmeasured
    case .nothingMatched: .requestNothingMatched
    case .badLooks: .requestBadLooks
    case .otherLooks: .requestOtherLooks
    case .otherShare: .requestOtherShare
    case .noClaims: .requestNoClaims
    case .nothingClaimed: .requestNothingClaimed
    case .otherSpec: .requestOtherSpec
    case .notDeleted: .requestNotDeleted
    case .nothingToLabel: .requestNothingToLabel
    case .badTag: .requestBadTag
    case .notCancelled: .requestNotCancelled
    case .nothingKept: .requestNothingKept
    case .brokenLedger(_, let error): error.code
    case .tampered(_, let error): error.code
    }
  }
}

extension ServingError {
  var code: RefusalCode {
    switch self {
    case .cannotListen: .servingCannotListen
    case .journal: .servingJournal
    case .brokenLine: .servingBrokenLine
    case .busy: .servingBusy
    case .otherLesson: .servingOtherLesson
    }
  }
}
