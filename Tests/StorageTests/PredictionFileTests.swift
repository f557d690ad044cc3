import Foundation
import Statistics
import Storage
import Sweeps
import TestSupport
import Testing

struct PredictionFileTests {
  @Test func `a new file is its owner's alone`() throws {
    try withTemporaryFolder { folder in
      let spec = try predictedSpec()
      let file = PredictionFile(results: folder.path, sweepFolder: "p")
      try file.seal([prediction("ana", spec.questions[0], .up)], of: spec, at: moment(0))
      let attributes = try FileManager.default.attributesOfItem(atPath: file.path)
      #expect(attributes[.posixPermissions] as? Int == 0o600)
    }
  }

  @Test func `sealing twice changes nothing`() throws {
    try withTemporaryFolder { folder in
      let spec = try predictedSpec()
      let file = PredictionFile(results: folder.path, sweepFolder: "p")
      let predictions = [
        prediction("ana", spec.questions[0], .up), prediction("ben", spec.questions[0], .down),
      ]
      #expect(try file.seal(predictions, of: spec, at: moment(0)) == 2)
      let before = try Data(contentsOf: URL(fileURLWithPath: file.path))
      #expect(try file.seal(predictions, of: spec, at: moment(10)) == 0)
      #expect(try Data(contentsOf: URL(fileURLWithPath: file.path)) == before)
      #expect(try file.head == file.chain()?.head)
    }
  }

  @Test func `a changed spec is refused and the file is left alone`() throws {
    try withTemporaryFolder { folder in
      let spec = try predictedSpec()
      let file = PredictionFile(results: folder.path, sweepFolder: "p")
      try file.seal([prediction("ana", spec.questions[0], .up)], of: spec, at: moment(0))
      let changed = try predictedSpec(delta: "0.5")
      #expect(
        throws: PredictionFileError.otherSpec(
          path: file.path,
          change: .changed(keys: ["metrics"])
        )
      ) {
        try file.seal([prediction("ben", changed.questions[0], .up)], of: changed, at: moment(1))
      }
      #expect(try file.chain()?.links.count == 1)
    }
  }

  @Test func `people who seal at the same time do not break the chain`() async throws {
    try await withTemporaryFolder { folder in
      let spec = try predictedSpec()
      let file = PredictionFile(results: folder.path, sweepFolder: "p")
      try await withThrowingTaskGroup(of: Void.self) { group in
        for person in 0..<20 {
          group.addTask {
            try file.seal(
              [prediction("p\(person)", spec.questions[0], .up)],
              of: spec,
              at: moment(0)
            )
          }
        }
        try await group.waitForAll()
      }
      #expect(try file.chain()?.links.count == 20)
    }
  }

  @Test func `a sweep without predictions has the head that says so`() throws {
    try withTemporaryFolder { folder in
      let file = PredictionFile(results: folder.path, sweepFolder: "p")
      let (head, chain) = (try file.head, try file.chain())
      #expect(head == PredictionChain.noHead)
      #expect(chain == nil)
    }
  }

  @Test func `a torn line is told, and taken away by the next who predicts`() throws {
    try withTemporaryFolder { folder in
      let spec = try predictedSpec()
      let file = PredictionFile(results: folder.path, sweepFolder: "p")
      try file.seal([prediction("ana", spec.questions[0], .up)], of: spec, at: moment(0))
      let whole = try Data(contentsOf: URL(fileURLWithPath: file.path))
      for count in [1, 7, 60] {
        try (whole + whole.prefix(count))
          .write(to: URL(fileURLWithPath: file.path))
        #expect(throws: PredictionFileError.torn(path: file.path)) { try file.head }
        #expect(throws: PredictionFileError.torn(path: file.path)) { try file.chain() }
      }
      let new = try file.seal(
        [prediction("ben", spec.questions[0], .down)],
        of: spec,
        at: moment(1)
      )
      #expect(new == 1)
      #expect(try file.chain()?.links.map(\.prediction.who) == ["ana", "ben"])
      #expect(try Data(contentsOf: URL(fileURLWithPath: file.path)).starts(with: whole))
    }
  }

  @Test func `a last line without its end does not become one with the next`() throws {
    try withTemporaryFolder { folder in
      let spec = try predictedSpec()
      let file = PredictionFile(results: folder.path, sweepFolder: "p")
      try file.seal([prediction("ana", spec.questions[0], .up)], of: spec, at: moment(0))
      let head = try file.head
      let whole = try Data(contentsOf: URL(fileURLWithPath: file.path))
      try whole.dropLast().write(to: URL(fileURLWithPath: file.path))
      #expect(try file.head == head)
      try file.seal([prediction("ben", spec.questions[0], .down)], of: spec, at: moment(1))
      #expect(try file.chain()?.links.map(\.prediction.who) == ["ana", "ben"])
    }
  }

  @Test func `a first line that was torn leaves a file in which nobody has predicted`() throws {
    try withTemporaryFolder { folder in
      let spec = try predictedSpec()
      let file = PredictionFile(results: folder.path, sweepFolder: "p")
      try FileManager.default.createDirectory(
        atPath: folder.path + "/p",
        withIntermediateDirectories: true
      )
      try Data("{\"at\":".utf8).write(to: URL(fileURLWithPath: file.path))
      #expect(throws: PredictionFileError.torn(path: file.path)) { try file.chain() }
      try file.seal([prediction("ana", spec.questions[0], .up)], of: spec, at: moment(0))
      #expect(try file.chain()?.links.count == 1)
    }
  }

  @Test func `a file that cannot be read is no empty one`() throws {
    try withTemporaryFolder { folder in
      let file = PredictionFile(results: folder.path, sweepFolder: "p")
      try FileManager.default.createDirectory(
        atPath: file.path,
        withIntermediateDirectories: true
      )
      for read in [{ _ = try file.head }, { _ = try file.chain() }] {
        #expect {
          try read()
        } throws: { error in
          guard case PredictionFileError.unreadable = error else { return false }
          return true
        }
      }
    }
  }
}
