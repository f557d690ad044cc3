import Foundation
import Notation
import Statistics
import Sweeps
import Testing

/// Tables of any shape.
struct EffectsTests {
  private func table(_ factors: [Factor], rows: [RunTable.Row]) -> RunTable {
    RunTable(factors: factors.map(\.name), metrics: ["y"], rows: rows)
  }

  private let metric = Metric(name: "y", delta: 0.1)

  @Test func `no rows, no factors and one level each give empty effects`() throws {
    for factors in [
      [], [Factor(name: "x", levels: ["a"])], [Factor(name: "x", levels: ["a", "b"])],
    ] {
      let runs = PairedRuns(
        table(factors, rows: []),
        design: Design(factors: factors, metrics: [metric])
      )
      let effects = try #require(runs.effects().first)
      #expect(effects.main.allSatisfy { $0.result.status == .noPairs })
      #expect(effects.cells.runSpread == nil)
      #expect(JSON(line: effects.json.text.utf8) == effects.json)
    }
  }

  @Test func `runs without any factor are one cell`() throws {
    let rows = [1.0, 3].enumerated().map {
      RunTable.Row(status: "ok", levels: [], seed: $0, values: [$1])
    }
    let runs = PairedRuns(table([], rows: rows), design: Design(factors: [], metrics: [metric]))
    let cell = try #require(runs.effects().first?.cells.cells.first)
    #expect(cell.mean == 2 && cell.count == 2)
  }

  @Test(arguments: [1e308, 1e-300])
  func `the spread of cells whose squares no number holds is theirs`(size: Double) throws {
    let rows = ["a", "b"].flatMap { level in
      [0, 1].map {
        RunTable.Row(status: "ok", levels: [level], seed: $0, values: [Double($0) * size])
      }
    }
    let factor = Factor(name: "x", levels: ["a", "b"])
    let runs = PairedRuns(
      table([factor], rows: rows),
      design: Design(factors: [factor], metrics: [metric])
    )
    let cells = try #require(runs.effects().first?.cells)
    let spread = try #require(cells.runSpread)
    #expect(abs(spread / size - 0.5.squareRoot()) < 1e-12)
  }

  @Test func `a metric, factor or level that nobody knows is no pairs`() {
    let factor = Factor(name: "x", levels: ["a", "b"])
    let rows = ["a", "b"].map { RunTable.Row(status: "ok", levels: [$0], seed: 0, values: [1]) }
    let runs = PairedRuns(
      table([factor], rows: rows),
      design: Design(factors: [factor], metrics: [metric, Metric(name: "z", delta: 0)])
    )
    for question in [
      Question(factor: "x", from: "a", to: "b", metric: "nothing"),
      Question(factor: "x", from: "a", to: "b", metric: "z"),
      Question(factor: "w", from: "a", to: "b", metric: "y"),
      Question(factor: "x", from: "a", to: "q", metric: "y"),
      Question(factor: "x", from: "a", to: "b", metric: "y", at: ["w": "1"]),
      Question(factor: "w", kind: .trend, from: "", to: "", metric: "y"),
    ] {
      #expect(runs.result(question).status == .noPairs)
    }
  }

  @Test func `scores without a range have no trend`() throws {
    let factor = Factor(name: "x", levels: ["a", "b", "c"], isOrdered: true, scores: [1, 1, 1])
    let runs = PairedRuns(
      table([factor], rows: []),
      design: Design(factors: [factor], metrics: [metric])
    )
    #expect(try #require(runs.effects().first).trends.isEmpty)
    #expect(Contrast.trend(over: factor) == nil)
  }

  @Test func `a trend is the change over the whole range`() throws {
    let factor = Factor(name: "x", levels: ["a", "b", "c"], isOrdered: true, scores: [0, 1, 10])
    var rows: [RunTable.Row] = []
    for seed in 0..<3 {
      for (level, score) in zip(factor.levels, factor.scores) {
        rows.append(.ok([level], seed: seed, [2 * score + Double(seed)]))
      }
    }
    let runs = PairedRuns(
      table([factor], rows: rows),
      design: Design(factors: [factor], metrics: [metric])
    )
    let trend = try #require(runs.effects().first?.trends.first)
    let estimate = try #require(trend.result.estimate)
    #expect(abs(estimate - 20) < 1e-12)
  }

  @Test func `a change with both signs in different settings is doubtful on average`() throws {
    let factors = [Factor(name: "x", levels: ["a", "b"]), Factor(name: "z", levels: ["0", "1"])]
    func effects(_ second: Double) throws -> Effects {
      var rows: [RunTable.Row] = []
      for seed in 0..<3 {
        let luck = 0.001 * Double(seed)
        for (z, change) in [("0", 1.0), ("1", second)] {
          rows.append(.ok(["a", z], seed: seed, [luck]))
          rows.append(.ok(["b", z], seed: seed, [luck + change]))
        }
      }
      let runs = PairedRuns(
        table(factors, rows: rows),
        design: Design(factors: factors, metrics: [metric])
      )
      return try #require(runs.effects().first)
    }
    let opposite = try effects(-1)
    #expect(opposite.isDoubtfulOnAverage(try #require(opposite.main.first)))
    let alike = try effects(1)
    #expect(!alike.isDoubtfulOnAverage(try #require(alike.main.first)))
  }

  @Test func `a grid too large to list shows only the cells that have runs`() throws {
    let factors = (0..<65).map { Factor(name: "f\($0)", levels: ["0", "1"]) }
    let row = RunTable.Row(
      status: "ok",
      levels: factors.map { $0.levels[1] },
      seed: 0,
      values: [1]
    )
    let runs = PairedRuns(
      table(factors, rows: [row]),
      design: Design(factors: factors, metrics: [metric])
    )
    let cells = try #require(runs.effects().first).cells.cells
    #expect(cells.map(\.levels) == [row.levels])
    let answer = runs.result(Question(factor: "f0", from: "0", to: "1", metric: "y"))
    #expect(answer.status == .noPairs)
    #expect(answer.plannedSettings == .max)
  }

  @Test(arguments: 0..<40)
  func `any table can be analysed and written`(stream: Int) throws {
    var rng = SeededGenerator(purpose: "test", seed: stream)
    let strange = [
      0, -0.0, 1e308, -1e308, .leastNonzeroMagnitude, .nan, .infinity, 1, 1 + 1e-15, 1e16,
    ]
    let factors = (0..<rng.index(below: 4)).map {
      Factor(name: "f\($0)", levels: (0...rng.index(below: 3)).map(String.init), isOrdered: true)
    }
    let rows = (0..<rng.index(below: 60)).map { _ in
      RunTable.Row(
        status: rng.index(below: 8) == 0 ? "failed" : "ok",
        levels: factors.map { _ in String(rng.index(below: 4)) },
        seed: rng.index(below: 4) - 1,
        values: [strange[rng.index(below: strange.count)]]
      )
    }
    let scale: Metric.Scale = rng.index(below: 2) == 0 ? .log : .linear
    let design = Design(
      factors: factors,
      metrics: [Metric(name: "y", delta: 0, scale: scale)]
    )
    let asked = Design(
      factors: factors,
      metrics: design.metrics,
      questions: design.baselineQuestions
    )
    let analysis = Analysis(PairedRuns(table(factors, rows: rows), design: asked))
    #expect(JSON(line: analysis.json.text.utf8) == analysis.json)
  }
}
