import Notation
import Statistics
import Sweeps
import Testing

/// The functions of the reference set, one test for each; `scipy` and `statsmodels` made the
/// numbers.
struct FunctionReferenceTests {
  private let functions: Value

  init() throws { functions = try Reference.expected.get()["functions"] }

  private func close(_ found: Double, _ wanted: Value) throws -> Bool {
    let wanted = try wanted.number
    return abs(found - wanted) <= 1e-9 * max(1, abs(wanted))
  }

  private func numbers(_ list: Value) throws -> [Double?] {
    try list.list.map { $0 == .null ? nil : try $0.number }
  }

  @Test func `every function of the reference is checked here`() throws {
    // The seal is a matter of predictions' files, which this module does not know.
    #expect(
      Set(try functions.members.keys) == [
        "t_quantile", "t_upper_tail", "normal_quantile", "holm", "bh", "signflip", "wilson95",
        "scores", "interval_score", "validation_se", "seal",
      ]
    )
  }

  @Test func `quantiles of t are those of the reference`() throws {
    for entry in try functions["t_quantile"].list {
      let t = StudentT(degreesOfFreedom: try entry["df"].integer)
      #expect(try close(t.upperQuantile(1 - entry["p"].number), entry["value"]), "\(entry)")
    }
  }

  @Test func `upper tails of t are those of the reference`() throws {
    for entry in try functions["t_upper_tail"].list {
      let t = StudentT(degreesOfFreedom: try entry["df"].integer)
      #expect(try close(t.upperTail(entry["t"].number), entry["value"]), "\(entry)")
    }
  }

  @Test func `quantiles of the normal distribution are those of the reference`() throws {
    for entry in try functions["normal_quantile"].list {
      #expect(try close(Normal.upperQuantile(1 - entry["p"].number), entry["value"]), "\(entry)")
    }
  }

  @Test func `adjusted p values are those of the reference`() throws {
    let cases = [("holm", holm), ("bh", benjaminiHochberg)]
    for (name, adjusted) in cases {
      let found = adjusted(try numbers(functions[name]["input"]))
      try expect(.array(found.map { JSON($0) }), equals: functions[name]["value"])
    }
  }

  @Test func `sign-flip p values are those of the reference`() throws {
    for entry in try functions["signflip"].list {
      let p = try #require(signFlip(try entry["input"].list.map { try $0.number }))
      #expect(try close(p, entry["value"]), "\(entry)")
    }
  }

  @Test func `Wilson intervals are those of the reference`() throws {
    for entry in try functions["wilson95"].list {
      let interval = wilsonInterval(count: try entry["k"].integer, of: try entry["n"].integer)
      try expect(interval.json, equals: entry["value"])
    }
  }

  @Test func `scores of beliefs are those of the reference`() throws {
    for entry in try functions["scores"].list {
      let probabilities = try entry["probs"]
      let belief = Belief(
        down: try probabilities["down"].number,
        none: try probabilities["none"].number,
        up: try probabilities["up"].number
      )
      let outcome = try #require(Direction(rawValue: entry["outcome"].text))
      #expect(try close(belief.brier(outcome), entry["brier"]))
      #expect(try close(points(brier: belief.brier(outcome)), entry["points"]))
      #expect(try close(belief.logScore(outcome), entry["log_score"]))
      #expect(try close(belief.rankedScore(outcome), entry["rps"]))
    }
  }

  @Test func `scores of intervals are those of the reference`() throws {
    for entry in try functions["interval_score"].list {
      let interval = Interval(lower: try entry["lo"].number, upper: try entry["hi"].number)
      let range = Forecast.Range(interval, level: try entry["level"].number)
      #expect(try close(range.score(entry["x"].number), entry["value"]), "\(entry)")
    }
  }

  @Test func `errors of the validation set are those of the reference`() throws {
    let unpaired = try functions["validation_se"]["unpaired"]
    let bound = ValidationError.bound(
      try unpaired["acc_a"].number,
      try unpaired["acc_b"].number,
      examples: try unpaired["n"].integer
    )
    #expect(try close(bound, unpaired["value"]))
    let paired = try functions["validation_se"]["paired"]
    let error = ValidationError.paired(
      onlyFirst: try paired["only_a_right"].integer,
      onlySecond: try paired["only_b_right"].integer,
      examples: try paired["n"].integer
    )
    #expect(try close(error, paired["value"]))
  }
}
