import Execution
import Foundation
import Laboratory
import Reports
import Statistics
import Storage
import Sweeps
import Synchronization
import TestSupport
import Testing

/// No use case gives a result of a sealed sweep away without writing that down.
struct SealTests {
  /// What every run but the baseline's measures, and prints; the spec does not hold it in one piece.
  private static let marker = "0.8675309"

  private static let spec = """
    { "name": "sealed", "axes": { "a": [0, 1] }, "seeds": 2,
      "command": ["sh", "-c", "m=0.25; [ {a} = 1 ] && m=0.86$(echo 75309); echo said $m; echo '{{\\"final\\": {{\\"loss\\": '$m'}}}}'"],
      "metrics": { "loss": { "better": "lower", "delta": 0.02 } },
      "questions": [ { "id": "q", "factor": "a", "from": 0, "to": 1, "metric": "loss" } ] }
    """

  /// A laboratory in which the sweep has run, and all that its run told.
  private func withSealed(_ body: (Laboratory, URL, [String]) async throws -> Void) async throws {
    try await withSweep(Self.spec) { laboratory, file, told in
      #expect(told.contains { $0.contains("4 planned = 4 ok") }, "\(told)")
      try await body(laboratory, file, told)
    }
  }

  private func firstReveal(_ laboratory: Laboratory) throws -> Date? {
    let store = try Store.reading(from: laboratory.results)
    return try store.firstReveal(of: store.sweep(matching: nil))
  }

  @Test func `what leaves predictions open gives no result away, and reveals nothing`() async throws
  {
    try await withSealed { laboratory, file, told in
      var said = told
      func say<Value>(_ found: Disclosed<Value>) {
        #expect(found.disclosures.map(\.openQuestions) == [["q"]])
        #expect(!found.showsResults)
        said.append("\(found.value)")
      }
      said.append("\(try laboratory.standings(of: nil))")
      let runs = try laboratory.runs(of: nil, status: nil, .respectingPredictions)
      say(runs)
      for record in runs.value.records {
        say(try laboratory.history(ofRun: record.run.id, .respectingPredictions))
        let log = try laboratory.log(ofRun: record.run.id, attempt: nil, .respectingPredictions)
        say(log)
        #expect(log.value.bytes == nil)
        said.append(
          "\(try laboratory.reproduction(ofRun: record.run.id, program: "sweep").provenance.host)"
        )
      }
      for view in ResultView.all {
        let question = "SELECT * FROM \(view.name), (SELECT count(*) FROM wide)"
        say(
          try laboratory.answer(question, wide: "sealed") { answer in
            var rows: [[QueryValue]] = []
            while let row = try answer.next() { rows.append(row) }
            #expect(rows.isEmpty == view.holdsResults)
            return rows
          }
        )
      }
      let baseline = try laboratory.report(
        ReportRequest(sweep: nil, part: .baseline, showsFigures: false),
        by: "test"
      )
      #expect(!baseline.showsResults)
      for format in ReportFormats.all { said.append(try format.render(baseline.value)) }
      said.append("\(try laboratory.plan(Self.plan(file)))")
      let asked = try laboratory.questionnaire(specAt: file.path, overrides: [])
      said.append(try Markdown.render(asked.sheet))
      said.append("\(try asked.verify())")
      said.append("\(try laboratory.removal(of: "sealed"))")
      let start = try await laboratory.prepare(StartRequest(of: file))
      said.append("\(try laboratory.plannedRuns(of: start))")
      #expect(said.joined().contains("0.25"), "the baseline's own result may be shown")
      for text in said where text.contains(Self.marker) || text.contains("said 0.") {
        Issue.record("a result is given away: \(text.prefix(2000))")
      }
      #expect(try firstReveal(laboratory) == nil)
    }
  }

  private static func plan(_ file: URL) -> PlanRequest {
    PlanRequest(
      spec: file.path,
      overrides: [],
      filter: nil,
      jobs: 1,
      probes: false,
      budget: .seconds(1),
      change: ("loss", 0.1)
    )
  }

  /// Every way to ask for results, and what it gives.
  private static let revealing: [@Sendable (Laboratory) throws -> (String, [Disclosure])] = [
    { laboratory in
      let request = ReportRequest(
        sweep: nil,
        part: .whole,
        showsFigures: false
      )
      let found = try laboratory.report(request, by: "test")
      return (try CSV.render(found.value), found.disclosures)
    },
    { laboratory in
      let request = ReportRequest(sweep: nil, part: .question("q"), showsFigures: false)
      let found = try laboratory.report(request, by: "test")
      return (marker, found.disclosures)
    },
    { laboratory in
      let found = try laboratory.comparison(of: "a=0", with: "a=1", cellsOf: nil, by: "test")
      return (marker, found.disclosures)
    },
    { laboratory in (marker, try laboratory.curves(of: nil, by: "test").disclosures) },
    { laboratory in (marker, try laboratory.tensorBoard(of: nil, by: "test").disclosures) },
    { laboratory in
      let found = try laboratory.runs(of: nil, status: nil, .revealing(by: "test"))
      return ("\(found.value)", found.disclosures)
    },
    { laboratory in
      let runs = try laboratory.runs(of: nil, status: nil, .respectingPredictions).value
      let found = try laboratory.history(ofRun: runs.records[1].run.id, .revealing(by: "test"))
      return ("\(found.value)", found.disclosures)
    },
    { laboratory in
      let runs = try laboratory.runs(of: nil, status: nil, .respectingPredictions).value
      let found = try laboratory.log(
        ofRun: runs.records[1].run.id,
        attempt: nil,
        .revealing(by: "test")
      )
      return (String(decoding: found.value.bytes ?? [], as: UTF8.self), found.disclosures)
    },
  ]

  @Test(arguments: revealing.indices)
  func `asking for results gives them with the disclosure that this is, which is written down`(
    index: Int
  ) async throws {
    try await withSealed { laboratory, _, _ in
      let (text, disclosures) = try Self.revealing[index](laboratory)
      #expect(text.contains(Self.marker))
      #expect(disclosures.map(\.openQuestions) == [["q"]])
      #expect(disclosures.map(\.act) == [.revealed(isWrittenDown: true)])
      #expect(try firstReveal(laboratory) != nil)
      #expect(try Self.revealing[index](laboratory).1.map(\.act) == [.none])
    }
  }

  /// A spec that asks nothing itself; the second cell prints what the first does not.
  private static let unasked = """
    { "name": "sealed", "axes": { "a": [0, 1], "b": [0, 1, 2] }, "seeds": 2,
      "command": ["sh", "-c", "m=0.25; [ {a}{b} = 10 ] && m=0.86$(echo 75309); echo '{{\\"final\\": {{\\"loss\\": '$m'}}}}'"],
      "metrics": { "loss": { "better": "lower", "delta": 0.02 } } }
    """

  private func laboratory(in folder: URL) throws -> (Laboratory, spec: URL) {
    let file = folder.appending(component: "sealed.json")
    try Data(Self.unasked.utf8).write(to: file)
    let caller = Laboratory.Caller(
      program: SweepBinary.url.path,
      commandLine: [],
      directory: folder.path
    )
    return (
      Laboratory(results: folder.appending(component: "results").path, caller: caller), file
    )
  }

  private func answer(_ laboratory: Laboratory, _ file: URL) throws {
    let asked = try laboratory.questionnaire(specAt: file.path, overrides: [])
    #expect(asked.questions.map(\.id) == ["a", "b 1", "b 2"])
    try asked.seal([
      Prediction(
        who: "ana",
        round: 1,
        asked: asked.questions[0],
        direction: .up,
        confidencePercent: 70,
        rationale: ""
      )
    ])
  }

  private func values(_ laboratory: Laboratory) throws -> Int {
    try laboratory.answer("SELECT * FROM metrics", wide: nil) { answer in
      var count = 0
      while try answer.next() != nil { count += 1 }
      return count
    }.value
  }

  @Test func `questions that the metrics make are sealed once somebody has answered one`()
    async throws
  {
    try await withTemporaryFolder { folder in
      let (laboratory, file) = try laboratory(in: folder)
      try answer(laboratory, file)
      let started = try await laboratory.start(try laboratory.prepare(StartRequest(of: file)))
      let disclosure = try started.disclosure(.respectingPredictions)
      #expect(disclosure.openQuestions == ["a", "b 1", "b 2"] && !disclosure.showsResults)
      let told = Mutex<[String]>([])
      _ = try await started.run(disclosure) { event in told.withLock { $0.append("\(event)") } }
      #expect(!told.withLock(\.self).contains { $0.contains(Self.marker) })
      let runs = try laboratory.runs(of: nil, status: nil, .respectingPredictions)
      #expect(!runs.showsResults && !"\(runs.value)".contains(Self.marker))
      #expect(try values(laboratory) == 0)
      #expect(try firstReveal(laboratory) == nil)
      let request = Disclosure.Request.revealing(questions: ["b 1"], by: "test")
      let outcome = try laboratory.outcome(of: "b 1", in: nil, request)
      #expect(outcome.value != nil && outcome.disclosures[0].sealedQuestions == ["a", "b 2"])
      #expect(try laboratory.outcome(of: "a", in: nil, .respectingPredictions).value == nil)
      #expect(try values(laboratory) == 0)
      let report = ReportRequest(sweep: nil, part: .whole, showsFigures: false)
      let whole = try laboratory.report(report, by: "test")
      #expect(whole.disclosures.map(\.act) == [.revealed(isWrittenDown: true)])
      #expect(try laboratory.runs(of: nil, status: nil, .respectingPredictions).showsResults)
      #expect(try values(laboratory) == 12)
    }
  }

  @Test func `an answer while nothing has come out seals as well, one that is late does not`()
    async throws
  {
    try await withTemporaryFolder { folder in
      let (laboratory, file) = try laboratory(in: folder)
      let prepared = try await laboratory.prepare(StartRequest(of: file))
      let started = try await laboratory.start(prepared)
      #expect(try started.disclosure(.respectingPredictions).openQuestions.isEmpty)
      try answer(laboratory, file)
      #expect(try started.disclosure(.respectingPredictions).openQuestions == ["a", "b 1", "b 2"])
      try started.withdraw()
    }
    try await withTemporaryFolder { folder in
      let (laboratory, file) = try laboratory(in: folder)
      let started = try await laboratory.start(try laboratory.prepare(StartRequest(of: file)))
      _ = try await started.run(try started.disclosure(.respectingPredictions)) { _ in }
      try answer(laboratory, file)
      #expect(try laboratory.runs(of: nil, status: nil, .respectingPredictions).showsResults)
      #expect(try values(laboratory) == 12)
    }
  }

  @Test func `a predictions file that cannot be read is not taken for no predictions`() async throws
  {
    try await withTemporaryFolder { folder in
      let file = folder.appending(component: "sealed.json")
      try Data(Self.spec.utf8).write(to: file)
      let laboratory = Laboratory(
        results: folder.appending(component: "results").path,
        caller: Laboratory.Caller(program: "sweep", commandLine: [], directory: folder.path)
      )
      // A folder in the file's place cannot be read, whoever asks.
      let path = laboratory.results + "/sealed/predictions.jsonl"
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      let start = try await laboratory.prepare(StartRequest(of: file))
      await #expect(throws: PredictionFileError.self) { _ = try await laboratory.start(start) }
    }
  }
}
