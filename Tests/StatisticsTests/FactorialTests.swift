import Notation
import Statistics
import Sweeps
import Testing

/// Full and partial factorials against statsmodels and SciPy; `Reference/Factorials/make.py` made the numbers.
struct FactorialTests {
  private static let factors = [("a", 2), ("b", 3), ("c", 4)].map { name, count in
    Factor(name: name, levels: (0..<count).map(String.init))
  }
  private let reference: Value

  init() throws { reference = try Reference.value("Factorials/factorials.json") }

  private func runs(
    _ rows: Value,
    isPart: Bool = false,
    keeping: (RunTable.Row) -> Bool = { _ in true }
  )
    throws -> PairedRuns
  {
    let rows = try rows.list.map { row in
      let fields = try row.list
      return RunTable.Row.ok(
        try fields[..<3].map { String(Int(try $0.number)) },
        seed: Int(try fields[3].number),
        [try fields[4].number]
      )
    }
    return PairedRuns(
      RunTable(factors: ["a", "b", "c"], metrics: ["y"], rows: rows.filter(keeping)),
      design: Design(
        factors: Self.factors,
        metrics: [Metric(name: "y", delta: 0.1)],
        isPart: isPart
      )
    )
  }

  private func numbers(_ value: Value) throws -> [Double] { try value.list.map { try $0.number } }

  private func isClose(_ found: Double?, _ wanted: Double) -> Bool {
    found.map { abs($0 - wanted) <= 1e-9 * max(1, abs(wanted)) } ?? false
  }

  @Test func `shares are those of the sums of squares, with the jackknife's intervals`() throws {
    let wanted = try reference["shares"]
    let shares = try #require(VarianceShares(try runs(try wanted["rows"]), metric: 0))
    #expect(
      shares.shares.map(\.source) == [
        .factor("a"), .factor("b"), .factor("c"), .pair("a", "b"), .pair("a", "c"),
        .pair("b", "c"), .seed, .rest,
      ]
    )
    #expect(isClose(shares.variance, try wanted["variance"].number))
    for (place, share) in shares.shares.enumerated() {
      #expect(isClose(share.share, try numbers(try wanted["shares"])[place]))
      #expect(isClose(share.interval?.lower, try numbers(try wanted["lower"])[place]))
      #expect(isClose(share.interval?.upper, try numbers(try wanted["upper"])[place]))
    }
    #expect(isClose(shares.shares.reduce(0) { $0 + $1.share }, 1))
  }

  @Test func `there are no shares where a run is missing`() throws {
    let rows = try reference["shares"]["rows"]
    let gap = try runs(rows) { !($0.seed == 3 && $0.levels == ["1", "2", "3"]) }
    #expect(VarianceShares(gap, metric: 0) == nil)
    let part = try runs(rows) { $0.levels != ["1", "2", "3"] }
    #expect(VarianceShares(part, metric: 0) == nil)
  }

  @Test func `a part of a grid is fitted seed by seed, as statsmodels fits it`() throws {
    let wanted = try reference["part"]
    let effects = try runs(try wanted["rows"], isPart: true).effects()[0]
    let list = try wanted["effects"].list
    #expect(effects.main.count == list.count)
    for (main, entry) in zip(effects.main, list) {
      #expect(main.change.factor == (try entry["factor"].text))
      #expect(main.method.name == "least_squares")
      #expect(isClose(main.result.estimate, try entry["estimate"].number))
      #expect(isClose(main.result.test?.t, try entry["t"].number))
      #expect(isClose(main.result.test?.p, try entry["p"].number))
      let ends = try numbers(try entry["ci95"])
      #expect(isClose(main.result.test?.confidence95.lower, ends[0]))
      #expect(isClose(main.result.test?.confidence95.upper, ends[1]))
      for (found, seed) in zip(main.result.perSeed, try numbers(try entry["per_seed"])) {
        #expect(isClose(found, seed))
      }
    }
  }

  @Test func `the fit to a full grid is the mean of the pairs`() throws {
    let rows = try reference["shares"]["rows"]
    let paired = try runs(rows).effects()[0].main
    let fitted = try runs(rows, isPart: true).effects()[0].main
    #expect(paired.allSatisfy { $0.method == .paired })
    #expect(fitted.allSatisfy { $0.method == .leastSquares(aliases: []) })
    for (one, other) in zip(paired, fitted) {
      #expect(isClose(other.result.estimate, try #require(one.result.estimate)))
      #expect(isClose(other.result.test?.t, try #require(one.result.test?.t)))
      #expect(isClose(other.result.test?.p, try #require(one.result.test?.p)))
      #expect(one.result.outcome == other.result.outcome)
    }
  }

  @Test func `in half a grid each effect is shifted by half of an interaction`() {
    let factors = ["a", "b", "c"].map { Factor(name: $0, levels: ["0", "1"]) }
    let half = [[0, 0, 1], [0, 1, 0], [1, 0, 0], [1, 1, 1]]
    let fit = LeastSquares(cells: half, factors: factors)
    #expect(fit.weights(of: 0, to: 1) == [-0.5, -0.5, 0.5, 0.5])
    let aliases = fit.aliases(of: fit.weights(of: 0, to: 1) ?? [])
    #expect(aliases.map(\.first) == ["b"] && aliases.map(\.second) == ["c"])
    #expect(abs(aliases[0].share - 0.5) < 1e-12)
  }

  @Test func `cells that change two factors together tell neither`() {
    let factors = ["a", "b", "c"].map { Factor(name: $0, levels: ["0", "1"]) }
    let fit = LeastSquares(
      cells: [[0, 0, 0], [1, 1, 0], [0, 0, 1], [1, 1, 1]],
      factors: factors
    )
    #expect(fit.weights(of: 0, to: 1) == nil)
    #expect(fit.weights(of: 1, to: 1) == nil)
    #expect(fit.weights(of: 2, to: 1) == [-0.5, -0.5, 0.5, 0.5])
  }

  @Test func `sides without a common seed are compared by Welch's t`() throws {
    let wanted = try reference["strata"]
    let groups = try wanted["groups"].list.map { try $0.list.map(numbers) }
    var rows: [RunTable.Row] = []
    var seed = 0
    for (setting, pair) in groups.enumerated() {
      for (level, values) in pair.enumerated() {
        for value in values {
          rows.append(.ok([String(level), String(setting)], seed: seed, [value]))
          seed += 1
        }
      }
    }
    let factors = [
      Factor(name: "x", levels: ["0", "1"]), Factor(name: "z", levels: ["0", "1"]),
    ]
    let design = Design(factors: factors, metrics: [Metric(name: "y", delta: 0)])
    func main(_ rows: [RunTable.Row]) -> Effects.Main {
      PairedRuns(RunTable(factors: ["x", "z"], metrics: ["y"], rows: rows), design: design)
        .effects()[0].main[0]
    }
    let found = main(rows)
    let unpaired = try #require(found.method.unpaired)
    #expect(found.result.status == .noPairs)
    #expect(isClose(unpaired.estimate, try wanted["estimate"].number))
    #expect(isClose(unpaired.test?.t, try wanted["t"].number))
    #expect(isClose(unpaired.test?.degreesOfFreedom, try wanted["df"].number))
    #expect(isClose(unpaired.test?.confidence95.lower, try numbers(try wanted["ci95"])[0]))
    let first = main(rows.filter { $0.levels[1] == "0" }).method.unpaired
    #expect(isClose(first?.test?.t, try wanted["first"]["t"].number))
    #expect(isClose(first?.test?.degreesOfFreedom, try wanted["first"]["df"].number))
    // A run that failed takes the verdict with it.
    let failed = RunTable.Row(status: "failed", levels: ["1", "0"], seed: 99, values: [nil])
    #expect(found.method.unpairedOutcome == .up)
    #expect(main(rows + [failed]).method.unpairedOutcome == nil)
  }
}
