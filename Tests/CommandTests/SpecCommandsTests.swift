import Foundation
import TestSupport
import Testing

/// The commands that look at a spec before it is run.
struct SpecCommandsTests {
  private let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  private func run(_ arguments: String..., spec: String = "{}") throws -> SweepBinary.Result {
    try withTemporaryFolder { folder in
      try Data(spec.utf8).write(to: folder.appending(component: "spec.json"))
      return try SweepBinary.run(arguments, in: folder)
    }
  }

  private func kinds(_ spec: String) throws -> (found: Set<String>, exitCode: Int32) {
    let result = try run("check", "spec.json", "--json", spec: spec)
    let list = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
    let findings = try #require(list as? [[String: Any]])
    return (Set(findings.compactMap { $0["kind"] as? String }), result.exitCode)
  }

  @Test func `an input without an end is refused and not waited for`() throws {
    try withTemporaryFolder { folder in
      let spec = #"{"axes": {"x": [1, 2]}, "command": ["./train", "{x}"], "inputs": ["pipe"]}"#
      try Data(spec.utf8).write(to: folder.appending(component: "spec.json"))
      try #require(mkfifo(folder.appending(component: "pipe").path, 0o600) == 0)
      let plan = try SweepBinary.run(["plan", "spec.json"], in: folder)
      #expect(plan.exitCode == 64)
      #expect(plan.errors.contains("'pipe' cannot be read: it is no file with an end"))
    }
  }

  // MARK: schema, settings, init

  @Test func `the schema of the repository is the one that the program prints`() throws {
    let file = repository.appending(path: "sweeps/sweep.schema.json")
    let schema = try run("schema").output
    if ProcessInfo.processInfo.environment["RECORD"] == "1" {
      try Data(schema.utf8).write(to: file)
    }
    #expect(try String(contentsOf: file, encoding: .utf8) == schema)
  }

  @Test func `settings are listed with values, default and meaning`() throws {
    let one = try run("settings", "dropout")
    #expect(one.output.hasPrefix("dropout\n  probability"))
    #expect(one.output.contains("values: a number from 0 to below 1\n  default: 0"))
    let wrong = try run("settings", "droput")
    #expect(wrong.exitCode == 64)
    #expect(wrong.errors.contains("Did you mean 'dropout'?"))
  }

  @Test func `init writes a spec that can be planned and replaces nothing`() throws {
    try withTemporaryFolder { folder in
      #expect(try SweepBinary.run(["init", "a.json"], in: folder).exitCode == 0)
      let plan = try SweepBinary.run(["plan", "a.json"], in: folder)
      #expect(plan.exitCode == 0)
      #expect(plan.output.contains("Runs: 20 (4 cells × 5 seeds)"))
      let again = try SweepBinary.run(["init", "a.json"], in: folder)
      #expect(again.exitCode == 64)
      #expect(again.errors.contains("--force"))
    }
  }

  // MARK: plan

  @Test func `the plan of the class sweep is pinned`() throws {
    try withTemporaryFolder { folder in
      let spec = repository.appending(path: "sweeps/regularization.json").path
      expectGolden(
        try SweepBinary.run(["plan", spec, "-j", "2"], in: folder).output,
        "plan-regularization.txt"
      )
    }
  }

  @Test func `a plan of a thousand million cells is counted and not built`() throws {
    let axes = (0..<9).map { "\"a\($0)\": {\"from\": 1, \"to\": 10, \"count\": 10}" }
    let spec =
      "{\"axes\": {\(axes.joined(separator: ", "))}, \"command\": [\"x\"], \"seeds\": 1,"
      + "\"exclude\": [{\"a0\": 1, \"a8\": 10}], \"when\": {\"a4\": {\"a2\": [1, 2]}}}"
    let result = try run("plan", "spec.json", spec: spec)
    // 10^7 (20 + 8) cells satisfy the condition; of them 10^-2 are excluded.
    #expect(result.output.contains("Cells: 277,200,000 (1,000,000,000 in the product"))
  }

  @Test func `a plan knows what is stored and how long it took`() throws {
    let script = #"echo '{{"final": {{"y": {x}}}}}'"#
    let command = try JSONSerialization.data(withJSONObject: ["/bin/sh", "-c", script])
    let spec =
      #"{"axes": {"x": [1, 2]}, "seeds": 2, "command": "#
      + String(decoding: command, as: UTF8.self) + "}"
    try withTemporaryFolder { folder in
      let file = folder.appending(component: "spec.json")
      try Data(spec.utf8).write(to: file)
      let first = try SweepBinary.run(["run", "spec.json", "--filter", "x=1"], in: folder)
      #expect(first.exitCode == 0, "\(first.errors)")
      let plan = try SweepBinary.run(["plan", "spec.json", "--set", "x=1,3"], in: folder).output
      #expect(plan.contains("Store: 2 kept, 2 new, 0 dropped"))
      #expect(plan.contains("from 2 stored runs like these"))
      let other = try SweepBinary.run(["plan", "spec.json", "--set", "x=3"], in: folder).output
      #expect(other.contains("Store: 0 kept, 2 new, 2 dropped"))
    }
  }

  @Test func `a budget is met by a balanced subset`() throws {
    let spec = #"""
      {"settings": {"train_size": 50, "epochs": 2},
       "axes": {"dropout": [0, 0.5], "weight_decay": [0, 3], "tuning": ["full", "head"]}, "seeds": 50}
      """#
    let result = try run(
      "plan",
      "spec.json",
      "--probe",
      "--budget",
      "5s",
      "-j",
      "1",
      "--json",
      spec: spec
    )
    let object = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
    let plan = try #require(object as? [String: Any])
    let budget = try #require(plan["budget"] as? [String: Any])
    let fitting = try #require(budget["fitting"] as? Int)
    let subset = try #require(budget["subset"] as? [Any])
    let tellsNothing = (budget["part"] as? [String: Any])?["tells_nothing"] as? Bool == true
    #expect(subset.isEmpty == (fitting == 0 || fitting == 8 || tellsNothing))
    #expect(fitting <= 8)
    let estimate = try #require(plan["estimate"] as? [String: Any])
    #expect(try #require(estimate["seconds"] as? Double) > 0)
  }

  @Test(arguments: [
    (["plan", "none.json"], "There is no file"),
    (["plan", "spec.json", "--budget", "soon"], "is no duration"),
    (["plan", "spec.json", "--budget", "1m"], "Add --probe"),
    (["plan", "spec.json", "--detect", "accuracy"], "metric=change"),
    (["plan", "spec.json", "--detect", "accuracy=0.01"], "needs a pilot"),
    (["plan", "spec.json", "--filter", "dropout=1"], "which is no axis"),
    (["plan", "spec.json", "--set", "droput=1"], "Did you mean 'dropout'?"),
    (["check", "spec.json", "--set", "command=[\"no-such-program\"]"], "There is no program"),
    (["run", "spec.json", "--set", "seeds=11", "--cap", "10"], "11 runs, more than 10. Add --yes"),
  ])
  func `what the user must fix is one sentence and exit code 64`(
    arguments: [String],
    sentence: String
  ) throws {
    try withTemporaryFolder { folder in
      try Data("{}".utf8).write(to: folder.appending(component: "spec.json"))
      let result = try SweepBinary.run(arguments, in: folder)
      #expect(result.exitCode == 64)
      #expect(result.errors.contains(sentence))
      #expect(result.output.isEmpty)
    }
  }

  // MARK: check

  /// A set-up that is small and quick and has no fault, but for what is put in its place.
  private static func spec(
    _ settings: String = #""epochs": 30, "learning_rate": 0.02"#,
    model: String = "mlp",
    axes: String = #""dropout": [0, 0.5]"#,
    metrics: String = #""valid_loss": {"better": "lower", "delta": 0.02}"#
  ) -> String {
    #"{"settings": {"model": "\#(model)", "train_size": 100, \#(settings)}, "#
      + #""axes": {\#(axes)}, "seeds": 2, "metrics": {\#(metrics)}}"#
  }

  private static let mirrored = #""augmentation": ["none", "mirror"]"#

  /// What a spec ends in that asks about mirror images.
  private static let aboutMirrors = #"""
    , "questions": [{"id": "mirror", "factor": "augmentation", "from": "none", "to": "mirror", "metric": "valid_loss"}]}
    """#

  @Test func `a sound set-up has no finding`() throws {
    let result = try kinds(Self.spec())
    #expect(result.found.isEmpty)
    #expect(result.exitCode == 0)
  }

  @Test(arguments: [
    ("no-effect", spec(model: "linear", axes: #""width": [16, 32]"#), 1),
    ("never-read", spec(#""epochs": 30, "learning_rate": 0.02, "width": 8"#, model: "linear"), 0),
    ("cannot-overfit", spec(#""epochs": 30, "learning_rate": 1e-7"#), 1),
    ("premise", spec(#""epochs": 2, "learning_rate": 0.02"#), 0),
    ("learning-rate", spec(#""epochs": 30, "learning_rate": 0.003"#), 0),
    ("shrink", spec(axes: #""weight_decay": [0, 0.01]"#), 0),
    ("flips", spec(axes: #""augmentation": ["none", {"flip": 0.5}]"#), 1),
    ("flips", spec(axes: mirrored), 1),
    ("flips", spec(axes: mirrored).dropLast() + aboutMirrors, 0),
    ("no-headroom", spec(metrics: #""accuracy": {"better": "higher", "delta": 0.5}"#), 1),
    ("validation-set", spec(metrics: #""accuracy": {"better": "higher", "delta": 0.0005}"#), 1),
    ("unmeasured", spec(metrics: #""accuracy[77]": {"better": "higher", "delta": 0.5}"#), 1),
    ("diverges", spec(#""epochs": 2, "depth": 1, "learning_rate": 1e30, "optimizer": "sgd""#), 1),
  ])
  func `a fault of the set-up is found`(kind: String, spec: String, code: Int32) throws {
    let result = try kinds(spec)
    #expect(result.found.contains(kind), "found \(result.found)")
    if result.found == [kind] { #expect(result.exitCode == code) }
  }

  /// A spec with a shell program that knows `$1` as the level, `$2` as the seed.
  private static func program(_ script: String) -> String {
    #"{"command": ["sh", "-c", "\#(script)", "program", "{x}", "{seed}"], "axes": {"x": [1, 2]}, "#
      + #""seeds": 2, "metrics": {"y": {"better": "higher", "delta": 0.1}}}"#
  }

  @Test(arguments: [
    (program("echo y: 5$1.$2"), nil),
    (program("echo y: 5$$.$1"), "differs-when-repeated"),
    (program("echo y: 5$1"), "no-effect"),
    (program("echo y: 5$2"), "no-effect"),
    (program("echo no module >&2; exit 3"), "fails"),
    (program("echo z: $1.$2"), "unmeasured"),
    (program("echo y: 0.9$1$2"), "no-headroom"),
  ])
  func `a program of one's own is tried too`(spec: String, kind: String?) throws {
    // The pattern of the results is JSON inside JSON; a second spec overrides nothing but it.
    let spec = spec.dropLast() + #", "results": {"pattern": "^(?<name>[yz]): (?<value>.*)$"}}"#
    let result = try kinds(String(spec))
    #expect(result.found == Set([kind].compactMap(\.self)))
    #expect(result.exitCode == (kind == nil ? 0 : 1))
  }

  @Test func `validation images that were trained on are found`() throws {
    try withTemporaryFolder { folder in
      let spec =
        #"{"settings": {"dataset": {"idx": "data"}, "model": "linear", "epochs": 5, "train_size": "all"}, "#
        + #""axes": {"weight_decay": [0, 30]}, "seeds": 2}"#
      try Data(spec.utf8).write(to: folder.appending(component: "spec.json"))
      let data = folder.appending(component: "data")
      try FileManager.default.createDirectory(at: data, withIntermediateDirectories: true)
      func write(validation: Range<Int>) throws {
        for (name, range) in [("train", 0..<40), ("t10k", validation)] {
          try idx(range).images.write(to: data.appending(component: "\(name)-images-idx3-ubyte"))
          try idx(range).labels.write(to: data.appending(component: "\(name)-labels-idx1-ubyte"))
        }
      }
      try write(validation: 40..<60)
      let apart = try SweepBinary.run(["check", "spec.json"], in: folder)
      #expect(!apart.output.contains("in the training data too"), "\(apart)")
      try write(validation: 30..<50)
      let mixed = try SweepBinary.run(["check", "spec.json"], in: folder)
      #expect(mixed.output.contains("10 of 20 validation images are in the training data too"))
      #expect(mixed.exitCode == 1)
    }
  }

  /// Pictures of 8 × 8 pixels, all different, in two classes.
  private func idx(_ numbers: Range<Int>) -> (images: Data, labels: Data) {
    var images = Data([0, 0, 8, 3, 0, 0, 0, UInt8(numbers.count), 0, 0, 0, 8, 0, 0, 0, 8])
    for number in numbers {
      images += (0..<64).map { UInt8(($0 * 7 + number * 13 + $0 * number) % 251) }
    }
    let labels = numbers.map { UInt8($0 % 2) }
    return (images, Data([0, 0, 8, 1, 0, 0, 0, UInt8(numbers.count)] + labels))
  }

  @Test func `a baseline that the spec leaves out has not failed`() throws {
    let spec =
      #"{"command": ["sh", "-c", "echo '{{\"final\": {{\"y\": {a}{b}}}}}'"], "axes": {"a": [1, 2], "b": [3, 4]}, "#
      + #""exclude": [{"a": 1, "b": 3}], "seeds": 2, "metrics": {"y": {"better": "none", "delta": 1}}}"#
    let result = try run("check", "spec.json", spec: spec)
    #expect(result.output.contains("leaves out the cell in which every axis is at its first level"))
    #expect(!result.output.contains("gives no result"))
  }

  @Test func `a first loss far from chance is found`() throws {
    try withTemporaryFolder { folder in
      let wild =
        #"{"dataset": "digits", "body": "none", "tuning": "full", "train_size": 100, "#
        + #""epochs": 2, "learning_rate": 1000}"#
      let spec =
        #"{"settings": {"body": "wild.safetensors", "train_size": 50, "epochs": 1}, "#
        + #""axes": {"dropout": [0, 0.5]}, "seeds": 2}"#
      try Data(wild.utf8).write(to: folder.appending(component: "wild.json"))
      try Data(spec.utf8).write(to: folder.appending(component: "spec.json"))
      let body = try SweepBinary.run(
        ["train", "--settings", "wild.json", "--seed", "0", "--save-body", "wild.safetensors"],
        in: folder
      )
      #expect(body.exitCode == 0, "\(body.errors)")
      let result = try SweepBinary.run(["check", "spec.json"], in: folder)
      #expect(result.output.contains("The loss before the first step is"), "\(result)")
    }
  }

  @Test func `a probe's estimate is there when the sweep runs`() throws {
    try withTemporaryFolder { folder in
      let spec =
        #"{"name": "probed", "settings": {"train_size": 100, "epochs": 12}, "axes": {"dropout": [0, 0.5]}, "seeds": 4}"#
      try Data(spec.utf8).write(to: folder.appending(component: "spec.json"))
      _ = try SweepBinary.run(["plan", "spec.json", "--probe"], in: folder)
      let run = try SweepBinary.run(["run", "spec.json", "-j", "1"], in: folder)
      #expect(run.errors.contains("from a probe of 2 kinds of run"), "\(run)")
      let report = try SweepBinary.run(["report"], in: folder).output
      #expect(report.contains("8 runs took"))
      #expect(report.contains("at -j 1"))
    }
  }
}
