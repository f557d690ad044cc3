import Execution
import Foundation
import Notation
import Sweeps
import TestSupport
import Testing

struct MetricsFileTests {
  private func measurements(_ name: String, _ text: String) throws -> Measurements {
    try withTemporaryFolder { folder in
      let file = folder.appending(component: name)
      try Data(text.utf8).write(to: file)
      var output = WorkerOutput()
      try MetricsFile(path: file.path).give(to: &output)
      return output.measurements
    }
  }

  @Test func `a table with epochs is a curve whose last values are the results`() throws {
    let found = try measurements(
      "metrics.csv",
      "epoch,loss,note\r\n1,0.5,\"a, b\"\r\n2,nan,\r\n3,0.25,x\r\n"
    )
    #expect(found.curve.map(\.position) == [1, 2, 3])
    #expect(found.curve[1].metrics["loss"]?.isNaN == true)
    #expect(found.final == ["loss": 0.25])
  }

  @Test func `a table without epochs gives its last row`() throws {
    let found = try measurements("metrics.csv", "loss,accuracy\n1,0.5\n0.5,\n")
    #expect(found.final == ["loss": 0.5, "accuracy": 0.5])
    #expect(found.curve.isEmpty)
  }

  @Test func `JSON lines may be of the protocol or plain objects`() throws {
    let found = try measurements(
      "log.jsonl",
      "{\"epoch\": 1, \"loss\": 2}\nnonsense\n{\"accuracy\": 0.5}\n"
    )
    #expect(found.curve.count == 1)
    #expect(found.final == ["loss": 2, "accuracy": 0.5])
  }

  @Test func `a file that is not there is told by its path`() {
    #expect(throws: MetricsFile.Fault.unreadable("/nowhere/metrics.csv")) {
      try MetricsFile(path: "/nowhere/metrics.csv")
    }
  }
}
