import Foundation
import Notation
import Statistics
import Sweeps
import Testing

/// The reference set of sealed looks; `Reference/Sequential/crosscheck.py` names what confirms it.
struct SequentialReferenceTests {
  private let expected: Value
  private let inputs: JSONObject
  private let rows: [[String: String]]

  static let names =
    (1...30).map { $0 < 10 ? "s0\($0)" : "s\($0)" }
    + (1...10).map { $0 < 10 ? "g0\($0)" : "g\($0)" }

  init() throws {
    expected = try Reference.value("Sequential/expected.json")
    rows = try Reference.rows("Sequential/runs.csv")
    let file = Reference.folder.appending(path: "Sequential/cases.json")
    let text = try String(contentsOf: file, encoding: .utf8)
    var reader = JSONReader(SourceText(path: "cases.json", text: text))
    inputs = try #require(reader.document()?.value.object?["cases"]?.object)
  }

  @Test func `no case of the set is left out`() throws {
    #expect(Set(inputs.keys) == Set(Self.names))
    #expect(Set(try expected["cases"].members.keys) == Set(Self.names))
  }

  @Test func `levels agree with the reference to a millionth`() throws {
    for entry in try expected["levels"].list {
      let plan = LookPlan(
        LookSchedule(try entry["looks"].list.map { try #require(Int(exactly: $0.number)) }),
        alpha: try entry["alpha"].number,
        hasPValues: false
      )
      for (found, wanted) in zip(
        plan.change + plan.none,
        try entry["change"].list + entry["none"].list
      ) { #expect(abs(found - (try wanted.number)) < 1e-7) }
    }
  }

  @Test func `p over looks agrees with the reference, and with the interval at alpha`() throws {
    for looks in [[5, 8, 12, 20], [5, 10], [3, 5, 8], [4, 8, 16]] {
      let plan = LookPlan(LookSchedule(looks), alpha: 0.05)
      for entry in try expected["p_over_looks"].list
      where try entry["looks"].list.map({ try $0.number }) == looks.map(Double.init) {
        let look = try #require(Int(exactly: try entry["look"].number)) - 1
        let found = try #require(plan.pOverLooks(try entry["p"].number, look: look))
        #expect(abs(found - (try entry["p_looks"].number)) < 1e-6)
        let atAlpha = try #require(plan.pOverLooks(2 * plan.change[look], look: look))
        #expect(abs(atAlpha - 0.05) < 1e-15)
      }
    }
  }

  @Test func `the chance to be settled agrees with the reference`() throws {
    for entry in try expected["chance"].list {
      let looks = try entry["looks"].list.map { try #require(Int(exactly: $0.number)) }
      let plan = LookPlan(LookSchedule(looks), alpha: 0.05, hasPValues: false)
      let look = try #require(Int(exactly: try entry["look"].number)) - 1
      let chance = plan.chance(
        estimate: try entry["estimate"].number,
        spread: try entry["sd"].number,
        seeds: try #require(Int(exactly: try entry["n_seeds"].number)),
        more: plan.schedule.last - plan.schedule.seeds[look],
        delta: try entry["delta"].number
      )
      #expect(abs(chance - (try entry["chance"].number)) < 1e-6)
    }
  }

  @Test func `intervals that hold under any looking agree with the reference`() throws {
    for entry in try expected["anytime"].list {
      let found = Anytime(
        estimate: try entry["estimate"].number,
        spread: try entry["sd"].number,
        count: try #require(Int(exactly: try entry["n"].number))
      )
      let delta = try entry["delta"].number
      #expect(abs(found.evidence(against: delta) / (try entry["e_up"].number) - 1) < 1e-12)
      #expect(abs(found.evidence(against: -delta) / (try entry["e_down"].number) - 1) < 1e-12)
      for (alpha, key) in [(0.05, "half95"), (0.1, "half90")] {
        let half = found.halfWidth(alpha: alpha)
        if try entry[key] == .null {
          #expect(half == nil)
        } else {
          #expect(abs(try #require(half) - (try entry[key].number)) < 1e-9)
        }
      }
    }
  }

  @Test(arguments: names)
  func `a case is walked look by look as in the reference`(name: String) throws {
    var members = try #require(inputs[name]?.object)
    members["alpha"] = JSON(0.05)
    members["min_coverage"] = JSON(0.5)
    let text = JSON.object(members).text
    let design = try DesignFile(SourceText(path: name, text: text), vocabulary: []).design
    let table = RunTable(
      factors: design.factors.map(\.name),
      metrics: design.metrics.map(\.name),
      rows: try rows.filter { $0["case"] == name }.map { row in
        RunTable.Row(
          status: row["status"] ?? "",
          levels: design.factors.map { row[$0.name] ?? "" },
          seed: try #require(Int(row["seed"] ?? "")),
          values: design.metrics.map { Double(row[$0.name] ?? "") }
        )
      }
    )
    let found = try Reference.written(Analysis(PairedRuns(table, design: design)).json)
    let wanted = try expected["cases"][name]
    for key in ["questions", "main", "seeds_of_cell", "runs"] {
      try compare(found[key], wanted[key], "\(name).\(key)")
    }
  }

  /// What depends on levels agrees less closely than moments.
  private static let tolerances = [
    "level_change": 1e-6, "level_none": 1e-6, "chance": 1e-5, "p_looks": 1e-5, "p_holm": 1e-4,
    "ci95_looks": 1e-5, "ci90_looks": 1e-5,
  ]

  private func compare(
    _ found: Value,
    _ wanted: Value,
    _ place: String,
    tolerance: Double = 1e-9
  ) throws {
    switch wanted {
    case .object(let members):
      for (key, value) in members {
        let tolerance = Self.tolerances[key] ?? tolerance
        try compare(found[key], value, "\(place).\(key)", tolerance: tolerance)
      }
    case .list(let list):
      try #require(try found.list.count == list.count, "\(place)")
      for (index, pair) in zip(try found.list, list).enumerated() {
        try compare(pair.0, pair.1, "\(place)[\(index)]", tolerance: tolerance)
      }
    case .number, .integer:
      let number = try wanted.number
      let value = try found.number
      #expect(abs(value - number) <= tolerance * max(1, abs(number)), "\(place): \(value)")
    case .null, .boolean, .text: #expect(found == wanted, "\(place)")
    }
  }
}
