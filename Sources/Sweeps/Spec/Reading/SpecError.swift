package import Notation

/// A mistake in a spec that its writer can mend.
package enum SpecError: Error, Sendable, Equatable {
  case syntax(JSONFault)
  // Files
  case missingFile(String)
  case unreadableFile(String, reason: String)
  case extendsLoop([String])
  case missingInput(String)
  // Shape
  case notAnObject(found: String)
  case unknownKey(String, of: String, known: [String])
  case missingKey(String, of: String)
  /// Subject and found complete the sentence '... is ...', expected completes 'It is ...'.
  case mismatch(subject: String, found: String, expected: String, nearest: String? = nil)
  case needsCommand(String)
  /// What only the built-in trainer does.
  case needsTrainer(String)
  /// A command for each run, and a worker for all of them.
  case twoPrograms
  case malformedOverride(String)
  case malformedFilter(String)
  // Settings, axes and levels
  case unknownSetting(String, known: [String])
  case fixedAndVaried(String, axis: String)
  case variedTwice(String, axes: [String])
  case reserved(String)
  case axisIsMetric(String)
  case axisWithoutLevels(String)
  case duplicateLevel(String, axis: String, first: String)
  case sameText(String, axis: String)
  case scoreCount(axis: String, scores: Int, levels: Int)
  case unscoredLevel(String, axis: String)
  case zipLengths(axis: String, counts: [String])
  case levelsNotWhole(axis: String, example: String)
  // The grid
  case duplicateSeed(Int)
  case unknownAxis(String, subject: String, known: [String])
  case fixedHere(String, subject: String)
  case unknownLevel(String, axis: String, known: [String])
  case matchesEverything(String)
  case matchesNothing(String)
  case conditionNeverHolds(axis: String)
  case ownCondition(axis: String)
  case noCells
  case tooManyCells
  case diagramTooLarge(states: Int)
  case contradiction(String, cell: String)
  // The command
  case unknownPlaceholder(String, known: [String])
  /// What a worker cannot know, for it is started before it has a run.
  case placeholderOfRun(String)
  case unclosedPlaceholder(String)
  case badPattern(String, reason: String)
  /// The file with results does not lie in the run's own folder.
  case resultsElsewhere(String)
  // Questions
  case noMetrics(subject: String)
  case unknownMetric(String, known: [String])
  case duplicateQuestion(String)
  case unknownQuestion(String, known: [String])
  case sameLevels(question: String)
  case factorHeld(String, question: String)
  case noCellsFor(question: String, level: String)
  case duplicateForecast(question: String)
}

extension SpecError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .syntax(let fault): fault.description
    case .missingFile(let path): "There is no file '\(path)'."
    case .unreadableFile(let path, let reason): "'\(path)' cannot be read: \(reason)."
    case .extendsLoop(let paths):
      "'extends' leads back to where it began: \(paths.joined(separator: " → "))."
    case .missingInput(let path): "There is no file or folder '\(path)'."
    case .notAnObject(let found): "A spec is one JSON object, and this is \(found)."
    case .unknownKey(let key, let owner, _): "Unknown key '\(key)' in \(owner)."
    case .missingKey(let key, let owner): "The key '\(key)' is missing in \(owner)."
    case .mismatch(let subject, let found, _, _): "\(subject.capitalizedFirst) is \(found)."
    case .needsCommand(let key): "'\(key)' is about a command, and this spec has none."
    case .needsTrainer(let key):
      "'\(key)' is about networks of the built-in trainer, and this spec has a program of its own."
    case .twoPrograms: "The spec has both a 'command' and a 'worker'."
    case .malformedOverride(let text): "'--set \(text)' is not of the form key=value."
    case .malformedFilter(let text): "'\(text)' in the filter is not of the form axis=level."
    case .unknownSetting(let name, _): "Unknown setting '\(name)'."
    case .fixedAndVaried(let name, let axis):
      "The setting '\(name)' is fixed under 'settings' and varied by the axis '\(axis)'."
    case .variedTwice(let name, let axes):
      "The setting '\(name)' is varied by two axes, \(axes.quotedList)."
    case .reserved(let name): "'\(name)' is a column that every table of runs has."
    case .axisIsMetric(let name): "'\(name)' is both an axis and a metric."
    case .axisWithoutLevels(let axis): "The axis '\(axis)' has no levels."
    case .duplicateLevel(let text, let axis, let first):
      text == first
        ? "The axis '\(axis)' has the level '\(text)' twice."
        : "The axis '\(axis)' has the same level as '\(first)' and as '\(text)'."
    case .sameText(let text, let axis):
      "Two levels of the axis '\(axis)' look the same in tables: '\(text)'."
    case .scoreCount(let axis, let scores, let levels):
      "The axis '\(axis)' has \(counted(scores, "score")) for \(counted(levels, "level"))."
    case .unscoredLevel(let text, let axis):
      "The extra level '\(text)' has no score in the axis '\(axis)'."
    case .zipLengths(let axis, let counts):
      "The lists of the zip '\(axis)' differ in length: \(counts.joined(separator: ", "))."
    case .levelsNotWhole(let axis, let example):
      "The range of the axis '\(axis)' has levels that are no whole numbers, such as \(example)."
    case .duplicateSeed(let seed): "The seed \(seed) stands twice."
    case .unknownAxis(let name, let subject, _): "\(subject) names '\(name)', which is no axis."
    case .fixedHere(let name, let subject):
      "\(subject) names '\(name)', which is the same in every run."
    case .unknownLevel(let text, let axis, _): "The axis '\(axis)' has no level '\(text)'."
    case .matchesEverything(let subject): "\(subject) is empty and would match every cell."
    case .matchesNothing(let subject): "\(subject) matches no cell."
    case .conditionNeverHolds(let axis):
      "The condition of the axis '\(axis)' never holds, so that it would never vary."
    case .ownCondition(let axis): "The axis '\(axis)' cannot depend on itself."
    case .noCells: "Every cell of the grid is excluded."
    case .tooManyCells: "The grid has more cells than a 64-bit number can count."
    case .diagramTooLarge(let states):
      "The conditions of this grid are entangled: counting its cells needs more than "
        + "\(states.grouped) states."
    case .contradiction(let sentence, let cell): "\(sentence) This is so where \(cell)."
    case .unknownPlaceholder(let name, _):
      "'{\(name)}' is neither a setting, an axis nor a placeholder."
    case .placeholderOfRun(let name):
      "'{\(name)}' would be of one run, and a worker is started before it has any."
    case .unclosedPlaceholder(let argument): "A '{' or '}' of '\(argument)' stands alone."
    case .badPattern(let pattern, let reason):
      "'\(pattern)' is not a regular expression: \(reason)."
    case .resultsElsewhere(let file):
      "'\(file)' does not lie in the run's own folder. Have the program write to {run_dir}/metrics.csv (or $SWEEP_RUN_DIR), and give \"metrics.csv\" here."
    case .noMetrics(let subject): "\(subject) is about a metric, and the spec declares none."
    case .unknownMetric(let name, _): "Unknown metric '\(name)'."
    case .duplicateQuestion(let id): "Two questions have the id '\(id)'."
    case .unknownQuestion(let id, _): "There is no question '\(id)'."
    case .sameLevels(let question): "\(question) goes from a level to the same level."
    case .factorHeld(let factor, let question):
      "\(question) holds its own factor '\(factor)' at a level."
    case .noCellsFor(let question, let level):
      "\(question) has no cell left at its level '\(level)'."
    case .duplicateForecast(let question): "The textbook answers '\(question)' twice."
    }
  }
}

extension SpecError {
  /// What would be right, as a sentence, or nil where the reason says it.
  package var advice: String? {
    switch self {
    case .syntax(let fault): fault.advice
    case .missingFile: "'sweep init' writes a spec to start from."
    case .missingInput: "Paths are relative to the folder of the spec."
    case .unknownKey(let key, _, let known): SpecError.suggestion(key, known, else: "Known are")
    case .mismatch(_, _, let expected, let nearest):
      nearest.map { "Did you mean '\($0)'?" } ?? "It can be \(expected)."
    case .needsCommand: "Add \"command\": [\"program\", \"argument\", ...] or leave it out."
    case .needsTrainer:
      "Leave it out: what the program writes into {run_dir} (or $SWEEP_RUN_DIR) is kept, and 'sweep show RUN' lists it."
    case .twoPrograms:
      "Keep 'command' for a process of its own for each run, or 'worker' for one process that makes many."
    case .malformedOverride: "Write --set dropout=0,0.3 or --set limits.timeout=10m."
    case .malformedFilter: "Write --filter 'dropout=0.5 tuning=full'."
    case .unknownSetting(let name, let known):
      Suggestion.nearest(to: name, among: known).map { "Did you mean '\($0)'?" }
        ?? "'sweep settings' lists them all."
    case .fixedAndVaried: "Remove one of the two."
    case .variedTwice: "Remove it from one of them."
    case .reserved, .axisIsMetric: "Give it another name."
    case .axisWithoutLevels(let axis): "Write \"\(axis)\": [level, level, ...]."
    case .duplicateLevel: "Remove one of the two."
    case .sameText: "Write one of them in another way."
    case .scoreCount: "Every level has one score."
    case .unscoredLevel: "List it under 'levels' too, with a score, and exclude what is not wanted."
    case .zipLengths: "They are read side by side, so that each has one entry per level."
    case .levelsNotWhole: "Add \"integer\": true to round them."
    case .unknownAxis(let name, _, let known):
      SpecError.suggestion(name, known, else: known.isEmpty ? nil : "The axes are")
    case .fixedHere: "Only what varies can be named here."
    case .unknownLevel(let text, _, let known):
      SpecError.suggestion(text, known, else: "Its levels are")
    case .matchesEverything: "Name at least one axis."
    case .noCells: "Remove entries of 'exclude', or mend the conditions of 'when'."
    case .diagramTooLarge: "Write 'exclude' and 'when' over fewer or neighbouring axes."
    case .unknownPlaceholder(let name, let known):
      SpecError.suggestion(name, known, else: "Known are")
        .map { $0 + " A literal brace is written '{{' or '}}'." }
    case .placeholderOfRun:
      "Each run comes as a JSON line on standard input, with 'seed', 'settings', 'run' and 'run_dir'; the command line may have {slot}."
    case .unclosedPlaceholder: "A placeholder is {name}; a literal brace is written '{{' or '}}'."
    case .noMetrics:
      "Declare it: \"metrics\": {\"accuracy\": {\"better\": \"higher\", \"delta\": 0.005}}."
    case .unknownMetric(let name, let known): SpecError.suggestion(name, known, else: "Known are")
    case .duplicateQuestion: "Answers are told apart by the id: give one of them another."
    case .unknownQuestion(let id, let known):
      SpecError.suggestion(id, known, else: known.isEmpty ? nil : "The questions are")
    case .factorHeld: "'at' holds the other factors."
    case .noCellsFor: "Look at 'at', 'exclude' and 'when'."
    case .unreadableFile, .extendsLoop, .notAnObject, .missingKey, .duplicateSeed,
      .matchesNothing, .conditionNeverHolds, .ownCondition, .tooManyCells, .contradiction,
      .badPattern, .resultsElsewhere, .sameLevels, .duplicateForecast:
      nil
    }
  }

  /// The nearest name as a question, or else all names that fit on a line.
  private static func suggestion(_ name: String, _ known: [String], else lead: String?) -> String? {
    // Of numbers none is a slip of the pen for another.
    if Double(name) == nil, let nearest = Suggestion.nearest(to: name, among: known) {
      return "Did you mean '\(nearest)'?"
    }
    guard let lead else { return nil }
    let shown = known.prefix(24)
    return "\(lead) \(shown.joined(separator: ", "))\(shown.count < known.count ? ", ..." : ".")"
  }
}

/// '1 level' or '3 levels'.
private func counted(_ count: Int, _ noun: String) -> String {
  "\(count.grouped) \(noun)\(count == 1 ? "" : "s")"
}

extension String {
  /// The text with its first letter as at the beginning of a sentence.
  fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}

extension [String] {
  /// 'a' and 'b', each in single quotes.
  fileprivate var quotedList: String {
    map { "'\($0)'" }.joined(separator: " and ")
  }
}
