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

  /// `plan --json`, read.
  private func plan(_ folder: SweepFolder, _ words: [String]) throws -> [String: Any] {
    let done = try SweepBinary.run(
      ["plan", "lesson.json", "-j", "1", "--json"] + words,
      in: folder.url
    )
    #expect(done.exitCode == 0, "\(done.errors)")
    let object = try JSONSerialization.jsonObject(with: Data(done.output.utf8))
    return try #require(object as? [String: Any])
  }

  @Test
  func `a budget for less than two seeds takes a part of the cells, and asks what they answer`()
    throws
  {
    try lesson { folder in
      let third = ["--set", "axes.c=[0,1]"]
      let run = try SweepBinary.run(["run", "lesson.json", "--quiet"] + third, in: folder.url)
      try #require(run.exitCode == 0, "\(run.errors)")
      // As many runs more as there are: what the estimate takes for one of them is known then.
      let estimate = try plan(folder, third + ["--set", "seeds=6"])["estimate"] as? [String: Any]
      let perRun = try #require(estimate?["seconds"] as? Double) / 24
      // Five of the eight cells with three seeds, and no whole second seed.
      let budget = try #require(
        try plan(folder, third + ["--budget", "\(perRun * 15.5)s"])["budget"] as? [String: Any]
      )
      let set = try #require(budget["set"] as? [String])
      #expect(set.prefix(2) == ["sample.count=5", "sample.method=balanced"])
      #expect(
        set.contains { $0.hasPrefix("questions=[") } && !set.contains { $0.hasPrefix("seeds") }
      )
      let smaller = try SweepBinary.run(
        ["run", "lesson.json", "--as", "smaller", "--quiet"] + third
          + set.flatMap { ["--set", $0] },
        in: folder.url
      )
      #expect(
        smaller.exitCode == 0 && smaller.errors.hasPrefix("15 planned = 15 ok"),
        "\(set): \(smaller.errors)"
      )
    }
  }

  @Test func `a check says what a change left out`() throws {
    try lesson { folder in
      let checked = try folder.sweep("check lesson.json --set settings.a=0 --as fewer")
      #expect(
        checked.errors.contains(
          "Note: 'a' is 0 in every run, so that the question 'q' is left out.\n"
        )
      )
    }
  }

  /// One question starts at the baseline, and of the others' starts all but the first would answer it.
  private static let starts = """
    { "name": "starts",
      "command": ["sh", "-c", "l=0.$(expr 500 - {a} '*' 200 - {b} '*' 70 + {seed}); for e in 1 2; do echo '{{\\"epoch\\": '$e', \\"loss\\": '$l'}}'; done"],
      "axes": { "a": [0, 1], "b": [0, 1] }, "seeds": 3,
      "metrics": { "loss": { "better": "lower", "delta": 0.02 } },
      "questions": [
        { "id": "q", "factor": "a", "from": 0, "to": 1, "metric": "loss", "at": { "b": 0 }, "lesson": true },
        { "id": "shown", "factor": "a", "from": 0, "to": 1, "metric": "loss", "at": { "b": 1 } },
        { "id": "elsewhere", "factor": "b", "from": 0, "to": 1, "metric": "loss", "at": { "a": 1 } },
        { "id": "averaged", "factor": "a", "from": 1, "to": 0, "metric": "loss" } ] }
    """

  @Test func `beside a question stands what it starts from, unless that would answer another`()
    throws
  {
    try withTemporaryFolder { url in
      let folder = try SweepFolder(url, files: ["starts.json": Self.starts])
      let blank = try folder.sweep("predict starts.json --sheet html --questions all").output
      #expect(blank.contains("The start, a 1 has not run yet"))
      _ = try folder.sweep("run starts.json --quiet")
      let first = try folder.sweep("predict starts.json --sheet html").output
      #expect(first.contains("The baseline: loss 0.501") && !first.contains("elsewhere"))
      let all = try folder.sweep("predict starts.json --sheet html --questions all").output
      #expect(all.contains("The baseline: loss 0.501"))
      // The start a 1, b 0 beside the baseline would answer 'q'.
      #expect(
        all.contains(
          "The start, a 1: its loss is kept back, for beside the others it would answer &#39;q&#39;."
        )
      )
      #expect(all.contains("The start, b 1: loss 0.431") && all.contains("The start, a 1, any b: "))
      #expect(!all.contains("0.301") && all.matches(of: #/<section>/#).count == 4)
      #expect(all.matches(of: #/<svg/#).count == 2)
      let alone = try folder.sweep(
        "predict starts.json --sheet html --questions elsewhere --as starts"
      ).output
      #expect(alone.contains("its loss is kept back"), "the sweep that ran asks more")
      #expect(try folder.sweep("report").errors.contains("predictions were open"))
    }
  }

  @Test func `sheets and prompts ask what the spec marks for a lesson, and all answers are taken`()
    throws
  {
    try withTemporaryFolder { url in
      let folder = try SweepFolder(
        url,
        files: ["starts.json": Self.starts, "answers.csv": "who,q,averaged\nana,up,down\n"]
      )
      #expect(
        try folder.sweep("predict starts.json --sheet csv").output
          == "who,q,q confidence,q why\r\n"
      )
      let all = try folder.sweep("predict starts.json --sheet csv --questions all").output
      #expect(all.hasPrefix("who,q,q confidence,q why,shown,") && all.contains("averaged why"))
      let imported = try folder.sweep("predict starts.json --from answers.csv")
      #expect(imported.exitCode == 0 && imported.output.contains("2 predictions of 1 people"))
      let asked = try SweepBinary.run(
        ["predict", "starts.json", "--who", "ben"],
        in: folder.url,
        input: "u\nsure\n\n"
      )
      #expect(asked.output.contains("All 1 questions are answered"), "\(asked.output)")
      // It is the same sealed spec, whatever was asked of it.
      #expect(
        try folder.sweep("predict starts.json --verify").output.contains("3 sealed predictions")
      )
    }
  }

  @Test func `a report of one question leaves the others sealed, and can be verified later`() throws
  {
    try lesson { folder in
      _ = try folder.sweep("run lesson.json --quiet")
      let page = "report lesson --question r --format html -o r.html"
      let report = try folder.sweep(page)
      #expect(report.exitCode == 0)
      #expect(report.errors.contains("predictions were open. Still sealed: 'q'."))
      #expect(!(try folder.sweep("runs lesson").output.contains("0.30")))
      #expect(try folder.sweep("report --verify r.html").exitCode == 0)
      #expect(try folder.sweep("report lesson").errors.contains("predictions were open"))
      let verified = try folder.sweep("report --verify r.html")
      #expect(verified.exitCode == 0, "\(verified.output)")
    }
  }

  @Test func `a folder whose database is just being made is like an empty one`() throws {
    try withTemporaryFolder { url in
      let folder = try SweepFolder(url, files: [:])
      let results = url.appending(component: "results")
      let empty = try folder.sweep("status")
      try FileManager.default.createDirectory(at: results, withIntermediateDirectories: true)
      try Data().write(to: results.appending(component: "sweeps.sqlite"))
      let making = try folder.sweep("status")
      #expect(making.exitCode == empty.exitCode && making.errors == empty.errors)
    }
  }
}
