import Reports
import Testing

struct VerificationTests {
  private func differences(_ written: String, _ computed: String) -> [Verification.Difference] {
    Verification(Array(written.utf8), against: Array(computed.utf8)).differences
  }

  private func numbers(_ line: String) -> [String] {
    let bytes = Array(line.utf8)
    return WrittenNumbers(in: bytes[...]).ranges.map { String(decoding: bytes[$0], as: UTF8.self) }
  }

  @Test func `numbers of every format are found whole`() {
    #expect(
      numbers("| −0.0487 | ×5.02 | +0.43 points | 5 of 5 |") == [
        "−0.0487", "5.02", "+0.43", "5", "5",
      ]
    )
    #expect(numbers("\"a\":[1e-05,-2.5E+3,\"nan\"]") == ["1e-05", "-2.5E+3"])
    #expect(numbers("0→0.5  p < 0.001 (95 % CI)") == ["0", "0.5", "0.001", "95"])
    #expect(numbers("F1 00cd7 e5 x_1 run2 5be5b8a1c2f04d77").isEmpty)
    #expect(numbers("1,234 a-1 2026-02-14") == ["1", "234", "1", "2026", "02", "14"])
    #expect(numbers("").isEmpty)
  }

  @Test func `another number is named with its line, and other words are no number`() {
    let computed = "a\n| dropout | −0.048 | 3 |\nIt rose.\n"
    #expect(differences(computed, computed).isEmpty)
    #expect(
      differences("a\n| dropout | −0.050 | 3 |\nIt rose.\n", computed) == [
        .number(line: 2, written: "−0.050", computed: "−0.048", context: "| dropout | −0.050 | 3 |")
      ]
    )
    #expect(
      differences("a\n| dropout | −0.048 | 3 |\nIt fell.\n", computed) == [
        .words(line: 3, written: "It fell.", computed: "It rose.")
      ]
    )
  }

  @Test func `a cell that grew with its number is still a number`() {
    #expect(
      differences("| 10000 |\n| ----: |\n", "|  9 |\n| -: |\n") == [
        .number(line: 1, written: "10000", computed: "9", context: "| 10000 |"),
        .words(line: 2, written: "| ----: |", computed: "| -: |"),
      ]
    )
  }

  @Test func `a line more or less does not disturb the others`() {
    let computed = (1...9).map { "line \($0)" }.joined(separator: "\n")
    #expect(
      differences("line 1\nline 2\nmine\n" + computed.dropFirst(14), computed) == [
        .extra(line: 3, written: "mine")
      ]
    )
    #expect(
      differences("line 1\n" + computed.dropFirst(14), computed) == [
        .missing(after: 1, computed: "line 2")
      ]
    )
    #expect(
      differences(computed + "\nmore", computed) == [.extra(line: 10, written: "more")]
    )
    #expect(differences("", "a") == [.missing(after: 0, computed: "a")])
  }

  @Test(arguments: ["\r\n", "\r"])
  func `other ends of lines are no difference, but they are told of`(end: String) {
    let written = ["a 1", "b 2", ""].joined(separator: end)
    let check = Verification(Array(written.utf8), against: Array("a 1\nb 2\n".utf8))
    #expect(check.differences.isEmpty)
    #expect(check.notes.count == 1)
    let marked = Verification(Array("\u{FEFF}a\n".utf8), against: Array("a\n".utf8))
    #expect(marked.differences.isEmpty && marked.notes.count == 1)
  }

  @Test func `a moved picture is a difference`() {
    #expect(differences("x  [=*=]  :  1", "x  :  [=*=]  1").count == 1)
  }
}
