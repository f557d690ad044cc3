import Execution
import Notation
import Sweeps
import Testing

struct WorkerOutputTests {
  @Test func `texts among the results are kept up to a length, whole characters of them`() {
    var output = WorkerOutput()
    let long = String(repeating: "é", count: 900_000)
    for index in 0..<40 {
      let results = JSONObject([.init(key: "t\(index)", value: .string(long))])
      let isRead = output.read(JSONObject([.init(key: "final", value: .object(results))]))
      #expect(isRead)
    }
    let texts = output.measurements.texts
    #expect(texts.count == 40)
    #expect(texts.values.reduce(0) { $0 + $1.utf8.count } <= (1 << 20) + 40 * 3)
    #expect(texts["t0"].map { $0.utf8.count <= 1 << 16 && $0.hasSuffix("é…") } == true)
  }

  /// The output of a program that printed these lines, and those that belong to its log.
  private func read(_ lines: [String], pattern: String? = nil) throws -> (
    WorkerOutput, log: [String]
  ) {
    var output = WorkerOutput(pattern: try pattern.map { try LinePattern($0) })
    let log = lines.filter { !output.read(Array($0.utf8)[...]) }
    return (output, log)
  }

  @Test func `lines of the protocol become curves and results, others the log`() throws {
    let (output, log) = try read([
      "starting", #"{"epoch": 1, "train_loss": 0.9, "valid_loss": 1.25}"#, "{not json}",
      #"{"epoch": 2, "train_loss": 0.5}"#, #"{"final": {"accuracy": 0.93}}"#, #"{"other": 1}"#,
      #"[1, 2]"#,
    ])
    let measured = output.measurements
    #expect(
      measured.curve == [
        CurvePoint(unit: .epoch, position: 1, metrics: ["train_loss": 0.9, "valid_loss": 1.25]),
        CurvePoint(unit: .epoch, position: 2, metrics: ["train_loss": 0.5]),
      ]
    )
    #expect(measured.final == ["accuracy": 0.93])
    #expect(log == ["starting", "{not json}", #"{"other": 1}"#, "[1, 2]"])
  }

  @Test func `a name or text that the database would cut is kept whole`() throws {
    let (output, _) = try read([#"{"final": {"a\u0000b": 2, "a": 1, "note": "x\u0000y"}}"#])
    #expect(output.measurements.final == ["a": 1, "a\u{FFFD}b": 2])
    #expect(output.measurements.texts["note"] == "x\u{FFFD}y")
  }

  @Test func `several final lines merge and the last value wins`() throws {
    let (output, _) = try read([
      #"{"final": {"a": 1, "b": 2}}"#, #"{"final": {"b": 3}}"#, #"{"epoch": 9, "c": 4}"#,
    ])
    #expect(output.measurements.final == ["a": 1, "b": 3])
  }

  @Test func `without a final line the last value of each metric counts`() throws {
    let (output, _) = try read([
      #"{"step": 10, "epoch": 1, "loss": 3, "rate": 1}"#, #"{"step": 20, "epoch": 1, "loss": 2}"#,
    ])
    #expect(output.measurements.final == ["loss": 2, "rate": 1])
    #expect(output.measurements.curve.map(\.position) == [10, 20])
    #expect(output.measurements.curve.map(\.unit) == [.step, .step])
  }

  @Test(arguments: [
    ("NaN", "nan"), ("Infinity", "inf"), ("-Infinity", "-inf"), (#""nan""#, "nan"),
    (#""inf""#, "inf"), (#""-inf""#, "-inf"), (#""NaN""#, "nan"),
  ])
  func `what is not finite is a value`(written: String, meant: String) throws {
    let (output, _) = try read(["{\"final\": {\"loss\": \(written)}}"])
    let value = try #require(output.measurements.final["loss"])
    #expect(value.description == meant)
  }

  @Test func `text is kept as text and never as a metric`() throws {
    let (output, _) = try read([
      #"{"final": {"best": "0.5", "note": "fine", "flag": true, "list": [1, 2], "none": null, "seed": 3}}"#
    ])
    #expect(output.measurements.final.isEmpty)
    #expect(
      output.measurements.texts == [
        "best": "0.5", "note": "fine", "flag": "true", "list": "[1,2]", "seed": "3",
      ]
    )
  }

  @Test func `a program says that it diverged, and which images it got right`() throws {
    let (output, _) = try read([
      #"{"final": {"a": 1}, "correct": "oA=="}"#,
      #"{"diverged": {"epoch": 3, "reason": "the loss became nan"}}"#,
    ])
    #expect(output.measurements.correct == [0xA0])
    #expect(output.divergence?.epoch == 3)
    #expect(output.divergence?.reason == "the loss became nan")
  }

  @Test func `a pattern finds metrics in lines for people, which stay in the log`() throws {
    let (output, log) = try read(
      ["loss: 0.75, accuracy: 0.5", "loss: nan", "words: many"],
      pattern: #"(?<name>\w+): (?<value>\S+)"#
    )
    #expect(output.measurements.final["accuracy"] == 0.5)
    #expect(output.measurements.final["loss"]?.isNaN == true)
    #expect(output.measurements.final.count == 2)
    #expect(log.count == 3)
  }

  @Test func `named groups of a pattern are metrics`() throws {
    let (output, _) = try read(
      ["[5/5] loss 0.25 err 3e-2"],
      pattern: #"loss (?<train_loss>\S+) err (?<error_rate>\S+)"#
    )
    #expect(output.measurements.final == ["train_loss": 0.25, "error_rate": 0.03])
  }

  @Test func `bytes that are no UTF-8 are a line of the log`() {
    var output = WorkerOutput()
    let lines: [ArraySlice<UInt8>] = [[0x7B, 0xFF, 0xFE, 0x7D], []]
    #expect(lines.map { output.read($0) } == [false, false])
    #expect(output.measurements == Measurements())
  }
}
