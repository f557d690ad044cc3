import Foundation
import TestSupport
import Testing

/// What `run` and `predict` say where something that they need is missing or broken.
struct StarvedTests {
  private static let spec = """
    {"name": "trial", "command": ["sh", "worker.sh", "{a}"], "axes": {"a": [0, 1]}, "seeds": 10,
     "metrics": {"loss": {"better": "lower", "delta": 0.1}},
     "questions": [{"id": "q", "factor": "a", "from": 0, "to": 1, "metric": "loss"}]}
    """
  private static let answers = """
    who,round,question,direction,confidence_pct,rationale
    ana,1,q,up,70,because

    """

  private func sweepFolder(_ folder: URL) throws -> SweepFolder {
    try SweepFolder(
      folder,
      files: [
        "trial.json": Self.spec, "worker.sh": "echo '{\"final\": {\"loss\": 1}}'",
        "answers.csv": Self.answers,
      ]
    )
  }

  @Test(arguments: [(20, 64), (32, 64), (64, 0), (200, 0)])
  func `few files that may be open make few runs at a time, or a sentence`(limit: Int, code: Int32)
    throws
  {
    try withTemporaryFolder { url in
      _ = try sweepFolder(url)
      let result = try SweepBinary.run(
        ["-c", "ulimit -n \(limit); exec \"$0\" run trial.json -j 50", SweepBinary.url.path],
        in: url,
        executable: URL(fileURLWithPath: "/bin/sh")
      )
      #expect(result.exitCode == code, "\(result.errors)")
      #expect(result.errors.contains("ulimit -n"))
    }
  }

  @Test func `predictions that cannot be read refuse a start instead of counting as none`() throws {
    try withTemporaryFolder { url in
      _ = try sweepFolder(url)
      let sealed = try SweepBinary.run(["predict", "trial.json", "--from", "answers.csv"], in: url)
      #expect(sealed.exitCode == 0, "\(sealed.errors)")
      let file = url.appending(path: "results/trial/predictions.jsonl")
      let whole = try Data(contentsOf: file)
      try (whole + Data("{\"nonce\":\"5f".utf8)).write(to: file)
      let torn = try SweepBinary.run(["run", "trial.json"], in: url)
      #expect(
        torn.exitCode == 74 && torn.errors.contains("was not written whole"),
        "\(torn.errors)"
      )
      #expect(!torn.errors.contains("NSCocoa"))
      try FileManager.default.removeItem(at: file)
      try FileManager.default.createDirectory(at: file, withIntermediateDirectories: false)
      let unreadable = try SweepBinary.run(["run", "trial.json"], in: url)
      #expect(unreadable.exitCode == 74 && unreadable.errors.contains("cannot be read"))
      #expect(!FileManager.default.fileExists(atPath: url.path + "/results/trial/runs"))
      try FileManager.default.removeItem(at: file)
      try (whole + Data("{\"nonce\":\"5f".utf8)).write(to: file)
      let healed = try SweepBinary.run(["predict", "trial.json", "--from", "answers.csv"], in: url)
      #expect(healed.exitCode == 0, "\(healed.errors)")
      #expect(try Data(contentsOf: file) == whole)
      #expect(try SweepBinary.run(["run", "trial.json"], in: url).exitCode == 0)
    }
  }
}
