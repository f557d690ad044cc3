import Sweeps

extension SpecError {
  var code: RefusalCode {
    switch self {
    case .syntax: .specSyntax
    case .missingFile: .specMissingFile
    case .unreadableFile: .specUnreadableFile
    case .extendsLoop: .specExtendsLoop
    case .missingInput: .specMissingInput
    case .notAnObject: .specNotAnObject
    case .unknownKey: .specUnknownKey
    case .missingKey: .specMissingKey
    case .mismatch: .specMismatch
    case .needsCommand: .specNeedsCommand
    case .needsTrainer: .specNeedsTrainer
    case .twoPrograms: .specTwoPrograms
    case .malformedOverride: .specMalformedOverride
    case .malformedFilter: .specMalformedFilter
    case .unknownSetting: .specUnknownSetting
    case .fixedAndVaried: .specFixedAndVaried
    case .variedTwice: .specVariedTwice
    case .reserved: .specReserved
    case .axisIsMetric: .specAxisIsMetric
    case .axisWithoutLevels: .specAxisWithoutLevels
    case .duplicateLevel: .specDuplicateLevel
    case .sameText: .specSameText
    case .scoreCount: .specScoreCount
    case .unscoredLevel: .specUnscoredLevel
    case .zipLengths: .specZipLengths
    case .levelsNotWhole: .specLevelsNotWhole
    case .duplicateSeed: .specDuplicateSeed
    case .unknownAxis: .specUnknownAxis
    case .fixedHere: .specFixedHere
    case .unknownLevel: .specUnknownLevel
    case .matchesEverything: .specMatchesEverything
    case .matchesNothing: .specMatchesNothing
    case .conditionNeverHolds: .specConditionNeverHolds
    case .ownCondition: .specOwnCondition
    case .noCells: .specNoCells
    case .tooManyCells: .specTooManyCells
    case .diagramTooLarge: .specDiagramTooLarge
    case .contradiction: .specContradiction
    case .unknownPlaceholder: .specUnknownPlaceholder
    case .placeholderOfRun: .specPlaceholderOfRun
    case .unclosedPlaceholder: .specUnclosedPlaceholder
    case .badPattern: .specBadPattern
    case .resultsElsewhere: .specResultsElsewhere
    case .noMetrics: .specNoMetrics
    case .unknownMetric: .specUnknownMetric
    case .duplicateQuestion: .specDuplicateQuestion
    case .unknownQuestion: .specUnknownQuestion
    case .sameLevels: .specSameLevels
    case .factorHeld: .specFactorHeld
    case .noCellsFor: .specNoCellsFor
    case .duplicateForecast: .specDuplicateForecast
    }
  }
}
