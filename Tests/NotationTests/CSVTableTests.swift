import Notation
import Testing

struct CSVTableTests {
  private func table(_ text: String) -> CSVTable {
    CSVTable(SourceText(path: "t.csv", text: text))
  }

  @Test func `fields in quotes keep commas, quotes and line ends`() {
    let table = table("a,b\n\"1,5\",\"say \"\"hi\"\"\nthere\"\nx,\n")
    #expect(table.header == ["a", "b"])
    #expect(table.rows.map(\.fields) == [["1,5", "say \"hi\"\nthere"], ["x", ""]])
    #expect(table.faults.isEmpty)
  }

  @Test func `rows know the line on which they begin`() {
    let table = table("a,b\r\n1,\"two\r\nlines\"\r\n\r\n3,4")
    #expect(table.rows.map(\.line) == [2, 5])
    #expect(table.rows[0].fields[1] == "two\r\nlines")
  }

  @Test func `a byte-order mark is no part of the first name`() {
    let bytes: [UInt8] = [0xEF, 0xBB, 0xBF] + Array("a\n1".utf8)
    #expect(CSVTable(SourceText(path: "t.csv", bytes: bytes)).column("a") == 0)
  }

  @Test(arguments: ["a,b\r1,2\r", "a,b\n1,2", "a,b\r\n1,2\r\n"])
  func `lines end with CR, LF or both`(text: String) {
    #expect(table(text).rows.map(\.fields) == [["1", "2"]])
  }

  @Test(
    arguments: [
      ("", 1, .empty), ("a,b\n1\n", 2, .fieldCount(1, columns: 2)),
      ("a,b\n1,2\n\n1,2,3\n", 4, .fieldCount(3, columns: 2)),
      ("a\n\"1\n2", 2, .unterminatedQuote), ("a\n\"1\"x\n", 2, .textAfterQuote),
      ("a\n\"\"x\n", 2, .textAfterQuote), ("a,a\n1,2\n", 1, .duplicateColumn("a")),
    ] as [(String, Int, CSVFault.Reason)]
  )
  func `a fault is named with its line`(text: String, line: Int, reason: CSVFault.Reason) {
    #expect(table(text).faults == [CSVFault(line: line, reason: reason)])
  }

  @Test func `bytes that are no text are named`() {
    let bytes = Array("a\n1\n".utf8) + [0xFF, 0x0A]
    let faults = CSVTable(SourceText(path: "t.csv", bytes: bytes)).faults
    #expect(faults == [CSVFault(line: 3, reason: .notUTF8)])
  }
}
