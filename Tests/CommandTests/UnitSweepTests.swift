import Foundation
import Sweeps
import TestSupport
import Testing

/// The sweeps of the unit, each in a reduced form, from the run to the figure that answers its question.
struct UnitSweepTests {
  struct Reduced: Sendable, CustomTestStringConvertible {
    let name: String
    let overrides: [String]
    let runs: Int
    /// What the page must say.
    let figures: [String]

    var testDescription: String { name }
  }

  static let all = [
    Reduced(
      name: "curve",
      overrides: ["seeds=1"],
      runs: 4,
      figures: [
        "What the first seed of each cell made of the curve", "activation none: 1 straight piece,",
      ]
    ),
    Reduced(
      name: "traits",
      overrides: ["seeds=1", "settings.train_size=40", "settings.epochs=2"],
      runs: 3,
      figures: [
        "The threshold with most right yes/no answers", "labels digit-traits,multi: 0.",
      ]
    ),
    Reduced(
      name: "tricks",
      overrides: ["seeds=1", "settings.train_size=20", "settings.epochs=1", "settings.tta=1"],
      runs: 4,
      figures: [
        "as mixup shows them to the network",
        "Averaging over augmented draws of each validation image",
      ]
    ),
    Reduced(
      name: "simplicity",
      overrides: ["seeds=1", "settings.train_size=40", "settings.epochs=2"],
      runs: 4,
      figures: ["How often the network says what a linear model says"]
    ),
    Reduced(
      name: "early-stopping",
      overrides: ["seeds=1", "settings.train_size=60", "settings.epochs=6"],
      runs: 4,
      figures: ["Validation loss of the network that was kept", "on average)"]
    ),
    Reduced(
      name: "regularization",
      overrides: ["seeds=1", "settings.train_size=20", "settings.epochs=1"],
      runs: 13,
      figures: ["times by each augmentation: none, default, mirror"]
    ),
  ]

  private static let sweeps = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(component: "sweeps")

  @Test(arguments: all)
  func `a sweep of the unit runs, and its page has the figure that answers it`(
    sweep: Reduced
  ) throws {
    try withTemporaryFolder { url in
      let folder = try SweepFolder(url, files: [:])
      let spec = Self.sweeps.appending(component: sweep.name + ".json").path
      let changes = sweep.overrides.map { "--set \($0)" }.joined(separator: " ")
      let result = try folder.sweep("run \(spec) --quiet \(changes)")
      #expect(result.exitCode == 0, "\(result.errors)")
      #expect(try folder.stored().records.count == sweep.runs)
      let page = try folder.sweep("report --format html").output
      for words in sweep.figures { #expect(page.contains(words), "\(words)") }
    }
  }

  // MARK: A step, and a network

  @Test func `a traced step is printed with every number and its measured slope`() throws {
    try withTemporaryFolder { url in
      let folder = try SweepFolder(url, files: [:])
      let plain = try folder.sweep("train --trace --seed 0")
      #expect(plain.exitCode == 0)
      expectGolden(plain.output, "trace.txt")
      let refused = try SweepBinary.run(
        ["train", "--trace", "--settings", "-"],
        in: url,
        input: #"{"dropout": 0.5}"#
      )
      #expect(refused.exitCode == 64 && refused.errors.contains("two plain dense layers"))
    }
  }

  @Test func `the network of a run is drawn with what of it is frozen`() throws {
    let spec = """
      { "name": "net", "axes": { "tuning": ["lp_ft"] }, "seeds": 1,
        "settings": { "train_size": 20, "epochs": 2, "body": "letters", "depth": 2 } }
      """
    try withTemporaryFolder { url in
      let folder = try SweepFolder(url, files: ["net.json": spec])
      #expect(try folder.sweep("run net.json --quiet").exitCode == 0)
      let id = try #require(try folder.stored().records.first?.run.id)
      let drawn = try folder.sweep("show \(id) --network").output
      expectGolden(drawn.replacing(id, with: "RUN"), "network.txt")
    }
  }

  @Test func `a network of another program cannot be drawn`() throws {
    let spec = #"""
      { "name": "own", "command": ["/bin/echo", "{{\"final\": {{\"y\": 1}}}}"], "seeds": 1 }
      """#
    try withTemporaryFolder { url in
      let folder = try SweepFolder(url, files: ["own.json": spec])
      #expect(try folder.sweep("run own.json --quiet").exitCode == 0)
      let id = try #require(try folder.stored().records.first?.run.id)
      let result = try folder.sweep("show \(id) --network")
      #expect(result.exitCode == 64 && result.errors.contains("a command of its own"))
    }
  }
}
