import Foundation
package import Notation
package import Reports
import Storage
package import Sweeps

/// What people are asked about a sweep before it runs, and the file in which their answers are sealed.
package struct Questionnaire: Sendable {
  package let spec: Spec
  /// What is asked, never empty; answers to all questions of the spec are taken.
  package let questions: [AskedQuestion]
  let laboratory: Laboratory

  private var file: PredictionFile {
    PredictionFile(results: laboratory.results, sweepFolder: spec.folder)
  }

  /// The digest of the last sealed answer, unchecked; 64 zeros where there is none.
  ///
  /// - Throws: `PredictionFileError`.
  package var head: String { get throws { try file.head } }

  /// A blank sheet of the questions.
  package var sheet: PredictionSheet { PredictionSheet(of: spec, questions: questions) }

  /// The same as a page to print, with what the baseline measured where it has run.
  ///
  /// - Throws: `StoreError`.
  package var paper: PaperSheet {
    get throws {
      PaperSheet(
        of: spec,
        questions: questions,
        starts: try laboratory.starts(of: questions, in: spec)
      )
    }
  }

  /// What a table of answers came to.
  package struct Import: Sendable {
    /// The answers that were understood, and what was not.
    package let read: PredictionImport
    /// How many of them were sealed and had not been before; nil where none was, because something was not understood.
    package let new: Int?
  }

  /// Reads a class's answers and seals them, or none of them where something was not understood.
  ///
  /// - Parameters:
  ///   - table: Fields between commas, semicolons or tabs; a row an answer or a row a person.
  ///   - round: The round of rows that name none; nil for the first.
  ///   - skipsFaults: Whether what was understood is sealed all the same.
  /// - Returns: What became of the rows.
  /// - Throws: `PredictionFileError`, or ``LaboratoryError/tampered(path:_:)``.
  package func seal(_ table: SourceText, round: Int?, skipsFaults: Bool) throws -> Import {
    let table = CSVTable(table, separators: [",", ";", "\t"])
    let read = PredictionImport(table, questions: spec.askedQuestions, round: round)
    guard read.faults.isEmpty || skipsFaults else { return Import(read: read, new: nil) }
    return Import(read: read, new: try seal(read.predictions))
  }

  /// Seals answers, all or none: the chain is checked once for all of them, and the disk waited for once.
  ///
  /// What a person said last about a question is not sealed again when it has not changed, so that giving the same
  /// answers twice does nothing.
  ///
  /// - Parameter predictions: Of any people and rounds.
  /// - Returns: How many were new.
  /// - Throws: `PredictionFileError`, or `LaboratoryError`.
  @discardableResult
  package func seal(_ predictions: [Prediction]) throws -> Int {
    for prediction in predictions where prediction.who.lowercased() == Prediction.textbookName {
      throw LaboratoryError.reservedName(prediction.who)
    }
    return try sealing(!predictions.isEmpty) { try file.seal(predictions, of: spec, at: $0) }
  }

  /// Seals answers with the time of the seal, and with them the questions that the spec has only by its metrics.
  private func sealing<Value>(_ hasAnswers: Bool, _ body: (Date) throws -> Value) throws -> Value {
    let (isStarted, firstResult) =
      try laboratory.readingIfStarted { store in
        let sweep = try store.sweeps().first { $0.isNamed(spec.name) }
        return (sweep != nil, try sweep.flatMap { try store.firstResult(of: $0) })
      } ?? (false, nil)
    let date = sealTime(after: firstResult)
    // Of a sweep that was not started yet the start does it. After a result it would hide what everybody could see.
    if hasAnswers, spec.questions.isEmpty, isStarted, firstResult == nil {
      let implied = spec.askedQuestions.map(\.id)
      try laboratory.writing { try $0.seal(implied: implied, ofSweep: spec.name) }
    }
    return try checkingChain { try body(date) }
  }

  /// The time of a seal: that of the clock, but after the first result where there is one.
  ///
  /// A clock that was set back would make an answer that comes after a result look as if it came before.
  private func sealTime(after firstResult: Date?) -> Date {
    guard let firstResult else { return Date() }
    // A seal's time is written in whole seconds, the rest cut off.
    return max(Date(), firstResult.addingTimeInterval(1))
  }

  // MARK: Other machines

  /// What chains of other machines came to.
  package struct Merge: Sendable {
    /// Answers and people that had not been here before; nil where nothing was sealed, because of the faults.
    package let new: Int?
    package let people: Int
    /// Who is called otherwise here than there, in sentences.
    package let notes: [String]
    /// Which files do not hold, and why.
    package let faults: [String]
  }

  /// Takes over what people sealed on other machines, or nothing where a chain does not hold.
  ///
  /// Each chain is checked, and each of its lines is taken once, however often it comes.
  ///
  /// - Parameters:
  ///   - files: The files `predictions.jsonl` of those machines.
  ///   - skipsFaults: Whether the chains that hold are taken all the same.
  /// - Returns: What became of them.
  /// - Throws: `PredictionFileError`, or ``LaboratoryError/tampered(path:_:)`` for the chain here.
  package func merge(_ files: [SourceText], skipsFaults: Bool) throws -> Merge {
    var chains: [(name: String, chain: PredictionChain)] = []
    var faults: [String] = []
    for file in files {
      do throws(PredictionChainError) {
        let chain = try PredictionChain(String(decoding: file.bytes, as: UTF8.self))
        let change = ConfigChange(from: chain.config, to: spec.sealedConfig)
        if change == .unchanged {
          chains.append((file.path, chain))
        } else {
          faults.append("\(file.path): its predictions were sealed with another spec: \(change).")
        }
      } catch {
        faults.append("\(file.path): \(error)")
      }
    }
    guard faults.isEmpty || skipsFaults else {
      return Merge(new: nil, people: 0, notes: [], faults: faults)
    }
    let hasAnswers = chains.contains { !$0.chain.links.isEmpty }
    let merge = try sealing(hasAnswers) { try file.merge(chains, of: spec, at: $0) }
    return Merge(
      new: merge.additions.count,
      people: Set(merge.additions.map(\.prediction.who)).count,
      notes: merge.notes,
      faults: faults
    )
  }

  // MARK: Reasons

  /// Has a reason not shown, or shown again; the sealed line keeps it.
  ///
  /// - Parameters:
  ///   - reason: Whose, and about which question.
  ///   - isHidden: Whether it is hidden from now on.
  /// - Throws: `PredictionFileError`, ``LaboratoryError/unknownQuestion(_:sweep:known:)``, or
  ///   ``LaboratoryError/noReason(_:people:)`` where that person gave none.
  package func hide(_ reason: HiddenReason, _ isHidden: Bool = true) throws {
    let known = spec.askedQuestions.map(\.id)
    guard known.contains(reason.question) else {
      throw LaboratoryError.unknownQuestion(reason.question, sweep: spec.name, known: known)
    }
    let given = try checkingChain { try file.chain()?.links ?? [] }.map(\.prediction).filter {
      $0.asked.id == reason.question && !$0.rationale.isEmpty
    }
    guard given.contains(where: { $0.who == reason.who }) else {
      throw LaboratoryError.noReason(reason, people: Set(given.map(\.who)).sorted())
    }
    let hidden = HiddenReasonFile(results: laboratory.results, sweepFolder: spec.folder)
    var reasons = try hidden.reasons()
    if isHidden { reasons.insert(reason) } else { reasons.remove(reason) }
    try hidden.write(reasons)
  }

  /// The questions that a person has not answered in a round.
  ///
  /// - Parameters:
  ///   - who: The pseudonym.
  ///   - round: 1 before the discussion, 2 after it.
  /// - Returns: In the spec's order.
  /// - Throws: As ``seal(_:)``.
  package func open(to who: String, round: Int) throws -> [AskedQuestion] {
    guard who.lowercased() != Prediction.textbookName else {
      throw LaboratoryError.reservedName(who)
    }
    let own = Set(
      try checkingChain { try file.chain()?.latest ?? [] }.map(\.prediction)
        .filter { $0.who == who && $0.round == round }.map(\.asked.id)
    )
    return questions.filter { !own.contains($0.id) }
  }

  private func checkingChain<Value>(_ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch let error as PredictionChainError {
      throw LaboratoryError.tampered(path: file.path, error)
    }
  }

  /// What a check of the sealed predictions found.
  package enum Verification: Sendable {
    /// Nobody has predicted anything.
    case empty
    case sound(PredictionStanding, sealed: Int)
    /// A sealed prediction was changed, moved or dropped.
    case broken(path: String, PredictionChainError)
  }

  /// Checks that no sealed prediction was changed, moved or dropped, by itself and by what runs recorded.
  ///
  /// - Returns: What was found.
  /// - Throws: `StoreError`, or `PredictionFileError`.
  package func verify() throws -> Verification {
    let started =
      try laboratory.readingIfStarted { store in
        try store.sweeps().first { $0.isNamed(spec.name) }.map {
          (heads: try store.predictionHeads(of: $0), firstResult: try store.firstResult(of: $0))
        }
      } ?? nil
    let heads = started?.heads ?? []
    do {
      guard let chain = try file.chain() else {
        guard let head = heads.first(where: { $0.digest != PredictionChain.noHead }) else {
          return .empty
        }
        throw PredictionChainError.headNotFound(head: head.digest)
      }
      let standing = try PredictionStanding(
        chain,
        heads: heads,
        firstResult: started?.firstResult,
        spec: spec
      )
      return .sound(standing, sealed: chain.links.count)
    } catch let error as PredictionChainError {
      return .broken(path: file.path, error)
    }
  }
}

extension Laboratory {
  /// What people are asked about a spec.
  ///
  /// - Parameters:
  ///   - path: The spec's file.
  ///   - overrides: `key=value` texts that override its keys.
  ///   - asksAll: Whether more is asked than what the spec marks for a lesson.
  /// - Returns: The questions, and where answers are sealed.
  /// - Throws: `SpecFaults`, or ``LaboratoryError/noQuestions(spec:)``.
  package func questionnaire(
    specAt path: String,
    overrides: [String],
    asksAll: Bool = false
  ) throws -> Questionnaire {
    let spec = try spec(at: path, overrides: overrides)
    let questions = asksAll ? spec.askedQuestions : spec.lessonQuestions
    guard !questions.isEmpty else { throw LaboratoryError.noQuestions(spec: path) }
    return Questionnaire(spec: spec, questions: questions, laboratory: self)
  }
}
