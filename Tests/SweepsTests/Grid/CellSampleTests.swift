import Notation
import Sweeps
import TestSupport
import Testing

struct CellSampleTests {
  private func cells(_ text: String) throws -> Cells { try Cells(try exampleSpec(text)) }

  private func levelCounts(_ cells: Cells, axis: Int) -> [Int: Int] {
    Dictionary(grouping: cells, by: { $0[axis] }).mapValues(\.count)
  }

  @Test func `a balanced half of sixteen cells shows every pair of levels equally often`() throws {
    let cells = try cells(
      #"""
      {"axes": {"augmentation": ["none", "default"], "weight_decay": [0, 3], "dropout": [0, 0.5],
                "tuning": ["full", "head"]}, "sample": {"count": 8}}
      """#
    )
    #expect(cells.count == 8)
    #expect(Set(cells).count == 8)
    for a in 0..<4 {
      #expect(Array(levelCounts(cells, axis: a).values) == [4, 4])
      for b in a + 1..<4 {
        let pairs = Dictionary(grouping: cells, by: { [$0[a], $0[b]] }).mapValues(\.count)
        #expect(Array(pairs.values) == [2, 2, 2, 2])
      }
    }
  }

  @Test func `a sample of a thousand million cells has balanced levels`() throws {
    let names = ["dropout", "label_smoothing", "weight_decay", "learning_rate"]
    let axes = names.map { "\"\($0)\": {\"from\": 0.01, \"to\": 0.9, \"count\": 178}" }
    let cells = try cells(
      "{\"axes\": {\(axes.joined(separator: ", "))}, \"sample\": {\"count\": 178, \"seed\": 4}}"
    )
    #expect(cells.productCount == 178 * 178 * 178 * 178)
    #expect(cells.count == 178)
    for axis in 0..<4 { #expect(Set(levelCounts(cells, axis: axis).values) == [1]) }
  }

  @Test func `balance respects what is excluded`() throws {
    let cells = try cells(
      #"""
      {"axes": {"dropout": [0, 0.1, 0.2], "weight_decay": [0, 1, 2], "tuning": ["full", "head"]},
       "exclude": [{"dropout": 0.2, "weight_decay": 2}, {"dropout": 0, "tuning": "head"}],
       "sample": {"count": 6, "method": "balanced"}}
      """#
    )
    #expect(cells.count == 6)
    #expect(!cells.contains { $0[0] == 2 && $0[1] == 2 || $0[0] == 0 && $0[2] == 1 })
    #expect(Set(levelCounts(cells, axis: 0).values) == [2])
    #expect(Set(levelCounts(cells, axis: 1).values) == [2])
    #expect(Set(levelCounts(cells, axis: 2).values) == [3])
  }

  @Test(arguments: ["balanced", "random"])
  func `a sample repeats under its seed and changes with it`(method: String) throws {
    func draw(_ seed: Int) throws -> [[Int]] {
      Array(
        try cells(
          #"""
          {"axes": {"dropout": {"from": 0, "to": 0.9, "count": 10}, "weight_decay": [0, 1, 2, 3]},
           "sample": {"count": 12, "method": "\#(method)", "seed": \#(seed)}}
          """#
        )
      )
    }
    #expect(try draw(1) == draw(1))
    #expect(try draw(1) != draw(2))
    #expect(try draw(1) == draw(1).sorted { $0.lexicographicallyPrecedes($1) })
  }

  @Test func `a sample as large as the grid is the grid`() throws {
    let cells = try cells(#"{"axes": {"dropout": [0, 0.5]}, "sample": {"count": 40}}"#)
    #expect(Array(cells) == [[0], [1]])
  }
}
