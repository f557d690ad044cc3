import Execution
import Foundation
import Notation
import Storage
import Sweeps
import TestSupport
import Testing

struct RunIdentityTests {
  private func canonical(_ text: String, cell: [Int], seed: Int = 3) throws -> String {
    let identity = try RunIdentity(try exampleSpec(text), trainer: exampleTrainer, files: Disk())
    return String(decoding: identity.canonical(cell, seed: seed), as: UTF8.self)
  }

  @Test func `an id is the digest of canonical JSON without defaults`() throws {
    let text = #"""
      {"settings": {"width": 16, "learning_rate": 0.010, "epochs": 5},
       "axes": {"tuning": ["head", "full"], "dropout": [0, 0.50]}, "seeds": [3]}
      """#
    let digest = Digest.hexadecimal(of: "{}")
    let expected =
      #"{"data":"\#(digest)","seed":3,"settings":{"dropout":0.5,"epochs":5,"learning_rate":0.01,"#
      + #""tuning":"head"},"trainer":7}"#
    #expect(try canonical(text, cell: [0, 1]) == expected)
    let grid = try Grid(try exampleSpec(text), trainer: exampleTrainer, files: Disk())
    #expect(grid[1].id == String(Digest.hexadecimal(of: expected).prefix(16)))
    #expect(
      try canonical(text, cell: [1, 0]).contains(#""settings":{"epochs":5,"learning_rate":0.01}"#)
    )
  }

  @Test func `the worker is part of the identity, in the place that canonical JSON gives it`()
    throws
  {
    let text = try canonical(
      #"{"worker": ["python3", "train.py", "{slot}"], "axes": {"lr": [0.1, 0.2]}}"#,
      cell: [1]
    )
    #expect(
      text == #"{"seed":3,"settings":{"lr":0.2},"worker":["python3","train.py","{slot}"]}"#
    )
    #expect(try #require(JSON(line: text.utf8)).canonical == text)
  }

  @Test func `the canonical text of an identity is canonical JSON`() throws {
    let text = try canonical(
      #"{"settings": {"dataset": "letters"}, "axes": {"augmentation": [{"rotation": 1e1, "flip": true}]}}"#,
      cell: [0],
      seed: -9_007_199_254_740_993
    )
    #expect(try #require(JSON(line: text.utf8)).canonical == text)
  }

  @Test func `moving a setting from fixed to varied does not change the run`() throws {
    let fixed = try Grid(
      try exampleSpec(#"{"settings": {"dropout": 0.5}, "axes": {"width": [8]}}"#),
      trainer: exampleTrainer,
      files: Disk()
    )
    let varied = try Grid(
      try exampleSpec(#"{"settings": {"width": 8}, "axes": {"dropout": [0, 0.50]}}"#),
      trainer: exampleTrainer,
      files: Disk()
    )
    #expect(fixed[0].id == varied[1].id)
  }

  @Test func `a command's identity is its template and its inputs`() throws {
    try withTemporaryFolder { folder in
      let script = folder.appending(path: "train.py")
      let data = folder.appending(path: "data/a.txt")
      try FileManager.default.createDirectory(
        at: data.deletingLastPathComponent(),
        withIntermediateDirectories: true
      )
      func id(_ script: String, _ data: String, command: String = "x") throws -> String {
        try Data(script.utf8).write(to: folder.appending(path: "train.py"))
        try Data(data.utf8).write(to: folder.appending(path: "data/a.txt"))
        let text = #"""
          {"axes": {"x": [1]}, "command": ["\#(command)", "{x}"], "inputs": ["train.py", "data"]}
          """#
        let spec = try Spec.read(
          SourceText(path: "t", text: text),
          name: "t",
          directory: folder.path,
          trainer: exampleTrainer,
          files: Disk()
        )
        return try Grid(spec, trainer: exampleTrainer, files: Disk())[0].id
      }
      _ = script
      let first = try id("one", "two")
      #expect(try id("one", "two") == first)
      #expect(try id("one", "2wo") != first)
      #expect(try id("0ne", "two") != first)
      #expect(try id("one", "two", command: "y") != first)
    }
  }

  @Test func `data is digested once for each distinct data`() throws {
    let calls = Counter()
    let trainer = Trainer(
      version: 1,
      settings: exampleTrainer.settings,
      metrics: [],
      dataSettings: ["dataset", "body"],
      dataDigest: { settings, _ in
        calls.increment()
        return Digest.hexadecimal(of: JSON.object(settings).canonical)
      }
    )
    let spec = try exampleSpec(
      #"{"axes": {"dataset": ["digits", "letters"], "dropout": [0, 0.1, 0.2, 0.3]}, "seeds": 50}"#
    )
    let grid = try Grid(spec, trainer: trainer, files: Disk())
    #expect(Set(grid.map(\.id)).count == 400)
    let part = try grid.selecting(try RunFilter("dropout=0.1", of: spec), of: spec)
    #expect(part.count == 100 && grid.fingerprints.count == 2)
    #expect(calls.count == 2)
  }
}

import Synchronization

/// Counts calls from anywhere.
private final class Counter: Sendable {
  private let value = Mutex(0)
  var count: Int { value.withLock { $0 } }
  func increment() { value.withLock { $0 += 1 } }
}
