import Execution
import Foundation
import Notation
import Statistics
import Storage
import Sweeps
import TestSupport
import Testing

/// Specs, tables and output of programs, changed at random: never a trap, a refusal says what and where, and what is
/// accepted is accepted again once it was written.
struct MutationTests {
  @Test(arguments: MutationTrial.specs)
  func `a changed spec is read or refused in full`(_ file: String) throws {
    try MutationTrial(count: 120, seed: 1).spec(file)
  }

  @Test func `a changed design is read or refused in full`() throws {
    try MutationTrial(count: 300, seed: 1).designs()
  }

  @Test func `a changed table is read or refused in full`() throws {
    try MutationTrial(count: 300, seed: 1).tables()
  }

  @Test func `a changed line of a program is read`() throws {
    try MutationTrial(count: 5000, seed: 1).lines()
  }
}

/// The long proof, for `make slow`.
@Suite(.enabled(if: runsLongTests))
struct SlowMutationTests {
  @Test(arguments: MutationTrial.specs)
  func `20,000 changed specs are read or refused in full`(_ file: String) throws {
    try MutationTrial(count: 20_000, seed: 2).spec(file)
  }

  @Test func `100,000 changed lines of programs are read`() throws {
    try MutationTrial(count: 100_000, seed: 2).lines()
  }
}

/// Many changed texts and what reading them must always do.
struct MutationTrial {
  let count: Int
  let seed: Int

  static let specs = [
    "regularization", "quickstart", "transfer", "weight-decay-dose", "polynomial-degree",
    "torch-momentum",
  ]

  /// Changes a spec of the repository by its bytes and by its structure in turn.
  func spec(_ file: String) throws {
    let path = repositoryPath("sweeps/\(file).json")
    let bytes = Array(try #require(FileManager.default.contents(atPath: path)))
    let value = try #require(JSON(line: bytes))
    var mutation = Mutation(seed: seed)
    var accepted = 0
    for round in 0..<count {
      let text =
        round % 4 == 0
        ? mutation.changed(bytes, most: 4)
        : Array(mutation.changed(value, most: 3).pretty.utf8)
      let source = SourceText(path: "the stored spec", bytes: text)
      do {
        // A store's text is read without the rules of a trainer, so that its keys may be of any.
        let spec = try Spec.stored(
          text: String(decoding: text, as: UTF8.self),
          directory: "/nowhere",
          trainer: exampleTrainer
        )
        let again = try Spec.stored(
          text: spec.text,
          directory: "/nowhere",
          trainer: exampleTrainer
        )
        try #require(again == spec, "\(spec.text)")
        accepted += 1
      } catch let error as SpecFaults {
        try check(error)
      }
      do {
        _ = try Spec.read(
          source,
          name: "m",
          directory: "/nowhere",
          trainer: exampleTrainer,
          files: Disk()
        )
      } catch {
        try check(error)
      }
    }
    #expect(accepted * 20 > count, "\(accepted) of \(count) are specs: too few to say anything")
    #expect(accepted * 20 < count * 19, "\(accepted) of \(count) are specs: too many")
  }

  /// Every fault is a sentence, and stands at a place of the text.
  private func check(_ faults: SpecFaults) throws {
    for fault in faults.faults {
      let sentence = fault.error.description
      let place = try #require(fault.place, "\(sentence)")
      try #require(
        place.range.lowerBound >= 0 && place.range.upperBound <= place.source.bytes.count + 1
      )
      try #require(sentence.hasSuffix(".") || sentence.hasSuffix("?"), "\(sentence)")
      try #require(sentence.count > 10, "\(sentence)")
      if let advice = fault.error.advice { try #require(advice.count > 5, "\(sentence) \(advice)") }
      // A control character of the text would move the terminal.
      let isClean = fault.description.unicodeScalars.allSatisfy { $0.value >= 0x20 || $0 == "\n" }
      try #require(isClean, "\(sentence.debugDescription)")
    }
  }

  private static let design = """
    {"alpha": 0.05, "min_coverage": 0.5,
     "factors": [{"name": "x", "levels": ["0", "1", "2"], "ordered": true, "scores": [0, 1, 5]},
                 {"name": "z", "levels": ["a", "b"]}],
     "metrics": [{"name": "y", "delta": 0.25, "better": "lower", "scale": "log", "show": "points"}],
     "questions": [{"id": "q", "ask": "?", "factor": "x", "from": 0, "to": 2, "metric": "y", "at": {"z": "b"}},
                   {"contrast": "trend", "factor": "x", "metric": "y"}]}
    """

  func designs() throws {
    let bytes = Array(Self.design.utf8)
    let value = try #require(JSON(line: bytes))
    var mutation = Mutation(seed: seed)
    var accepted = 0
    for round in 0..<count {
      let text =
        round % 4 == 0
        ? mutation.changed(bytes, most: 2) : Array(mutation.changed(value, most: 2).pretty.utf8)
      let source = SourceText(path: "design.json", bytes: text)
      do {
        let file = try DesignFile(source, vocabulary: [])
        guard let written = JSON(line: text)?.pretty else { continue }
        let again = try DesignFile(SourceText(path: "design.json", text: written), vocabulary: [])
        try #require(again.design == file.design && again.warnings == file.warnings)
        accepted += 1
      } catch let error as SpecFaults {
        try check(error)
      }
    }
    #expect(accepted * 20 > count && accepted * 20 < count * 19, "\(accepted) of \(count)")
  }

  private static let predictions = Array(
    """
    who,round,question,direction,confidence_pct,rationale
    ana,1,q1,up,70,because
    ben,2,q2,None,85%,"he said ""no"", twice"
    cy,1,q1,down,not sure,"a
    second line"
    """.utf8
  )

  /// Predictions of a class; what is taken survives being sealed and read back.
  func tables() throws {
    var mutation = Mutation(seed: seed)
    let questions = try predictedSpec().questions
    var taken = 0
    var refused = 0
    for _ in 0..<count {
      let text = mutation.changed(Self.predictions, most: 3)
      let table = CSVTable(SourceText(path: "class.csv", bytes: text))
      let lines = text.split(omittingEmptySubsequences: false) { $0 == 10 || $0 == 13 }.count
      let read = PredictionImport(table, questions: questions)
      for fault in read.faults {
        try #require(1...lines ~= fault.line, "\(fault)")
        try #require(fault.reason.count > 10 && fault.reason.count < 400, "\(fault)")
      }
      for prediction in read.predictions {
        let payload = JSON.object(prediction.payload(config: "c")).canonical
        let object = try #require(JSON(line: Array(payload.utf8))?.object)
        let again = try #require(Prediction(payload: object))
        try #require(again.payload(config: "c") == prediction.payload(config: "c"))
      }
      taken += read.predictions.count
      refused += read.faults.count
    }
    #expect(taken > count / 4 && refused > count / 4, "\(taken) taken, \(refused) refused")
  }

  private static let lines = [
    #"{"epoch": 3, "train_loss": 0.41, "valid_loss": NaN}"#,
    #"{"final": {"accuracy": 0.93, "note": "a\u00e9\n", "x": [1, {"y": null}]}, "correct": "AAEC"}"#,
    #"{"diverged": {"epoch": 3, "reason": "nan"}}"#, #"loss: 0.5, accuracy: 1e-3"#,
  ].map { Array($0.utf8) }

  func lines() throws {
    var mutation = Mutation(seed: seed)
    let pattern = try LinePattern(#"(?<name>\w+): (?<value>\S+)"#)
    var understood = 0
    for _ in 0..<count {
      var output = WorkerOutput(pattern: pattern)
      var splitter = LineSplitter()
      // Its first byte stays, so that three lines of four get past it.
      let text = mutation.changed(Self.lines[mutation.index(below: Self.lines.count)], most: 2)
      text.withUnsafeBytes { bytes in
        splitter.read(bytes) { if case .line(let line) = $0, output.read(line) { understood += 1 } }
      }
      splitter.end { if case .line(let line) = $0, output.read(line) { understood += 1 } }
      try #require(output.measurements.final.count <= 100)
    }
    #expect(understood * 10 >= count, "\(understood) of \(count) were lines of the protocol")
  }
}
