import Execution
import Notation
import Statistics
import Sweeps
import Testing

struct DesignFileTests {
  private func faults(_ text: String) -> [SpecError] {
    do {
      _ = try DesignFile(SourceText(path: "design.json", text: text), vocabulary: [])
      return []
    } catch {
      return error.faults.map(\.error)
    }
  }

  @Test func `a design needs factors and metrics alone`() throws {
    let text = #"""
      {"factors": [{"name": "x", "levels": [0, 0.50, "a"]}], "metrics": [{"name": "y"}], "$why": 1}
      """#
    let file = try DesignFile(SourceText(path: "design.json", text: text), vocabulary: [])
    #expect(file.design.alpha == 0.05 && file.design.minimumCoverage == nil)
    #expect(file.design.factors == [Factor(name: "x", levels: ["0", "0.50", "a"])])
    #expect(file.design.metrics == [Metric(name: "y", delta: 0)])
    #expect(file.warnings.isEmpty)
  }

  @Test func `everything that a design can say is read`() throws {
    let text = #"""
      {"alpha": 0.1, "min_coverage": 0.8,
       "factors": [{"name": "x", "levels": ["0", "1", "2"], "ordered": true, "scores": [0, 1, 5]},
                   {"name": "z", "levels": ["a", "b"]}],
       "metrics": [{"name": "y", "delta": 0.25, "better": "lower", "scale": "log", "show": "points"}],
       "questions": [{"factor": "x", "from": 0, "to": 2, "metric": "y", "at": {"z": "b"}},
                     {"contrast": "trend", "factor": "x", "metric": "y"}]}
      """#
    let design = try DesignFile(SourceText(path: "design.json", text: text), vocabulary: []).design
    #expect(
      design
        == Design(
          alpha: 0.1,
          minimumCoverage: 0.8,
          factors: [
            Factor(name: "x", levels: ["0", "1", "2"], isOrdered: true, scores: [0, 1, 5]),
            Factor(name: "z", levels: ["a", "b"]),
          ],
          metrics: [
            Metric(name: "y", delta: 0.25, scale: .log, better: .lower, show: .points)
          ],
          questions: [
            Question(factor: "x", from: "0", to: "2", metric: "y", at: ["z": "b"]),
            Question(factor: "x", kind: .trend, from: "", to: "", metric: "y"),
          ]
        )
    )
  }

  @Test func `keys of other tools are warned of and not refused`() throws {
    let text = #"{"factors": [{"name": "x", "levels": [1], "level": 2}], "metrics": []}"#
    let file = try DesignFile(SourceText(path: "design.json", text: text), vocabulary: [])
    #expect(
      file.warnings == [
        "The key 'level' of the factor 'x' means nothing here. Did you mean 'levels'?"
      ]
    )
  }

  @Test func `all faults are found at once`() {
    let text = #"""
      {"alpha": 2, "factors": [{"name": "x", "levels": ["a", "a"]}, {"levels": []}],
       "metrics": [{"name": "y", "delta": -1}],
       "questions": [{"factor": "q", "from": "a", "to": "b", "metric": "w"}]}
      """#
    #expect(faults(text).count == 6)
    #expect(faults(text).contains(.duplicateLevel("a", axis: "x", first: "a")))
    #expect(faults(text).contains(.unknownMetric("w", known: ["y"])))
  }

  @Test func `a factor is not held at its own level and levels of a question differ`() {
    let text = #"""
      {"factors": [{"name": "x", "levels": ["a", "b"], "scores": [1]}, {"name": "z", "levels": ["0"]}],
       "metrics": [{"name": "y"}],
       "questions": [{"factor": "z", "from": "0", "to": "0", "metric": "y", "at": {"z": "0"}}]}
      """#
    #expect(
      faults(text) == [
        .scoreCount(axis: "x", scores: 1, levels: 2), .factorHeld("z", question: "question 1"),
        .sameLevels(question: "question 1"),
      ]
    )
  }

  @Test func `what is no JSON says where`() {
    #expect(faults("") == [.syntax(.empty)])
    #expect(faults("[1]").isEmpty == false)
  }
}
