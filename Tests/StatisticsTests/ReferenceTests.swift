import Notation
import Statistics
import Sweeps
import Testing

/// The whole reference set, at its tolerance; `Reference/make.py` names what confirms it.
struct ReferenceTests {
  static let cases = [
    "balanced", "missing", "unbalanced", "single_seed", "two_seeds", "zero_variance", "nonfinite",
  ]

  private let inputs: Value
  private let rows: [[String: String]]

  init() throws {
    inputs = try Reference.value("cases.json")["cases"]
    rows = try Reference.rows("runs.csv")
  }

  private func runs(_ name: String, questions: [Question] = []) throws -> PairedRuns {
    try Reference.runs(of: name, design: inputs[name], rows: rows, questions: questions)
  }

  @Test func `no case of the reference set is left out`() throws {
    let names = try Reference.expected.get()["cases"].members.keys
    #expect(Set(names) == Set(Self.cases))
  }

  @Test(arguments: cases)
  func `effects of a case are those of the reference`(name: String) throws {
    let wanted = try Reference.expected.get()["cases"][name]
    let found = try runs(name).effects()
    #expect(Set(found.map(\.metric.name)) == Set(try wanted.members.keys))
    for effects in found { try expect(effects.json, equals: wanted[effects.metric.name]) }
  }

  @Test(arguments: cases)
  func `questions at a cell are answered as in the reference`(name: String) throws {
    let wanted = try Reference.value("questions.json")[name]
    let questions = try wanted.list.map { answer in
      Question(
        factor: try answer["factor"].text,
        from: try answer["from"].text,
        to: try answer["to"].text,
        metric: try answer["metric"].text,
        at: try answer["at"].members.mapValues { try $0.text }
      )
    }
    #expect(!questions.isEmpty)
    try expect(
      .array(Analysis(try runs(name, questions: questions)).answers.map { .object($0.json) }),
      equals: wanted
    )
  }

  @Test(arguments: ["balanced", "single_seed"])
  func `predictions about one case are scored as in the reference`(name: String) throws {
    let forecasts = try Reference.forecasts().filter { $0.case == name }.map(\.forecast)
    let wanted = try Reference.value("scoring_by_case.json")[name]
    try expect(Scoring(forecasts, runs: runs(name)).json, equals: wanted)
  }

  @Test func `predictions about all cases together are scored as in the reference`() throws {
    let scored = try Reference.forecasts().flatMap { entry in
      Scoring([entry.forecast], runs: try runs(entry.case)).predictions
    }
    let wanted = try Reference.expected.get()["scoring"]
    try expect(Scoring(scored).json, equals: try withoutCaseNames(wanted))
  }

  /// The joint reference names the case first in every question; ours has one design at a time.
  private func withoutCaseNames(_ scoring: Value) throws -> Value {
    var members = try scoring.members
    for part in ["predictions", "questions"] {
      members[part] = .list(
        try scoring[part].list.map { entry in
          var entry = try entry.members
          entry["question"] = .list(Array(try #require(entry["question"]).list.dropFirst()))
          return .object(entry)
        }
      )
    }
    return .object(members)
  }
}
