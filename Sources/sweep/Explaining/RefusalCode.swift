/// The stable name of a refusal, by which people find its page: the family, a point, and what is wrong.
///
/// A name that was once printed keeps its meaning.
enum RefusalCode: String, CaseIterable {
  // Specs
  case specSyntax = "spec.syntax"
  case specMissingFile = "spec.missing-file"
  case specUnreadableFile = "spec.unreadable-file"
  case specExtendsLoop = "spec.extends-loop"
  case specMissingInput = "spec.missing-input"
  case specNotAnObject = "spec.not-an-object"
  case specUnknownKey = "spec.unknown-key"
  case specMissingKey = "spec.missing-key"
  case specMismatch = "spec.mismatch"
  case specNeedsCommand = "spec.needs-command"
  case specNeedsTrainer = "spec.needs-trainer"
  case specTwoPrograms = "spec.two-programs"
  case specMalformedOverride = "spec.malformed-override"
  case specMalformedFilter = "spec.malformed-filter"
  case specUnknownSetting = "spec.unknown-setting"
  case specFixedAndVaried = "spec.fixed-and-varied"
  case specVariedTwice = "spec.varied-twice"
  case specReserved = "spec.reserved"
  case specAxisIsMetric = "spec.axis-is-metric"
  case specAxisWithoutLevels = "spec.axis-without-levels"
  case specDuplicateLevel = "spec.duplicate-level"
  case specSameText = "spec.same-text"
  case specScoreCount = "spec.score-count"
  case specUnscoredLevel = "spec.unscored-level"
  case specZipLengths = "spec.zip-lengths"
  case specLevelsNotWhole = "spec.levels-not-whole"
  case specDuplicateSeed = "spec.duplicate-seed"
  case specUnknownAxis = "spec.unknown-axis"
  case specFixedHere = "spec.fixed-here"
  case specUnknownLevel = "spec.unknown-level"
  case specMatchesEverything = "spec.matches-everything"
  case specMatchesNothing = "spec.matches-nothing"
  case specConditionNeverHolds = "spec.condition-never-holds"
  case specOwnCondition = "spec.own-condition"
  case specNoCells = "spec.no-cells"
  case specTooManyCells = "spec.too-many-cells"
  case specDiagramTooLarge = "spec.diagram-too-large"
  case specContradiction = "spec.contradiction"
  case specUnknownPlaceholder = "spec.unknown-placeholder"
  case specPlaceholderOfRun = "spec.placeholder-of-run"
  case specUnclosedPlaceholder = "spec.unclosed-placeholder"
  case specBadPattern = "spec.bad-pattern"
  case specResultsElsewhere = "spec.results-elsewhere"
  case specNoMetrics = "spec.no-metrics"
  case specUnknownMetric = "spec.unknown-metric"
  case specDuplicateQuestion = "spec.duplicate-question"
  case specUnknownQuestion = "spec.unknown-question"
  case specSameLevels = "spec.same-levels"
  case specFactorHeld = "spec.factor-held"
  case specNoCellsFor = "spec.no-cells-for"
  case specDuplicateForecast = "spec.duplicate-forecast"

  // Tables of runs
  case tableFormat = "table.format"
  case tableMissingColumn = "table.missing-column"
  case tableField = "table.field"
  case tableRepeated = "table.repeated"
  case tableContinuous = "table.continuous"
  case tableNothingVaries = "table.nothing-varies"
  case tableNothingMeasured = "table.nothing-measured"

  // The results folder
  case storeMissing = "store.missing"
  case storeNotResults = "store.not-results"
  case storeNewer = "store.newer"
  case storeDamaged = "store.damaged"
  case storeNotWritable = "store.not-writable"
  case storeFull = "store.full"
  case storeReplaced = "store.replaced"
  case storeLocked = "store.locked"
  case storeBusy = "store.busy"
  case storeNetwork = "store.network"
  case storeUnknownSweep = "store.unknown-sweep"
  case storeUnknownRun = "store.unknown-run"
  case storeAmbiguous = "store.ambiguous"
  case storeSeveralSweeps = "store.several-sweeps"
  case storeBadQuery = "store.bad-query"
  case storeFailed = "store.failed"

  // What was asked for
  case requestNothingEnded = "request.nothing-ended"
  case requestOverlap = "request.overlap"
  case requestUnknownPerson = "request.unknown-person"
  case requestUnknownQuestion = "request.unknown-question"
  case requestUnknownAttempt = "request.unknown-attempt"
  case requestUnknownVersion = "request.unknown-version"
  case requestNoNetwork = "request.no-network"
  case requestCannotLimitMemory = "request.cannot-limit-memory"
  case requestTooFewFiles = "request.too-few-files"
  case requestProbesOnlyTheTrainer = "request.probes-only-the-trainer"
  case requestUnknownDurations = "request.unknown-durations"
  case requestNoPilot = "request.no-pilot"
  case requestNoQuestions = "request.no-questions"
  case requestReservedName = "request.reserved-name"
  case requestNoPredictions = "request.no-predictions"
  case requestNoReason = "request.no-reason"
  case requestUnknownMetric = "request.unknown-metric"
  case requestNoDirection = "request.no-direction"
  case requestUnmeasured = "request.unmeasured"
  case requestNothingMatched = "request.nothing-matched"
  case requestBadLooks = "request.bad-looks"
  case requestOtherLooks = "request.other-looks"
  case requestOtherShare = "request.other-share"
  case requestNoClaims = "request.no-claims"
  case requestNothingClaimed = "request.nothing-claimed"
  case requestOtherSpec = "request.other-spec"
  case requestNotDeleted = "request.not-deleted"
  case requestNothingToLabel = "request.nothing-to-label"
  case requestBadTag = "request.bad-tag"
  case requestNotCancelled = "request.not-cancelled"
  case requestNothingKept = "request.nothing-kept"

  // Sealed predictions that do not hold
  case chainNoSpec = "chain.no-spec"
  case chainUnreadable = "chain.unreadable"
  case chainBrokenLink = "chain.broken-link"
  case chainBrokenSeal = "chain.broken-seal"
  case chainOtherSpec = "chain.other-spec"
  case chainHeadNotFound = "chain.head-not-found"

  // A gate's ledger that does not hold
  case ledgerNoOpening = "ledger.no-opening"
  case ledgerUnreadable = "ledger.unreadable"
  case ledgerBrokenLink = "ledger.broken-link"

  // The file of predictions
  case predictionsNotWritable = "predictions.not-writable"
  case predictionsUnreadable = "predictions.unreadable"
  case predictionsTorn = "predictions.torn"
  case predictionsOtherSpec = "predictions.other-spec"

  // Files of chained lines
  case fileNotWritable = "file.not-writable"
  case fileUnreadable = "file.unreadable"
  case fileTorn = "file.torn"

  // One sweep, one process
  case lockBusy = "lock.busy"
  case lockElsewhere = "lock.elsewhere"

  // The machine
  case machineShortage = "machine.shortage"

  // The built-in trainer
  case trainingUnknownSetting = "training.unknown-setting"
  case trainingWrongValue = "training.wrong-value"
  case trainingContradiction = "training.contradiction"
  case trainingMissingFile = "training.missing-file"
  case trainingUnreadableFile = "training.unreadable-file"
  case trainingMissingBody = "training.missing-body"
  case trainingBodyMismatch = "training.body-mismatch"
  case trainingTooFewImages = "training.too-few-images"
  case trainingEmptyClass = "training.empty-class"

  // Starting a program
  case launchNoProgram = "launch.no-program"
  case launchNotExecutable = "launch.not-executable"

  // The words of a command
  case templateUnpairedBrace = "template.unpaired-brace"
  case templateUnknownPlaceholder = "template.unknown-placeholder"

  // Graphics cards
  case devicesNone = "devices.none"
  case devicesTooFew = "devices.too-few"

  // Slurm
  case slurmNoProgram = "slurm.no-program"
  case slurmReservedOption = "slurm.reserved-option"
  case slurmRefused = "slurm.refused"
  case slurmTasksFail = "slurm.tasks-fail"
  case slurmNoBatch = "slurm.no-batch"
  case slurmOtherProgram = "slurm.other-program"

  // The lesson's server
  case servingCannotListen = "serving.cannot-listen"
  case servingJournal = "serving.journal"
  case servingBrokenLine = "serving.broken-line"
  case servingBusy = "serving.busy"
  case servingOtherLesson = "serving.other-lesson"

  // Writing
  case outputFile = "output.file"
  case outputStandard = "output.standard"
}
