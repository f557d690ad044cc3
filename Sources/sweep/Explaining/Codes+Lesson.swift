import Classroom
import Serving

extension LessonRefusal {
  var code: RefusalCode {
    switch self {
    case .notJoined: .lessonNotJoined
    case .otherPerson: .lessonOtherPerson
    case .removed: .lessonRemoved
    case .roomIsFull: .lessonRoomIsFull
    case .emptyName: .lessonEmptyName
    case .tooLong: .lessonTooLong
    case .reservedName: .lessonReservedName
    case .unknownPerson: .lessonUnknownPerson
    case .notASeat: .lessonNotASeat
    case .deskOnly: .lessonDeskOnly
    case .unknownQuestion: .lessonUnknownQuestion
    case .unknownRound: .lessonUnknownRound
    case .unknownStep: .lessonUnknownStep
    case .unknownAct: .lessonUnknownAct
    case .missingField: .lessonMissingField
    case .notAWord: .lessonNotAWord
    case .notAConfidence: .lessonNotAConfidence
    case .notANumber: .lessonNotANumber
    case .notOpen: .lessonNotOpen
    case .closed: .lessonClosed
    case .skipped: .lessonSkipped
    case .stillOpen: .lessonStillOpen
    case .tooLate: .lessonTooLate
    case .isOver: .lessonIsOver
    case .noReason: .lessonNoReason
    case .tooManyReasons: .lessonTooManyReasons
    case .notRevealed: .lessonNotRevealed
    case .notACandidate: .lessonNotACandidate
    case .nothingKept: .lessonNothingKept
    case .unreadableLine: .lessonUnreadableLine
    }
  }
}

extension VisitRefusal {
  var code: RefusalCode {
    switch self {
    case .noResult: .lessonNoResult
    case .tooFast: .lessonTooFast
    case .tooManyPictures: .lessonTooManyPictures
    case .noNetworks: .lessonNoNetworks
    case .notTheirDevice: .lessonNotTheirDevice
    case .deviceIsFull: .lessonDeviceIsFull
    case .noDesk: .lessonNoDesk
    }
  }
}
