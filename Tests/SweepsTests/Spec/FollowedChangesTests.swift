import Notation
import Statistics
import Sweeps
import TestSupport
import Testing

/// What entries of a spec do when an override takes a level away that they name.
struct FollowedChangesTests {
  private static let text = """
    { "command": ["x"], "axes": { "dropout": [0, 0.5], "body": ["full", "head"], "decay": [0, 3] },
      "exclude": [{ "dropout": 0.5, "body": "full", "decay": 3 }, { "dropout": [0.5], "decay": 3, "body": "head" }],
      "metrics": { "loss": { "better": "lower", "delta": 0.1 } },
      "questions": [
        { "id": "dropout", "factor": "dropout", "from": 0, "to": 0.5, "metric": "loss", "at": { "body": "full" } },
        { "id": "decay", "factor": "decay", "from": 0, "to": 3, "metric": "loss", "at": { "dropout": 0, "body": "head" } },
        { "id": "strong", "factor": "decay", "from": 0, "to": 3, "metric": "loss", "at": { "dropout": 0, "body": "full" } } ],
      "textbook": [
        { "question": "dropout", "direction": "down", "confidence_pct": 65, "source": "a book" },
        { "factor": "decay", "from": 0, "to": 3, "metric": "loss", "at": { "dropout": 0, "body": "head" },
          "direction": "down", "confidence_pct": 65, "source": "a book" } ] }
    """

  private func spec(_ overrides: String...) throws -> Spec {
    try exampleSpec(Self.text, overrides: overrides)
  }

  @Test func `a replaced level takes the entries along that name it`() throws {
    let spec = try spec("dropout=0,0.3")
    #expect(spec.questions.map(\.id) == ["dropout", "decay", "strong"])
    #expect(spec.questions[0].question.to == "0.3")
    #expect(spec.textbook.count == 2 && spec.textbook[0].asked == spec.questions[0])
    #expect(spec.exclude == (try self.spec()).exclude, "the same places, another level")
    #expect(try Cells(spec).excludedCount == 2)
    #expect(spec.notes.isEmpty)
    #expect(try self.spec("dropout=0.1,0.5").questions[1].question.at["dropout"] == "0.1")
  }

  @Test func `what names a level without an heir is left out, and one sentence says so`() throws {
    let spec = try spec("dropout=0,0.2,0.4")
    #expect(spec.questions.map(\.id) == ["decay", "strong"])
    #expect(spec.textbook.map(\.asked.id) == ["decay"])
    #expect(spec.exclude.isEmpty)
    #expect(
      spec.notes == [
        "'dropout' has no level 0.5 any more, so that 2 entries of 'exclude', the question 'dropout' are left out."
      ]
    )
  }

  @Test func `an axis that is fixed leaves what can still be asked`() throws {
    let spec = try spec("settings.dropout=0")
    #expect(spec.questions.map(\.id) == ["decay", "strong"])
    #expect(spec.questions[0].question.at == ["body": "head"])
    #expect(spec.textbook.map(\.asked.id) == ["decay"])
    #expect(spec.exclude.isEmpty, "no cell has what they name")
    #expect(
      spec.notes == ["'dropout' is 0 in every run, so that the question 'dropout' is left out."]
    )
    #expect(try Cells(spec).count == 4)
    #expect(try self.spec("settings.dropout=0.5").exclude.count == 2)
  }

  @Test func `a part of the questions is asked by their ids`() throws {
    let spec = try spec(#"questions=["strong","dropout"]"#)
    #expect(spec.questions.map(\.id) == ["dropout", "strong"])
    #expect(spec.textbook.map(\.asked.id) == ["dropout", ""], "the other speaks of no question")
    #expect(try self.spec("questions=decay").questions.map(\.id) == ["decay"])
    #expect(throws: SpecFaults.self) { try self.spec("questions=decay,dropuot") }
  }

  @Test func `a name makes a changed spec a sweep of its own`() throws {
    #expect(try spec("settings.epochs=10", #"name="shorter""#).name == "shorter")
  }

  @Test func `a level that is only added changes nothing else`() throws {
    let spec = try spec("decay=0,3,10")
    #expect(spec.notes.isEmpty && spec.questions.count == 3 && spec.exclude.count == 2)
  }

  // MARK: Conditions

  private static let conditional = """
    { "command": ["x"], "settings": { "epochs": 3 },
      "axes": { "task": ["single", "multi"], "model": ["cnn", "mlp"], "smoothing": [0, 0.1] },
      "when": { "smoothing": { "task": "single" } },
      "metrics": { "loss": { "better": "lower", "delta": 0.1 } },
      "questions": [
        { "id": "smooth", "factor": "smoothing", "from": 0, "to": 0.1, "metric": "loss", "at": { "model": "cnn" } },
        { "id": "model", "factor": "model", "from": "cnn", "to": "mlp", "metric": "loss" } ] }
    """

  private func conditional(_ overrides: String...) throws -> Spec {
    try exampleSpec(Self.conditional, overrides: overrides)
  }

  @Test func `a condition follows the level that it names`() throws {
    let plain = try conditional()
    #expect(try Cells(plain).count == 6)
    let renamed = try conditional("task=alone,multi")
    #expect(renamed.inactive == plain.inactive && renamed.notes.isEmpty)
    #expect(try Cells(renamed).count == 6)
    // Fixed at the level that it wants, it holds everywhere.
    let fixed = try conditional("settings.task=single")
    #expect(try Cells(fixed).count == 4 && fixed.notes.isEmpty)
    // An axis that was fixed by hand needs none.
    let byHand = try conditional("settings.smoothing=0.1")
    #expect(try Cells(byHand).count == 4)
    #expect(byHand.notes.count == 1 && byHand.questions.map(\.id) == ["model"])
  }

  @Test func `an axis whose condition holds nowhere any more stays at its baseline`() throws {
    let gone = try conditional("task=multi,regression,other")
    #expect(gone.axes.map(\.name) == ["task", "model"])
    #expect(gone.settings["smoothing"]?.levelText == "0")
    #expect(gone.questions.map(\.id) == ["model"])
    #expect(
      gone.notes == [
        "'task' has no level single any more, so that the axis 'smoothing' is left out.",
        "'smoothing' is 0 in every run, so that the question 'smooth' is left out.",
      ]
    )
    let fixed = try conditional("settings.task=multi")
    #expect(fixed.axes.map(\.name) == ["model"])
    #expect(
      fixed.notes.first == "'task' is multi in every run, so that the axis 'smoothing' is left out."
    )
  }
}
