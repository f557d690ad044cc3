import Notation
import Statistics
import Sweeps
import TestSupport
import Testing

struct SealTests {
  /// The payload and digest are those of the statistical reference set, made with Python's hashlib.
  @Test func `a seal is the one of the reference`() throws {
    let payload: JSON = [
      "who": "ana", "factor": "dropout", "from": "0", "to": "0.2", "metric": "accuracy",
      "direction": "up", "confidence_pct": 70, "lo": "0.00", "hi": "0.03", "level_pct": 80,
      "rationale": "less co-adaptation – “noise” helps",
      "config_sha256": "abababababababababababababababababababababababababababababababab",
    ]
    let object = try #require(payload.object)
    #expect(
      payload.canonical
        == """
        {"confidence_pct":70,"config_sha256":"abababababababababababababababababababababababababababababababab","direction":"up","factor":"dropout","from":"0","hi":"0.03","level_pct":80,"lo":"0.00","metric":"accuracy","rationale":"less co-adaptation – “noise” helps","to":"0.2","who":"ana"}
        """
    )
    #expect(
      Seal.digest(nonce: "00112233445566778899aabbccddeeff", payload: object)
        == "b527cd7df85aa9334098873429e247ddf485ad984db9aa2ca96dabf893c74868"
    )
  }

  @Test func `a nonce has 128 bits and is never the same`() {
    let nonces = (0..<100).map { _ in Seal.freshNonce() }
    #expect(nonces.allSatisfy { $0.count == 32 && $0.allSatisfy(\.isHexDigit) })
    #expect(Set(nonces).count == 100)
  }

  @Test func `a payload reads back as the prediction`() throws {
    let question = try predictedSpec().questions[0]
    let made = prediction("ana \"x\"\n<b>", question, .none, round: 2)
    let read = try #require(Prediction(payload: made.payload(config: "c")))
    #expect(read.who == made.who)
    #expect(read.round == 2)
    #expect(read.asked.question == question.question)
    #expect(read.direction == .none)
    #expect(read.confidencePercent == 70)
    #expect(read.rationale == made.rationale)
  }
}
