import Execution
import Foundation
import Notation
import Storage
import Sweeps
import TestSupport
import Testing

struct FingerprintsTests {
  @Test func `a changed input is told by its name, and only that`() throws {
    try withTemporaryFolder { folder in
      for name in ["a.py", "b.py"] {
        try Data(name.utf8).write(to: folder.appending(component: name))
      }
      let file = folder.appending(component: "spec.json")
      try Data(#"{"command": ["true"], "inputs": ["a.py", "b.py"], "seeds": 1}"#.utf8).write(
        to: file
      )
      let spec = try Spec.read(path: file.path, trainer: exampleTrainer, files: Disk())
      let before = try provenance(of: spec)
      try Data("changed".utf8).write(to: folder.appending(component: "b.py"))
      let after = try provenance(of: spec)
      #expect(before.changes(since: before) == [])
      #expect(after.changes(since: before) == ["'b.py' changed."])
    }
  }

  private func provenance(of spec: Spec) throws -> Provenance {
    Provenance(
      specDigest: spec.digest,
      commandLine: [],
      directory: "/",
      version: "1",
      trainerVersion: nil,
      command: spec.command,
      git: nil,
      host: .current,
      jobs: 1,
      limits: [:],
      fingerprints: try Grid(spec, trainer: exampleTrainer, files: Disk()).fingerprints
    )
  }

  @Test func `another version of the trainer is told`() {
    func trained(by version: Int) -> Provenance {
      Provenance(
        specDigest: "",
        commandLine: [],
        directory: "/",
        version: "1",
        trainerVersion: version,
        command: nil,
        git: nil,
        host: .current,
        jobs: 1,
        limits: [:],
        fingerprints: [:]
      )
    }
    #expect(
      trained(by: 4).changes(since: trained(by: 3)) == [
        "The built-in trainer is another one (version 3 then, 4 now)."
      ]
    )
  }

  @Test func `each combination of data that is read has a digest`() throws {
    let spec = try exampleSpec(
      #"{"settings": {"dataset": "digits"}, "axes": {"body": ["none", "letters"], "dropout": [0, 0.5]}, "seeds": 1}"#
    )
    let found = try Grid(spec, trainer: exampleTrainer, files: Disk()).fingerprints
    #expect(
      Set(found.keys) == [
        #"{"dataset":"digits","body":"none"}"#, #"{"dataset":"digits","body":"letters"}"#,
      ]
    )
  }

  @Test func `files of a command that are newer than a result are found`() throws {
    try withTemporaryFolder { folder in
      try Data().write(to: folder.appending(component: "a.py"))
      let command = ["python3", "a.py", "--lr", "{lr}", "missing.py"]
      #expect(Disk().changed(in: command, of: folder.path, after: .distantPast) == ["a.py"])
      #expect(Disk().changed(in: command, of: folder.path, after: .distantFuture) == [])
    }
  }

  @Test func `provenance reads back as it was written`() throws {
    let written = Provenance(
      specDigest: "ab",
      commandLine: ["sweep", "run", "a b.json"],
      directory: "/x",
      version: "1",
      trainerVersion: 2,
      command: nil,
      git: Provenance.Git(
        commit: "c0ffee",
        isDirty: true,
        changedFiles: ["a.py"],
        differenceDigest: "ab"
      ),
      host: .current,
      jobs: 3,
      limits: ["cores": "1"],
      fingerprints: ["digits": "00"]
    )
    #expect(Provenance(written.json) == written)
    let nothing = JSON(line: #"{"specDigest": "ab"}"#.utf8)
    #expect(nothing.flatMap(Provenance.init) == nil)
  }

  @Test func `provenance is kept in the form in which earlier versions kept it`() throws {
    let kept = #"""
      {"command":["sh","worker.sh"],"commandLine":["sweep","run","trial.json"],"directory":"/class",\#
      "fingerprints":{"a/b.py":"00"},"git":{"commit":"c0ffee","isDirty":true},\#
      "host":{"boot":"6c1f0e5a","cores":2,"name":"desk","processor":"processor","system":"system"},\#
      "jobs":3,"limits":{"cores":"1","retries":"0"},"specDigest":"25d3","version":"0.1.0"}
      """#
    let provenance = try #require(JSON(line: kept.utf8).flatMap(Provenance.init))
    #expect(provenance.json.text == kept)
  }
}
