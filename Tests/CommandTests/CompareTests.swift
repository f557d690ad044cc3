import Execution
import Foundation
import Notation
import Storage
import Sweeps
import TestSupport
import Testing

/// The story of two sweeps, and of two cells, beside each other.
struct CompareTests {
  private static let spec = """
    { "name": "dose", "command": ["sh", "work.sh", "{a}", "{b}", "{seed}"],
      "axes": { "a": [0, 1], "b": ["x", "y"] }, "seeds": 3,
      "metrics": { "loss": { "better": "lower", "delta": 0.02 } } QUESTIONS }
    """
  private static let worker = """
    for e in 1 2; do echo "{\\"epoch\\": $e, \\"loss\\": 0.$((8 - $1))$3$e}"; done
    echo "{\\"final\\": {\\"loss\\": 0.$((5 - $1))$(($3 + $1 * $3))}}"
    """

  private func withDose(questions: String = "", _ body: (SweepFolder) throws -> Void) throws {
    try withTemporaryFolder { url in
      let spec = Self.spec.replacing("QUESTIONS", with: questions)
      let folder = try SweepFolder(url, files: ["dose.json": spec, "work.sh": Self.worker])
      #expect(try folder.sweep("run dose.json --quiet").exitCode == 0)
      try body(folder)
    }
  }

  @Test func `two cells are compared in pairs, with their curves`() throws {
    try withDose { folder in
      let compared = try folder.sweep("compare a=0,b=x a=1,b=x")
      #expect(compared.exitCode == 0)
      #expect(compared.output.hasPrefix("# a=0,b=x and a=1,b=x\n"))
      #expect(compared.output.contains("| a       | 0  | 1  |"))
      #expect(compared.output.contains("**lowered** loss by 0.09"))
      #expect(compared.output.contains("## Learning curves"))
      let terminal = try folder.sweep("compare a=0 a=1 --format terminal")
      #expect(terminal.output.contains("Averaged over what both sides have of: b."))
      let printed = try folder.sweep("compare a=0 a=1 --format json").output
      let document = try #require(JSON(line: Array(printed.utf8))?.object)
      guard case .array(let effects)? = document["effects"] else {
        Issue.record("no effects")
        return
      }
      #expect(effects[0].object?["method"] == "paired")
      #expect(effects[0].object?["n_tuples"] == .number(JSONNumber(6)))
    }
  }

  @Test func `two sweeps with other seeds are compared by Welch's t`() throws {
    try withDose { folder in
      _ = try folder.sweep("run dose.json --quiet --set name=later --set seeds=[7,8,9]")
      let compared = try folder.sweep("compare dose later")
      #expect(compared.exitCode == 0)
      #expect(compared.output.contains("All settings are the same."))
      #expect(compared.output.contains("not paired: 3 seeds against 3"))
    }
  }

  @Test func `what cannot be compared is refused with the reason`() throws {
    try withDose { folder in
      let overlap = try folder.sweep("compare a=0 b=x")
      #expect(overlap.exitCode == 64)
      #expect(overlap.errors.contains("'a=0' and 'b=x' have 3 runs in common."))
      let level = try folder.sweep("compare a=0 a=2")
      #expect(level.exitCode == 64 && level.errors.contains("'2'"))
      let none = try folder.sweep("compare dose nothing")
      #expect(none.exitCode == 64 && none.errors.contains("nothing"))
      #expect(try folder.sweep("compare dose dose").exitCode == 64)
    }
  }

  @Test func `comparing reveals open predictions, and says so once`() throws {
    let question = """
      , "questions": [ { "id": "q", "factor": "a", "from": 0, "to": 1, "metric": "loss", "at": {},
                         "ask": "The loss ..." } ]
      """
    try withDose(questions: question) { folder in
      let first = try folder.sweep("compare a=0 a=1")
      #expect(first.errors.contains("Warning: this shows results of 'dose'"))
      #expect(try folder.sweep("compare a=0 a=1").errors.isEmpty)
      let store = try Store.reading(from: folder.url.appending(component: "results").path)
      #expect(try store.firstReveal(of: store.sweep(matching: "dose")) != nil)
    }
  }
}
