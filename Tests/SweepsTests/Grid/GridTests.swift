import Execution
import Storage
import Sweeps
import TestSupport
import Testing

struct GridTests {
  private func grid(_ text: String, filter: String? = nil) throws -> Grid {
    let spec = try exampleSpec(text)
    let grid = try Grid(spec, trainer: exampleTrainer, files: Disk())
    return try filter.map { try grid.selecting(try RunFilter($0, of: spec), of: spec) } ?? grid
  }

  private let twoByTwo = #""axes": {"dropout": [0, 0.5], "tuning": ["full", "head"]}"#

  @Test func `a grid lists its runs in row-major order with the seed slowest`() throws {
    let grid = try grid("{\(twoByTwo), \"seeds\": [7, 3]}")
    #expect(
      grid.map { "\($0.seed) \($0.levels.joined(separator: " "))" } == [
        "7 0 full", "7 0 head", "7 0.5 full", "7 0.5 head",
        "3 0 full", "3 0 head", "3 0.5 full", "3 0.5 head",
      ]
    )
  }

  @Test func `excluded cells are skipped and counted`() throws {
    let grid = try grid(
      #"{\#(twoByTwo), "seeds": 1, "exclude": [{"dropout": 0.5, "tuning": ["head"]}]}"#
    )
    #expect(grid.map(\.levels) == [["0", "full"], ["0", "head"], ["0.5", "full"]])
    #expect(grid.excludedCellCount == 1)
  }

  @Test func `extra cells come last and may have levels of their own`() throws {
    let grid = try grid(
      #"""
      {\#(twoByTwo), "seeds": 1, "exclude": [{"tuning": "head"}],
       "include": [{"dropout": 0.9}, {"tuning": "head"}, {"dropout": 0.5}]}
      """#
    )
    #expect(
      grid.map(\.levels) == [["0", "full"], ["0.5", "full"], ["0.9", "full"], ["0", "head"]]
    )
    #expect(grid.axes[0].levels.map(\.text) == ["0", "0.5", "0.9"])
    #expect(grid.cells.productCount == 4)
  }

  @Test func `an axis varies only where its condition holds and never twice`() throws {
    let grid = try grid(
      #"""
      {"axes": {"label_smoothing": [0, 0.1, 0.2], "task": ["single", "multi"]}, "seeds": 1,
       "when": {"label_smoothing": {"task": "single"}}}
      """#
    )
    #expect(
      grid.map(\.levels) == [
        ["0", "single"], ["0", "multi"], ["0.1", "single"], ["0.2", "single"],
      ]
    )
  }

  @Test func `a condition on what never varies holds for all cells`() throws {
    let fixed = try grid(
      #"{"axes": {"label_smoothing": [0, 0.1]}, "when": {"label_smoothing": {"task": "single"}}}"#
    )
    #expect(fixed.cellCount == 2)
  }

  @Test func `a filter chooses cells and seeds`() throws {
    let all = "{\(twoByTwo), \"seeds\": 3}"
    #expect(try grid(all, filter: "dropout=0.50 tuning=full").count == 3)
    #expect(try grid(all, filter: "tuning=full,head seed=1").count == 4)
    #expect(try grid(all, filter: "").count == 12)
    #expect(throws: SpecFaults.self) { try grid(all, filter: "dropout=0.7") }
    #expect(throws: SpecFaults.self) { try grid(all, filter: "droput=0.5") }
    #expect(throws: SpecFaults.self) { try grid(all, filter: "dropout") }
    #expect(throws: SpecFaults.self) { try grid(all, filter: "seed=9") }
  }

  @Test func `a filter takes a zip by its text or by one of its settings`() throws {
    let text = #"{"axes": {"size": {"zip": {"width": [16, 32], "epochs": [10, 20]}}}, "seeds": 1}"#
    #expect(try grid(text, filter: "size=16,10").map(\.levels) == [["16,10"]])
    #expect(try grid(text, filter: "epochs=20").map(\.levels) == [["32,20"]])
  }

  @Test func `a run is found from the texts of its levels`() throws {
    let grid = try grid(#"{\#(twoByTwo), "seeds": 2, "exclude": [{"tuning": "head"}]}"#)
    #expect(grid.run(levels: ["0.5", "full"], seed: 1) == grid[3])
    #expect(grid.run(levels: ["0.5", "head"], seed: 1) == nil)
    #expect(grid.run(levels: ["0.5", "full"], seed: 2) == nil)
  }

  @Test func `the id at a place is the id of the run there`() throws {
    let grid = try grid("{\(twoByTwo)}")
    #expect(grid.indices.map(grid.id(at:)) == grid.map(\.id))
    #expect(Set(grid.map(\.id)).count == grid.count)
  }
}
