import Foundation
import TestSupport
import Testing

/// What a teacher does before, between and after the votes, with a program whose answers are known.
struct LessonToolsTests {
  private static let spec = """
    { "name": "lesson", "question": "What do a and b do?",
      "command": ["sh", "-c", "l=0.$(expr 500 - {a} '*' 200 + {seed}); for e in 1 2; do echo '{{\\"epoch\\": '$e', \\"loss\\": '$l'}}'; done"],
      "axes": { "a": [0, 1], "b": [0, 1] }, "seeds": 3,
      "metrics": { "loss": { "better": "lower", "delta": 0.02 } },
      "questions": [
        { "id": "q", "factor": "a", "from": 0, "to": 1, "metric": "loss", "at": { "b": 0 }, "ask": "We turn a on. The loss ..." },
        { "id": "r", "factor": "b", "from": 0, "to": 1, "metric": "loss", "at": { "a": 0 }, "ask": "We turn <b> on. The loss ..." } ],
      "textbook": [ { "question": "q", "direction": "up", "confidence_pct": 80, "source": "a book" } ] }
    """

  private func lesson<Result>(_ body: (SweepFolder) throws -> Result) throws -> Result {
    try withTemporaryFolder { url in
      try body(try SweepFolder(url, files: ["lesson.json": Self.spec]))
    }
  }

  private func answer(_ who: String, _ text: String, results: String, in folder: SweepFolder) throws
  {
    let done = try SweepBinary.run(
      ["predict", "lesson.json", "--who", who, "--results", results, "--questions", "q"],
      in: folder.url,
      input: text
    )
    #expect(done.exitCode == 0, "\(done.errors)")
  }

  @Test func `the chains of several laptops become one, each line once`() throws {
    try lesson { folder in
      try answer("ana", "u\nsure\nit hurts\n", results: "one", in: folder)
      try answer("ana", "d\n60\nit helps\n", results: "two", in: folder)
      try answer("ben", "n\n50\n\n", results: "two", in: folder)
      let command = "predict lesson.json --questions q --from"
      let files = "one/lesson/predictions.jsonl two/lesson/predictions.jsonl"
      let merged = try folder.sweep("\(command) \(files)")
      #expect(merged.exitCode == 0)
      #expect(merged.output == "3 predictions of 3 people new, 0 of 2 files left out.\n")
      #expect(merged.errors.contains("is called 'ana (2)'"))
      let again = try folder.sweep("\(command) \(files)")
      #expect(again.output == "0 predictions of 0 people new, 0 of 2 files left out.\n")
      let verified = try folder.sweep("predict lesson.json --questions q --verify").output
      #expect(verified.contains("3 sealed predictions, no broken link"))
    }
  }

  @Test func `a chain that does not hold is named, and nothing is sealed without a word`() throws {
    try lesson { folder in
      try answer("ana", "u\nsure\nit hurts\n", results: "one", in: folder)
      try answer("ben", "d\nsure\nit helps\n", results: "two", in: folder)
      let file = folder.url.appending(path: "two/lesson/predictions.jsonl")
      let text = String(decoding: try Data(contentsOf: file), as: UTF8.self)
      try Data(text.replacing("helps", with: "hurts").utf8).write(to: file)
      let command = "predict lesson.json --questions q --from one/lesson/predictions.jsonl"
      let refused = try folder.sweep("\(command) two/lesson/predictions.jsonl")
      #expect(refused.exitCode == 1)
      #expect(refused.errors.contains("two/lesson/predictions.jsonl: Line 2, by 'ben'"))
      #expect(refused.output.contains("Nothing was sealed"))
      let part = try folder.sweep("\(command) two/lesson/predictions.jsonl --skip-unknown")
      #expect(part.output.hasPrefix("1 prediction of 1 people new, 1 of 2 files left out"))
      // Without the choice of questions it is another spec.
      let other = try folder.sweep("predict lesson.json --from one/lesson/predictions.jsonl")
      #expect(other.exitCode == 1 && other.errors.contains("another spec"))
    }
  }

  @Test func `votes are shown before anything ran, without the textbook and without a reveal`()
    throws
  {
    try lesson { folder in
      #expect(try folder.sweep("report --votes").errors.contains("Nobody has predicted anything"))
      try answer("ana", "u\nsure\nit hurts\n", results: "results", in: folder)
      for name in ["", "lesson"] {
        let votes = try folder.sweep("report \(name) --votes")
        #expect(votes.exitCode == 0 && votes.errors.isEmpty, "\(votes.errors)")
        #expect(votes.output.contains("1 person predicted"))
        #expect(votes.output.contains("up    # 1"))
        #expect(votes.output.contains("it hurts"))
        #expect(!votes.output.contains("textbook"))
      }
      #expect(try folder.sweep("run lesson.json --questions q --quiet").exitCode == 0)
      let after = try folder.sweep("report --votes --format html")
      #expect(after.exitCode == 0 && after.errors.isEmpty)
      #expect(!after.output.contains("0.30"), "a result")
      #expect(try folder.sweep("report").errors.contains("predictions were open"))
    }
  }

  @Test func `a reason that is hidden stays sealed and is not shown`() throws {
    try lesson { folder in
      try answer("ana", "u\nsure\nit hurts\n", results: "results", in: folder)
      let command = "predict lesson.json --questions q"
      let wrong = try folder.sweep("\(command) --hide-reason eve q")
      #expect(wrong.exitCode == 64 && wrong.errors.contains("Those who did are 'ana'"))
      #expect(try folder.sweep("\(command) --hide-reason ana q").exitCode == 0)
      #expect(!(try folder.sweep("report --votes").output.contains("it hurts")))
      _ = try folder.sweep("run lesson.json --questions q --quiet")
      for format in ["md", "html", "json"] {
        #expect(!(try folder.sweep("report --format \(format)").output.contains("it hurts")))
      }
      #expect(!(try folder.sweep("report --who ana").output.contains("it hurts")))
      #expect(try folder.sweep("\(command) --verify").exitCode == 0)
      #expect(try folder.sweep("\(command) --show-reason ana q").exitCode == 0)
      #expect(try folder.sweep("report --who ana").output.contains("it hurts"))
    }
  }

  @Test func `a sheet for paper shows the baseline once it has run`() throws {
    try lesson { folder in
      let blank = try folder.sweep("predict lesson.json --sheet html").output
      #expect(blank.contains("The baseline has not run yet, so that its loss cannot be shown."))
      #expect(blank.contains("We turn &lt;b&gt; on."))
      #expect(!blank.contains("<svg"))
      #expect(blank.matches(of: #/<section>/#).count == 2)
      _ = try folder.sweep("run lesson.json --quiet")
      let sheet = try folder.sweep("predict lesson.json --sheet html").output
      #expect(sheet.contains("The baseline: loss 0.501"))
      #expect(sheet.matches(of: #/<svg/#).count == 2)
      #expect(!sheet.contains("0.30"), "a result")
      #expect(try folder.sweep("report").errors.contains("predictions were open"))
    }
  }

  @Test func `the baseline's curves are shown and give nothing away`() throws {
    try lesson { folder in
      _ = try folder.sweep("run lesson.json --quiet")
      let baseline = try folder.sweep("report --only baseline --format html")
      #expect(baseline.errors.isEmpty)
      #expect(baseline.output.contains("How it learns"))
      #expect(!baseline.output.contains("0.30"))
      #expect(try folder.sweep("report").errors.contains("predictions were open"))
    }
  }

  @Test func `a shorter variant is a sweep of its own, with the entries that can follow`() throws {
    try lesson { folder in
      let changed = try folder.sweep("run lesson.json --quiet --set a=0,2 --as shorter")
      #expect(changed.exitCode == 0 && changed.errors.hasPrefix("12 planned"), "\(changed.errors)")
      let fewer = try folder.sweep("plan lesson.json --set settings.a=0 --as fewer")
      #expect(fewer.exitCode == 0)
      #expect(
        fewer.errors == "Note: 'a' is 0 in every run, so that the question 'q' is left out.\n"
      )
      #expect(fewer.output.hasPrefix("fewer: "))
      #expect(try folder.sweep("status").output.contains("shorter"))
    }
  }

  @Test func `a budget gives a spec that works, questions and all`() throws {
    try lesson { folder in
      _ = try folder.sweep("run lesson.json --quiet")
      let plan = try folder.sweep("plan lesson.json -j 1 --budget 1s --json --set seeds=4000")
        .output
      let object = try JSONSerialization.jsonObject(with: Data(plan.utf8)) as? [String: Any]
      let budget = try #require(object?["budget"] as? [String: Any])
      let set = try #require(budget["set"] as? [String])
      #expect(!set.isEmpty)
      let smaller = try SweepBinary.run(
        ["plan", "lesson.json"] + set.flatMap { ["--set", $0] },
        in: folder.url
      )
      #expect(smaller.exitCode == 0, "\(set): \(smaller.errors)")
    }
  }
}
