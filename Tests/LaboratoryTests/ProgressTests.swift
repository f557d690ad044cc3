import Foundation
import Laboratory
import Notation
import Storage
import Sweeps
import TestSupport
import Testing

struct ProgressTests {
  private static let spec = """
    { "name": "watched", "axes": { "a": [0, 1] }, "seeds": 2,
      "command": ["sh", "-c", "m=0.25; [ {a} = 1 ] && m=0.86$(echo 75309); for e in 1 2; do echo '{{\\"epoch\\": '$e', \\"loss\\": '$m'}}'; done"],
      "metrics": { "loss": { "better": "lower", "delta": 0.02 } },
      "questions": [ { "id": "q", "factor": "a", "from": 0, "to": 1, "metric": "loss" } ] }
    """

  @Test func `a sweep is watched with the baseline's curves, and no other result`() async throws {
    try await withSweep(Self.spec) { laboratory, _, _ in
      let progress = try #require(try laboratory.progress(of: "watched"))
      #expect(progress.tiles.map(\.levels) == [["0"], ["1"], ["0"], ["1"]])
      #expect(progress.tiles.allSatisfy { $0.status == .ok && $0.duration > .zero })
      #expect(!progress.isRunning && progress.timeLeft == .zero && progress.ledger.ok == 4)
      #expect(progress.baseline.map(\.seed) == [0, 1])
      #expect(progress.baseline.map { $0.curve.coordinates.map(\.position) } == [[1, 2], [1, 2]])
      #expect(progress.baseline.map(\.final) == [["loss": 0.25], ["loss": 0.25]])
      #expect(!"\(progress)".contains("0.8675309"))
      let store = try Store.reading(from: laboratory.results)
      #expect(try store.openQuestions(of: store.sweep(matching: nil)) == ["q"])
      #expect(try laboratory.progress(of: "another") == nil)
    }
  }

  @Test func `nothing is known of a sweep before the first start`() throws {
    try withTemporaryFolder { folder in
      let laboratory = Laboratory(
        results: folder.appending(component: "results").path,
        caller: Laboratory.Caller(program: "sweep", commandLine: [], directory: folder.path)
      )
      let progress = try laboratory.progress(of: "watched")
      #expect(progress == nil)
    }
  }
}
