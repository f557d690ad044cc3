import Foundation
import TestSupport
import Testing

/// A class from the blank sheet to the reveal, with a program whose answers are known.
struct ClassroomTests {
  /// The loss is 0.5 + seed / 100, and 0.2 less with `a` = 1: down, by far more than the threshold.
  private static let spec = """
    { "name": "lesson", "question": "What does a do?",
      "command": ["sh", "-c", "a={a}; s={seed}; echo '{{\\"final\\": {{\\"loss\\": '$(expr 500 + $s '*' 10 - $a '*' 200 + $a '*' $s)'e-3}}}}'"],
      "axes": { "a": [0, 1] }, "seeds": 4,
      "metrics": { "loss": { "better": "lower", "delta": 0.02 } },
      "questions": [ { "id": "q", "factor": "a", "from": 0, "to": 1, "metric": "loss", "at": {},
                       "ask": "We turn a on. The loss ..." } ],
      "textbook": [ { "question": "q", "direction": "up", "confidence_pct": 80, "premise": "any",
                      "source": "a book", "fails_when": ["F6"] } ] }
    """

  private static let answers = """
    who,round,question,direction,confidence_pct,rationale
    ana,1,q,down,80,it helps
    ben,1,q,up,60,=1+1
    ben,2,q,down,60,<script>alert(1)</script>
    cy,1,q,sideways,60,no
    """

  private func lesson<Result>(_ body: (SweepFolder) throws -> Result) throws -> Result {
    try withTemporaryFolder { url in
      try body(
        try SweepFolder(url, files: ["lesson.json": Self.spec, "answers.csv": Self.answers])
      )
    }
  }

  @Test func `predictions stand beside the outcome`() throws {
    try lesson { folder in
      let imported = try folder.sweep("predict lesson.json --from answers.csv --skip-unknown")
      #expect(imported.exitCode == 1)
      #expect(imported.output.contains("3 predictions of 2 people read, 3 new"))
      #expect(imported.errors.contains("line 5"))
      #expect(try folder.sweep("run lesson.json --quiet").exitCode == 0)
      let report = try folder.sweep("report")
      #expect(report.exitCode == 0)
      #expect(report.errors.contains("predictions were open"))
      #expect(report.output.contains("| q        | 1 / 0 / 1 "))
      #expect(report.output.contains("lowered** loss"))
      #expect(report.output.contains("F6"))
      #expect(!report.output.contains("<script>"))
      #expect(report.output.contains("**ana** (down): it helps"))
      #expect(report.output.contains("**ben** (down, round 2): "))
      #expect(try folder.sweep("report").errors.isEmpty)
    }
  }

  @Test
  func `nothing is sealed of a file with a fault, unless what is not understood may be left out`()
    throws
  {
    try lesson { folder in
      let refused = try folder.sweep("predict lesson.json --from answers.csv")
      #expect(refused.exitCode == 1)
      #expect(refused.errors.contains("line 5: 'sideways'"))
      #expect(refused.output.contains("Nothing was sealed"))
      #expect(try folder.sweep("predict lesson.json --verify").output == "No predictions yet.\n")
    }
  }

  @Test func `a second round is one because the flag says so`() throws {
    try lesson { folder in
      let votes = "who,q\nana,up\nben,no change\n"
      try Data(votes.utf8).write(to: folder.url.appending(component: "votes.csv"))
      #expect(try folder.sweep("predict lesson.json --from votes.csv").exitCode == 0)
      let second = try folder.sweep("predict lesson.json --round 2 --from votes.csv")
      #expect(second.output.contains("2 new"))
      let sealed = folder.url.appending(path: "results/lesson/predictions.jsonl")
      let text = String(decoding: try Data(contentsOf: sealed), as: UTF8.self)
      #expect(text.matches(of: #/"round":1/#).count == 2)
      #expect(text.matches(of: #/"round":2/#).count == 2)
    }
  }

  @Test func `one question comes with its votes first and its outcome last`() throws {
    try lesson { folder in
      _ = try folder.sweep("predict lesson.json --from answers.csv --skip-unknown")
      _ = try folder.sweep("run lesson.json --quiet")
      let screen = try folder.sweep("report --question q").output
      let places = ["## The votes", "## The textbook", "## The seeds", "## The outcome"]
        .compactMap { screen.range(of: $0)?.lowerBound }
      #expect(places.count == 4)
      #expect(places == places.sorted())
      let unknown = try folder.sweep("report --question z")
      #expect(unknown.exitCode == 64)
      #expect(unknown.errors.contains("There is 'q'"))
    }
  }

  @Test func `one's own predictions and the ranking are shown on request only`() throws {
    try lesson { folder in
      _ = try folder.sweep("predict lesson.json --from answers.csv --skip-unknown")
      _ = try folder.sweep("run lesson.json --quiet")
      #expect(!(try folder.sweep("report").output.contains("Who predicted how well")))
      let ranking = try folder.sweep("report --ranking").output
      let ana = try #require(ranking.range(of: "| ana "))
      let ben = try #require(ranking.range(of: "| ben "))
      #expect(ana.lowerBound < ben.lowerBound)
      let own = try folder.sweep("report --who ben").output
      #expect(own.contains("wrong"))
      #expect(own.contains("(up): =1"))
      #expect(!own.contains("ana"))
      let table = try folder.sweep("report --who ben --format csv")
      #expect(table.exitCode == 64 && table.output.isEmpty)
      #expect(table.errors.contains("'csv' is a list of runs, which --who is not"))
      let nobody = try folder.sweep("report --who eve")
      #expect(nobody.exitCode == 64)
      #expect(nobody.errors.contains("Nobody called 'eve'"))
    }
  }

  @Test func `the baseline can be shown without a reveal`() throws {
    try lesson { folder in
      _ = try folder.sweep("predict lesson.json --from answers.csv --skip-unknown")
      _ = try folder.sweep("run lesson.json --quiet")
      let baseline = try folder.sweep("report --only baseline")
      #expect(baseline.output.contains("a 0"))
      #expect(!baseline.output.contains("lowered"))
      #expect(baseline.errors.isEmpty)
      #expect(try folder.sweep("report").errors.contains("predictions were open"))
    }
  }

  @Test func `importing twice changes nothing and late answers are not scored`() throws {
    try lesson { folder in
      _ = try folder.sweep("predict lesson.json --from answers.csv --skip-unknown")
      let again = try folder.sweep("predict lesson.json --from answers.csv --skip-unknown")
      #expect(again.output.contains("0 new"))
      _ = try folder.sweep("run lesson.json --quiet")
      let late =
        "who,round,question,direction,confidence_pct,rationale\neve,1,q,down,100,I saw it\n"
      try Data(late.utf8).write(to: folder.url.appending(component: "late.csv"))
      #expect(try folder.sweep("predict lesson.json --from late.csv").exitCode == 0)
      let report = try folder.sweep("report").output
      #expect(report.contains("1 prediction of 1 people came after the first result"))
      #expect(report.contains("| q        | 1 / 0 / 1 "))
    }
  }

  @Test func `a tampered prediction is found and nothing is reported on it`() throws {
    try lesson { folder in
      _ = try folder.sweep("predict lesson.json --from answers.csv --skip-unknown")
      let url = folder.url.appending(path: "results/lesson/predictions.jsonl")
      let text = String(decoding: try Data(contentsOf: url), as: UTF8.self)
      try Data(text.replacing("it helps", with: "it hurts").utf8).write(to: url)
      let verified = try folder.sweep("predict lesson.json --verify")
      #expect(verified.exitCode == 1)
      #expect(verified.output.contains("Line 2, by 'ana', does not match its seal"))
      #expect(try folder.sweep("run lesson.json --quiet").exitCode == 64)
    }
  }

  @Test func `a deleted or cut file is found after the runs`() throws {
    try lesson { folder in
      _ = try folder.sweep("predict lesson.json --from answers.csv --skip-unknown")
      _ = try folder.sweep("run lesson.json --quiet")
      #expect(try folder.sweep("predict lesson.json --verify").exitCode == 0)
      let url = folder.url.appending(path: "results/lesson/predictions.jsonl")
      let lines = String(decoding: try Data(contentsOf: url), as: UTF8.self).split(separator: "\n")
      try Data((lines.dropLast().joined(separator: "\n") + "\n").utf8).write(to: url)
      #expect(try folder.sweep("predict lesson.json --verify").output.contains("cut off"))
      try FileManager.default.removeItem(at: url)
      #expect(try folder.sweep("predict lesson.json --verify").exitCode == 1)
    }
  }

  @Test func `a spec that was predicted on may gain seeds and nothing else`() throws {
    try lesson { folder in
      _ = try folder.sweep("predict lesson.json --from answers.csv --skip-unknown")
      let changed = try SweepBinary.run(
        ["run", "lesson.json", "--quiet", "--set", "a=0,1,2"],
        in: folder.url
      )
      #expect(changed.exitCode == 64)
      #expect(changed.errors.contains("another name"))
      #expect(try folder.sweep("run lesson.json --quiet").exitCode == 0)
      #expect(try folder.sweep("run lesson.json --quiet --set seeds=6").exitCode == 0)
      #expect(try folder.sweep("report").output.contains("from 4 to 6 seeds"))
    }
  }

  @Test func `a rehearsal leaves the class's predictions open`() throws {
    try lesson { folder in
      #expect(
        try folder.sweep("run lesson.json --quiet --results rehearsal").exitCode == 0
      )
      #expect(try folder.sweep("report --results rehearsal").exitCode == 0)
      _ = try folder.sweep("predict lesson.json --from answers.csv --skip-unknown")
      _ = try folder.sweep("run lesson.json --quiet")
      #expect(
        try folder.sweep("report").output.contains("3 predictions of 2 people, sealed before")
      )
    }
  }

  @Test func `a person is asked one question at a time and can go on later`() throws {
    try lesson { folder in
      let stopped = try SweepBinary.run(
        ["predict", "lesson.json", "--who", "dee"],
        in: folder.url,
        input: "up\n"
      )
      #expect(stopped.output.contains("Stopped"))
      let finished = try SweepBinary.run(
        ["predict", "lesson.json", "--who", "dee"],
        in: folder.url,
        input: "perhaps\nb\nd\n200\nsure\n\n"
      )
      #expect(finished.exitCode == 0)
      #expect(finished.output.contains("answered and sealed"))
      #expect(finished.output.contains("'perhaps' is not understood"))
      let again = try SweepBinary.run(
        ["predict", "lesson.json", "--who", "dee"],
        in: folder.url,
        input: ""
      )
      #expect(again.output.contains("Already sealed: 1 of 1"))
    }
  }

  @Test func `blank sheets come from the spec`() throws {
    try lesson { folder in
      let paper = try folder.sweep("predict lesson.json --sheet md").output
      #expect(paper.contains("We turn a on"))
      #expect(paper.contains("goes down by more than 0.02 (better)"))
      #expect(
        try folder.sweep("predict lesson.json --sheet csv").output
          == "who,q,q confidence,q why\r\n"
      )
    }
  }
}
