import Storage
import Sweeps

extension StoreError {
  var code: RefusalCode {
    switch self {
    case .missing: .storeMissing
    case .notResults: .storeNotResults
    case .newer: .storeNewer
    case .damaged: .storeDamaged
    case .notWritable: .storeNotWritable
    case .full: .storeFull
    case .replaced: .storeReplaced
    case .locked: .storeLocked
    case .busy: .storeBusy
    case .network: .storeNetwork
    case .unknownSweep: .storeUnknownSweep
    case .unknownRun: .storeUnknownRun
    case .ambiguous: .storeAmbiguous
    case .severalSweeps: .storeSeveralSweeps
    case .badQuery: .storeBadQuery
    case .failed: .storeFailed
    }
  }
}

extension PredictionChainError {
  var code: RefusalCode {
    switch self {
    case .noSpec: .chainNoSpec
    case .unreadable: .chainUnreadable
    case .brokenLink: .chainBrokenLink
    case .brokenSeal: .chainBrokenSeal
    case .otherSpec: .chainOtherSpec
    case .headNotFound: .chainHeadNotFound
    }
  }
}

extension GateLedgerError {
  var code: RefusalCode {
    switch self {
    case .noOpening: .ledgerNoOpening
    case .unreadable: .ledgerUnreadable
    case .brokenLink: .ledgerBrokenLink
    }
  }
}

extension PredictionFileError {
  var code: RefusalCode {
    switch self {
    case .notWritable: .predictionsNotWritable
    case .unreadable: .predictionsUnreadable
    case .torn: .predictionsTorn
    case .otherSpec: .predictionsOtherSpec
    }
  }
}

extension ChainedFileError {
  var code: RefusalCode {
    switch self {
    case .notWritable: .fileNotWritable
    case .unreadable: .fileUnreadable
    case .torn: .fileTorn
    }
  }
}

extension CoordinatorLock.Refusal {
  var code: RefusalCode {
    switch self {
    case .busy: .lockBusy
    case .elsewhere: .lockElsewhere
    }
  }
}
