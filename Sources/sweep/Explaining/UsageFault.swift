import ArgumentParser
import Notation

/// Words of a command line that cannot be meant so, with the sentence about them.
struct UsageFault: Error, CustomStringConvertible {
  enum Kind {
    /// A number that is read and means nothing here.
    case outOfBounds
    /// A word of another kind than can stand there, or none of those that there are.
    case badValue
    /// Flags that cannot be had together, or not with what else was asked for.
    case exclusive
    /// Something without which the rest means nothing.
    case missing
    case extraWord
    case unreadableFile
    case unwritableFile
    case fileExists
    /// A variable of the environment.
    case environment
    /// What is done only after a yes, where there is nobody to ask.
    case unconfirmed
  }

  let kind: Kind
  let description: String
}

extension UsageFault.Kind {
  var code: RefusalCode {
    switch self {
    case .outOfBounds: .usageOutOfBounds
    case .badValue: .usageBadValue
    case .exclusive: .usageExclusive
    case .missing: .usageMissing
    case .extraWord: .usageExtraWord
    case .unreadableFile: .usageUnreadableFile
    case .unwritableFile: .usageUnwritableFile
    case .fileExists: .usageFileExists
    case .environment: .usageEnvironment
    case .unconfirmed: .usageUnconfirmed
    }
  }
}

extension ValidationError {
  /// A refusal of a command line, which on a terminal names its code.
  init(_ kind: UsageFault.Kind, _ sentence: String) {
    self.init(signed(sentence, UsageFault(kind: kind, description: sentence)))
  }
}

extension RefusalCode {
  /// The code of what the parser of the command line refuses by itself; nil for what is no refusal of its own.
  ///
  /// The parser keeps its errors to itself; a mirror shows the name of the case, and the tests show that each of
  /// these is what it is called.
  static func code(ofParsing error: any Error) -> RefusalCode? {
    let parts = Mirror(reflecting: error).children
    guard let fault = parts.first(where: { $0.label == "parserError" })?.value else { return nil }
    let name = Mirror(reflecting: fault).children.first?.label ?? "\(fault)"
    return parserCodes[name]
  }

  private static let parserCodes: [String: RefusalCode] = [
    "unknownOption": .usageUnknownOption, "invalidOption": .usageUnknownOption,
    "nonAlphanumericShortOption": .usageUnknownOption,
    "missingValueForOption": .usageMissingValue,
    "missingValueOrUnknownCompositeOption": .usageMissingValue,
    "unexpectedValueForOption": .usageUnexpectedValue,
    "unexpectedExtraValues": .usageExtraWord, "duplicateExclusiveValues": .usageExclusive,
    "noValue": .usageMissing, "missingSubcommand": .usageMissing,
    "unableToParseValue": .usageBadValue, "unsupportedShell": .usageBadValue,
  ]
}
