import Execution
import Foundation
import Notation
import Statistics
import Storage
import Sweeps
import TestSupport
import Testing

struct SpecSourceTests {
  private func write(_ files: [String: String], to folder: URL) throws {
    for (name, text) in files {
      let file = folder.appending(path: name)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(),
        withIntermediateDirectories: true
      )
      try Data(text.utf8).write(to: file)
    }
  }

  private func read(_ name: String, in folder: URL, _ overrides: [String] = []) throws -> Spec {
    try Spec.read(
      path: folder.appending(path: name).path,
      trainer: exampleTrainer,
      files: Disk(),
      overrides: overrides
    )
  }

  @Test func `a spec overrides its base key by key and has a name of its own`() throws {
    try withTemporaryFolder { folder in
      try write(
        [
          "base.json": #"""
          {"name": "base", "settings": {"epochs": 5, "width": 8},
           "axes": {"dropout": [0, 0.5], "tuning": ["full", "head"]}, "seeds": 3,
           "metrics": {"accuracy": {"better": "higher", "delta": 0.01}}}
          """#,
          "sub/longer.json": #"""
          {"extends": "../base.json", "settings": {"epochs": 50, "tuning": "head"},
           "axes": {"width": [8, 16]}, "metrics": {"accuracy": {"delta": 0.005}}}
          """#,
        ],
        to: folder
      )
      let spec = try read("sub/longer.json", in: folder)
      #expect(spec.name == "longer")
      #expect(spec.settings == ["epochs": 50, "tuning": "head"])
      #expect(spec.axes.map(\.name) == ["dropout", "width"])
      #expect(spec.seeds == [0, 1, 2])
      #expect(spec.metrics == [Metric(name: "accuracy", delta: 0.005, better: .higher)])
      #expect(!spec.text.contains("extends"))
    }
  }

  /// Files that stand in no folder.
  private struct Memory: SpecFiles {
    let texts: [String: String]

    func bytes(of path: String) throws(SpecError) -> [UInt8] {
      guard let text = texts[path] else { throw .missingFile(path) }
      return Array(text.utf8)
    }

    func exists(_ path: String) -> Bool { texts[path] != nil }
    func canonical(_ path: String) -> String { path }

    func digest(of inputs: [String], in directory: String) throws(SpecError) -> InputDigest {
      InputDigest(hexadecimal: inputs.joined(), byInput: [:])
    }
  }

  @Test func `a spec asks for its base, its inputs and their digests, and looks at no disk`() throws
  {
    var texts = [
      "/s/base.json": #"{"axes": {"lr": [1, 2]}, "seeds": 1, "inputs": ["x.py"]}"#, "/s/x.py": "",
      "/s/a.json": #"{"extends": "base.json", "command": ["python3", "x.py"]}"#,
    ]
    let spec = try Spec.read(
      path: "/s/a.json",
      trainer: exampleTrainer,
      files: Memory(texts: texts)
    )
    #expect(spec.axes.map(\.name) == ["lr"])
    let identity = try RunIdentity(
      spec,
      trainer: exampleTrainer,
      files: Memory(texts: texts)
    )
    let canonical = String(decoding: identity.canonical([0], seed: 0), as: UTF8.self)
    #expect(canonical.contains(#""data":"x.py""#))
    texts["/s/x.py"] = nil
    let faults = #expect(throws: SpecFaults.self) {
      try Spec.read(path: "/s/a.json", trainer: exampleTrainer, files: Memory(texts: texts))
    }
    #expect(faults?.faults.map(\.error) == [.missingInput("x.py")])
  }

  @Test func `a loop of bases is found`() throws {
    try withTemporaryFolder { folder in
      try write(
        ["a.json": #"{"extends": "b.json"}"#, "b.json": #"{"extends": "a.json"}"#],
        to: folder
      )
      let faults = #expect(throws: SpecFaults.self) { try read("a.json", in: folder) }
      #expect(faults?.faults.map(\.error) == [.extendsLoop(["a.json", "b.json", "a.json"])])
    }
  }

  @Test func `a missing file is one sentence`() throws {
    try withTemporaryFolder { folder in
      let faults = #expect(throws: SpecFaults.self) { try read("none.json", in: folder) }
      let path = folder.appending(path: "none.json").path
      #expect(
        faults?.description
          == "There is no file '\(path)'. 'sweep init' writes a spec to start from."
      )
    }
  }

  @Test(arguments: [
    (["dropout=0,0.3"], #"{"dropout":[0,0.3],"tuning":["full","head"]}"#, "{}"),
    (["dropout=0.3"], #"{"dropout":[0.3],"tuning":["full","head"]}"#, "{}"),
    (["epochs=5"], #"{"dropout":[0,0.5],"tuning":["full","head"]}"#, #"{"epochs":5}"#),
    (
      ["width=8,16"], #"{"dropout":[0,0.5],"tuning":["full","head"],"width":[8,16]}"#, "{}"
    ),
    (["settings.dropout=0.1"], #"{"tuning":["full","head"]}"#, #"{"dropout":0.1}"#),
    (
      ["dropout={\"from\":0,\"to\":0.4,\"count\":2}", "tuning=head"],
      #"{"dropout":{"from":0,"to":0.4,"count":2},"tuning":["head"]}"#, "{}"
    ),
  ])
  func `overrides replace levels and settings`(
    overrides: [String],
    axes: String,
    settings: String
  ) throws {
    let spec = try exampleSpec(
      #"{"axes": {"dropout": [0, 0.5], "tuning": ["full", "head"]}, "settings": {}}"#,
      overrides: overrides
    )
    let stored = try #require(JSON(line: spec.text.utf8)?.object)
    #expect(stored["axes"]?.text == axes)
    #expect(stored["settings"]?.text == settings)
  }

  @Test func `overrides reach every key of a spec`() throws {
    let spec = try exampleSpec(
      #"{"metrics": {"accuracy": {"better": "higher", "delta": 0.01}}}"#,
      overrides: [
        "seeds=8", "name=007 again", "limits.timeout=10m", "metrics.accuracy.delta=0.02",
        "sample.count=3", "body=letters",
      ]
    )
    #expect(spec.seeds.count == 8)
    #expect(spec.name == "007 again")
    #expect(spec.limits.timeout == .duration(.seconds(600)))
    #expect(spec.metrics[0].delta == 0.02)
    #expect(spec.sample?.count == 3)
    #expect(spec.settings == ["body": "letters"])
    #expect(try exampleSpec("{}", overrides: ["seeds=3,1,2"]).seeds == [3, 1, 2])
  }
}
