import Execution
import Notation
import Storage
import Sweeps
import TestSupport
import Testing

/// Specs and output of programs, changed at random: never a crash, never a hang, never a place outside the text.
struct MutationTests {
  @Test func `1,000 changed specs are read or refused with places inside them`() throws {
    try MutationTrial(count: 1000, seed: 1).specs()
  }

  @Test func `5,000 changed lines of programs are read`() throws {
    try MutationTrial(count: 5000, seed: 1).lines()
  }
}

/// The long proof, for `make slow`.
@Suite(.enabled(if: runsLongTests))
struct SlowMutationTests {
  @Test func `100,000 changed specs are read or refused with places inside them`() throws {
    try MutationTrial(count: 100_000, seed: 2).specs()
  }

  @Test func `100,000 changed lines of programs are read`() throws {
    try MutationTrial(count: 100_000, seed: 2).lines()
  }
}

/// Many changed texts and what reading them must never do.
struct MutationTrial {
  let count: Int
  let seed: Int

  /// No text of this size takes a reader longer, on any machine that is not stopped.
  private static let limit = Duration.seconds(20)

  private static let specs = [
    #"""
    {"name": "a", "settings": {"dataset": "digits", "epochs": 5},
     "axes": {"weight_decay": [0, 0.5, 1e1], "dropout": {"from": 0, "to": 0.5, "count": 3}},
     "seeds": [1, 2], "metrics": {"accuracy": {"better": "higher", "delta": 0.01}},
     "exclude": [{"dropout": 0.5}], "limits": {"timeout": "10m", "retries": 1, "halt": "10%"}}
    """#,
    #"""
    {"command": ["python3", "a.py", "--lr={lr}", "{{x}}"], "axes": {"lr": [1, "b", {"c": [null]}],
     "z": {"zip": {"p": [1, 2], "q": ["x", "y"]}}}, "sample": {"count": 3, "method": "random", "seed": 1},
     "questions": [{"id": "q", "factor": "lr", "from": 1, "to": "b", "metric": "loss", "ask": "?"}],
     "metrics": {"loss": {"better": "lower", "delta": 0.1}}, "seeds": 3}
    """#,
  ].map { Array($0.utf8) }

  private static let lines = [
    #"{"epoch": 3, "train_loss": 0.41, "valid_loss": NaN}"#,
    #"{"final": {"accuracy": 0.93, "note": "a\u00e9\n", "x": [1, {"y": null}]}, "correct": "AAEC"}"#,
    #"{"diverged": {"epoch": 3, "reason": "nan"}}"#, #"loss: 0.5, accuracy: 1e-3"#,
  ].map { Array($0.utf8) }

  func specs() throws {
    var mutation = Mutation(seed: seed)
    var deep = 0
    for _ in 0..<count {
      let text = mutation.changed(Self.specs[mutation.index(below: Self.specs.count)], most: 4)
      let source = SourceText(path: "mutant.json", bytes: text)
      let clock = ContinuousClock()
      let start = clock.now
      do {
        _ = try Spec.read(
          source,
          name: "mutant",
          directory: "/nowhere",
          trainer: exampleTrainer,
          overrides: []
        )
        deep += 1
      } catch {
        let faults = error
        try #require(!faults.faults.isEmpty)
        for fault in faults.faults {
          guard let place = fault.place, place.source == source else { continue }
          try #require(place.range.lowerBound >= 0 && place.range.upperBound <= text.count)
        }
        try #require(!faults.description.isEmpty)
        // Past the first token: the first fault lies behind the opening brace.
        if faults.faults.contains(where: { $0.place.map { $0.range.lowerBound > 0 } ?? true }) {
          deep += 1
        }
      }
      try #require(start.duration(to: clock.now) < Self.limit)
    }
    #expect(deep * 2 >= count, "\(deep) of \(count) got past the first token")
  }

  func lines() throws {
    var mutation = Mutation(seed: seed)
    let pattern = try LinePattern(#"(?<name>\w+): (?<value>\S+)"#)
    var understood = 0
    for _ in 0..<count {
      var output = WorkerOutput(pattern: pattern)
      var splitter = LineSplitter()
      // Its first byte stays, so that three lines of four get past it.
      let text = mutation.changed(Self.lines[mutation.index(below: Self.lines.count)], most: 2)
      let clock = ContinuousClock()
      let start = clock.now
      text.withUnsafeBytes { bytes in
        splitter.read(bytes) { if case .line(let line) = $0, output.read(line) { understood += 1 } }
      }
      splitter.end { if case .line(let line) = $0, output.read(line) { understood += 1 } }
      try #require(output.measurements.final.count <= 100)
      try #require(start.duration(to: clock.now) < Self.limit)
    }
    #expect(understood * 10 >= count, "\(understood) of \(count) were lines of the protocol")
  }
}
