import Execution
import Foundation
import Notation
import Statistics
import Storage
import Sweeps
import TestSupport
import Testing

struct SpecTests {
  @Test func `a spec without anything asks for one cell and five seeds`() throws {
    let spec = try exampleSpec("{}")
    #expect(spec.name == "test")
    #expect(spec.axes.isEmpty)
    #expect(spec.seeds == [0, 1, 2, 3, 4])
    #expect(try Grid(spec, trainer: exampleTrainer, files: Disk()).count == 5)
  }

  @Test func `the class sweep is read whole`() throws {
    let spec = try Spec.read(
      path: repositoryPath("sweeps/regularization.json"),
      trainer: classTrainer,
      files: Disk()
    )
    #expect(spec.axes.map(\.name) == ["augmentation", "weight_decay", "dropout", "tuning"])
    #expect(spec.axes.map { $0.levels.map(\.text) }[1] == ["0", "3"])
    #expect(spec.questions.count == 9)
    #expect(spec.lessonQuestions.map(\.id) == ["augment", "decay", "mirror", "head-decay"])
    #expect(spec.textbook.count == 9)
    #expect(spec.textbook[0].asked == spec.questions[0])
    #expect(spec.textbook[0].confidencePercent == 80)
    #expect(spec.textbook[8].premise == .any)
    #expect(spec.metrics[0].scale == .log)
    let grid = try Grid(spec, trainer: classTrainer, files: Disk())
    #expect(grid.cellCount == 13)
    #expect(grid.excludedCellCount == 11)
    #expect(grid.count == 156)
  }

  @Test func `a lesson asks what is marked for it, or everything where nothing is`() throws {
    func spec(_ marks: [String]) throws -> Spec {
      let questions = marks.enumerated().map { index, mark in
        #"{"id": "q\#(index)", "factor": "dropout", "from": 0, "to": \#(index + 1), "metric": "loss"\#(mark)}"#
      }
      return try exampleSpec(
        #"{"command": ["./train"], "axes": {"dropout": [0, 1, 2, 3]}, "#
          + #""metrics": {"loss": {"better": "lower", "delta": 1}}, "#
          + #""questions": [\#(questions.joined(separator: ", "))]}"#
      )
    }
    let marked = try spec(["", #", "lesson": true"#, #", "lesson": false"#])
    #expect(marked.lessonQuestions.map(\.id) == ["q1"])
    #expect(try spec(["", "", ""]).lessonQuestions.map(\.id) == ["q0", "q1", "q2"])
  }

  @Test func `numeric axes are ordered and have scores by value`() throws {
    let spec = try exampleSpec(
      #"{"axes": {"weight_decay": [3, 0, 1e-4], "tuning": ["full", "head"], "#
        + #""augmentation": {"levels": ["none", "light", "strong"], "ordered": true}, "#
        + #""dropout": {"levels": [0, 0.1, 0.5], "scores": [0, 1, 5]}, "#
        + #""width": {"levels": [8, 16], "ordered": false}}}"#
    )
    #expect(spec.axes.map(\.isOrdered) == [true, false, true, true, false])
    #expect(spec.axes.map(\.scores) == [[2, 0, 1], nil, [0, 1, 2], [0, 1, 5], nil])
    #expect(spec.axes[0].levels.map(\.text) == ["3", "0", "1e-4"])
  }

  @Test(arguments: [
    (#"{"from": 0, "to": 0.5, "count": 6}"#, ["0", "0.1", "0.2", "0.3", "0.4", "0.5"]),
    (
      #"{"from": 1e-4, "to": 1, "count": 5, "scale": "log"}"#,
      ["0.0001", "0.001", "0.01", "0.1", "1"]
    ),
    (#"{"from": 1, "to": 5, "count": 5}"#, ["1", "2", "3", "4", "5"]),
    (#"{"from": 8, "to": 64, "count": 4, "scale": "log"}"#, ["8", "16", "32", "64"]),
    (
      #"{"from": 1, "to": 100, "count": 5, "scale": "log", "integer": true}"#,
      ["1", "3", "10", "32", "100"]
    ),
    (#"{"from": 3, "to": 1, "count": 3}"#, ["3", "2", "1"]),
    (
      #"{"from": 1e-300, "to": 1e300, "count": 3, "scale": "log"}"#,
      ["1e-300", "1", "1e+300"]
    ),
    (#"{"from": -1e308, "to": 1e308, "count": 3}"#, ["-1e+308", "0", "1e+308"]),
    (#"{"from": 0, "to": 1, "count": 4}"#, ["0", "0.33333333333", "0.66666666667", "1"]),
  ])
  func `ranges have both ends and even steps`(axis: String, texts: [String]) throws {
    let spec = try exampleSpec(#"{"axes": {"x": \#(axis)}, "command": ["./train"]}"#)
    #expect(spec.axes[0].levels.map(\.text) == texts)
  }

  @Test func `a rule of seeds plans all seeds, and changes no run's id`() throws {
    func spec(_ seeds: String) throws -> Spec {
      try exampleSpec(
        #"{"axes": {"dropout": [0, 0.5]}, "metrics": {"accuracy": {"better": "higher", "delta": 0.01}}, "seeds": \#(seeds)}"#
      )
    }
    let ruled = try spec(#"{"first": 3, "looks": [5, 8], "until": "settled"}"#)
    let plain = try spec("8")
    #expect(ruled.looks?.seeds == [3, 5, 8] && ruled.seeds == plain.seeds && plain.looks == nil)
    let ids = try [ruled, plain].map { spec in
      let grid = try Grid(spec, trainer: exampleTrainer, files: Disk())
      return grid.indices.map { grid.id(at: $0) }
    }
    #expect(ids[0] == ids[1])
    #expect(ruled.digest != plain.digest)
    #expect(ruled.decidingQuestions.map(\.metric) == ["accuracy"])
    let many = try spec(#"{"first": 3, "looks": [4, 5, 6, 7, 8], "until": "settled"}"#)
    #expect(ruled.notes.isEmpty && many.notes.count == 1)
  }

  @Test func `a zip is one factor that varies several settings`() throws {
    let spec = try exampleSpec(
      #"{"axes": {"size": {"zip": {"width": [16, 32], "epochs": [10, 20]}}}, "seeds": [4]}"#
    )
    #expect(spec.axes[0].levels.map(\.text) == ["16,10", "32,20"])
    let runs = Array(try Grid(spec, trainer: exampleTrainer, files: Disk()))
    #expect(runs.map(\.levels) == [["16,10"], ["32,20"]])
    #expect(runs[1].settings == ["width": 32, "epochs": 20])
    #expect(runs.map(\.seed) == [4, 4])
  }

  @Test func `a level may be an object and its text is compact`() throws {
    let spec = try exampleSpec(
      #"{"axes": {"augmentation": ["none", {"rotation": 12.0, "$why": "as the class does"}]}}"#
    )
    #expect(spec.axes[0].levels.map(\.text) == ["none", #"{"rotation":12.0}"#])
  }

  @Test func `comments change the text and not the digest`() throws {
    let plain = try exampleSpec(#"{"axes": {"dropout": [0, 0.5]}}"#)
    let commented = try exampleSpec(
      #"{"$why": "x", "axes": {"$note": 1, "dropout": [0, 0.50]}, "name": "test"}"#
    )
    #expect(plain.digest == commented.digest)
    #expect(plain.text != commented.text)
    #expect(try exampleSpec(#"{"axes": {"dropout": [0, 0.6]}}"#).digest != plain.digest)
  }

  @Test func `the stored text reads back as the same spec`() throws {
    let spec = try Spec.read(
      path: repositoryPath("sweeps/regularization.json"),
      trainer: classTrainer,
      files: Disk()
    )
    let stored = try Spec.stored(
      text: spec.text,
      directory: spec.directory,
      trainer: classTrainer
    )
    #expect(stored == spec)
  }

  @Test func `limits are read with their units`() throws {
    let spec = try exampleSpec(
      #"{"limits": {"timeout": "1h30m", "retries": 2, "memory": "2GiB", "cores": 2, "halt": "10%"}}"#
    )
    #expect(
      spec.limits
        == Limits(
          timeout: .duration(.seconds(5400)),
          retries: 2,
          memoryBytes: 2_147_483_648,
          cores: 2,
          halt: .percentFailed(10)
        )
    )
    let shares = try exampleSpec(#"{"limits": {"timeout": "300%", "halt": "first-failure"}}"#)
    #expect(shares.limits == Limits(timeout: .percentOfMedian(300), halt: .firstFailure))
  }

  @Test func `a forecast of the opposite change is turned around`() throws {
    let spec = try exampleSpec(
      #"""
      {"axes": {"dropout": [0, 0.5], "tuning": ["full", "head"]},
       "metrics": {"gap": {"better": "none", "delta": 0.02}},
       "questions": [{"id": "q", "factor": "dropout", "from": 0, "to": 0.5, "metric": "gap",
                      "at": {"tuning": "head"}}],
       "textbook": [{"factor": "dropout", "from": 0.5, "to": 0, "metric": "gap",
                     "at": {"tuning": "head"}, "direction": "up", "confidence_pct": 65}]}
      """#
    )
    #expect(spec.textbook.map(\.asked.id) == ["q"])
    #expect(spec.textbook.map(\.direction) == [.down])
  }

  @Test(arguments: [
    ("plain-name_1.2", "plain-name_1.2"), ("two words", "two-words-a03f1d"),
    (".hidden", "-hidden-169241"), ("cache", "cache-5e1ece"),
    ("sweeps.sqlite-wal", "sweeps.sqlite-wal-99ad11"),
    ("sweeps.sqlite-journal", "sweeps.sqlite-journal-b4286a"),
    ("sweeps.sqlite-shm", "sweeps.sqlite-shm-5fa8fe"), ("größe", "gr--e-d353a2"),
  ])
  func `a folder keeps what file systems agree on`(name: String, folder: String) {
    #expect(SweepFolder.name(of: name) == folder)
  }

  @Test func `what runs keep is a word or a list of them`() throws {
    func keep(_ text: String) throws -> [KeptFile] {
      try exampleSpec(#"{ "keep": \#(text) }"#).keep
    }
    #expect(try keep(#""weights""#) == [.weights])
    #expect(try keep(#"["probabilities", "weights"]"#) == [.probabilities, .weights])
    #expect(try keep("[]") == [])
  }
}

/// A trainer with the settings and metrics that the class sweep uses, and no contradictions.
let classTrainer = Trainer(
  version: 1,
  settings: exampleTrainer.settings + [
    Setting(
      "split_seed",
      [.choice(["seed"]), .integer(.any)],
      default: "seed",
      "which images are in the training set"
    ),
    Setting(
      "batch_size",
      [.integer(.atLeast(1))],
      default: 32,
      "images in a step"
    ),
  ],
  metrics: exampleTrainer.metrics,
  dataSettings: exampleTrainer.dataSettings,
  dataDigest: exampleTrainer.dataDigest
)

/// A file of the repository, found from this file.
func repositoryPath(_ path: String, testFile: String = #filePath) -> String {
  var folder = URL(fileURLWithPath: testFile)
  for _ in 0..<4 { folder.deleteLastPathComponent() }
  return folder.appending(path: path).path
}
