import Execution
import Notation
import Statistics
import Sweeps
import TestSupport
import Testing

struct PredictionImportTests {
  private func read(_ text: String, round: Int? = nil) throws -> PredictionImport {
    PredictionImport(
      CSVTable(SourceText(path: "class.csv", text: text), separators: [",", ";", "\t"]),
      questions: try predictedSpec().questions,
      round: round
    )
  }

  @Test func `one row an answer`() throws {
    let read = try read(
      """
      who,round,question,direction,confidence_pct,rationale
      ana,1,q1,up,70,because
      ben,2,q2,None,85%,"he said ""no"", twice"
      """
    )
    #expect(read.faults.isEmpty)
    #expect(read.predictions.map(\.who) == ["ana", "ben"])
    #expect(read.predictions.map(\.direction) == [.up, .none])
    #expect(read.predictions.map(\.confidencePercent) == [70, 85])
    #expect(read.predictions[1].round == 2)
    #expect(read.predictions[1].rationale == "he said \"no\", twice")
  }

  @Test func `one row a person, as form exports have them`() throws {
    let read = try read(
      """
      Timestamp,Who,q1,q1 confidence,q1 why,q2,q2 confidence,q2 why
      2026/02/14,ana,goes up by more than 0.02 (worse),very sure,a,down,not sure,b
      """
    )
    #expect(read.faults.isEmpty)
    #expect(read.predictions.map(\.asked.id) == ["q1", "q2"])
    #expect(read.predictions.map(\.direction) == [.up, .down])
    #expect(read.predictions.map(\.confidencePercent) == [85, 45])
  }

  @Test func `a change named instead of an id, and backwards`() throws {
    let read = try read(
      """
      who,factor,from,to,metric,at,direction,confidence_pct,rationale
      ana,a,0,1,loss,b=x,up,70,r
      ben,a,1,0,loss,b=x,up,70,r
      """
    )
    #expect(read.faults.isEmpty)
    #expect(read.predictions.map(\.asked.id) == ["q1", "q1"])
    #expect(read.predictions.map(\.direction) == [.up, .down])
  }

  @Test func `every bad row is named and the good ones are kept`() throws {
    let read = try read(
      """
      who,round,question,direction,confidence_pct,rationale
      ana,1,q1,up,70,fine
      ,1,q1,up,70,no name
      textbook,1,q1,up,70,taken
      cy,3,q1,up,70,round
      di,1,q9,up,70,question
      ed,1,q1,sideways,70,direction
      fi,1,q1,up,12,confidence
      gu,1,q1,up,70,
      ha,1,q1,up,70
      io,1,q2,down,34,fine
      """
    )
    #expect(read.predictions.map(\.who) == ["ana", "gu", "io"])
    #expect(read.faults.map(\.line).sorted() == [3, 4, 5, 6, 7, 8, 10])
    #expect(read.faults.allSatisfy { !$0.reason.isEmpty })
  }

  @Test func `the round asked for is the round of rows that name none`() throws {
    let read = try read("who,round,q1\nana,,up\nben,1,up\n", round: 2)
    #expect(read.predictions.map(\.round) == [2, 1])
    #expect(read.notes.map(\.line) == [3])
    #expect(read.notes.first?.reason.contains("round 1") == true)
  }

  @Test func `an answer needs no reason`() throws {
    let read = try read("who,q1,q1 confidence,q1 why,q2\nana,up,,,\n")
    #expect(read.faults.isEmpty)
    #expect(read.predictions.map(\.asked.id) == ["q1"])
    #expect(read.predictions.map(\.rationale) == [""])
  }

  @Test func `a misspelt column is a fault that names the right one, a form's own column a note`()
    throws
  {
    let read = try read("Timestamp,who,q1,q1 confidnce,qq2\n2026,ana,up,70,up\n")
    #expect(read.faults.map(\.line) == [1, 1])
    #expect(read.faults.first?.reason.contains("Did you mean 'q1 confidence'?") == true)
    #expect(read.faults.last?.reason.contains("Did you mean 'q2'?") == true)
    #expect(read.notes.map(\.reason) == ["the column 'Timestamp' is passed over"])
  }

  @Test func `two people of one name are two people, whatever is read first`() throws {
    let read = try read("who,q1,q2\nAna,up,down\nAna,down,down\nben,up,up\n")
    #expect(read.predictions.map(\.who) == ["Ana", "Ana", "Ana (2)", "Ana (2)", "ben", "ben"])
    #expect(read.notes.map(\.line) == [3, 3])
  }

  @Test(arguments: [
    "who,q1,q1 confidence\nana,lower,sure (65 %)\n",
    "\u{FEFF}who;q1;q1 confidence\r\nana;\"falls; I think\";0,65\r\n",
    "who\tq1\tq1 confidence\nana\tD\t65 %\n",
    "who,q1,q1 confidence\nana,goes down by more than 0.02,0.65\n",
  ])
  func `tables come as people's programs write them`(text: String) throws {
    let read = try read(text)
    #expect(read.faults.isEmpty)
    #expect(read.predictions.map(\.direction) == [.down])
    #expect(read.predictions.map(\.confidencePercent) == [65])
  }

  @Test(arguments: [
    ("up", "up"), ("Rises", "up"), ("u", "up"), ("increases a lot", "up"), ("no change", "none"),
    ("stays within 0.02", "none"), ("N", "none"), ("changes by less than 0.02, if at all", "none"),
    ("decreased", "down"), ("upset", nil), ("x", nil), ("", nil), ("lowest", nil),
  ])
  func `a direction is a word for it`(text: String, direction: String?) {
    #expect(AnswerWords.direction(text)?.rawValue == direction)
  }

  @Test(arguments: [
    ("very sure", 85), ("Not sure (45 %)", 45), ("70", 70), ("70\u{A0}%", 70), ("0.7", 70),
    ("1.0", 100), ("1", nil), ("12", nil), ("1e2", nil), ("nan", nil), ("-50", nil), ("101 %", nil),
  ])
  func `a confidence is per cent, a fraction or a word`(text: String, percent: Int?) {
    #expect(AnswerWords.confidence(text) == percent)
  }

  @Test func `formulas and scripts are data`() throws {
    let read = try read(
      """
      who,question,direction,confidence_pct,rationale
      =cmd|' /C calc'!A0,q1,up,70,<script>alert(1)</script>
      """
    )
    #expect(read.predictions.map(\.who) == ["=cmd|' /C calc'!A0"])
    #expect(read.predictions.map(\.rationale) == ["<script>alert(1)</script>"])
  }

  @Test func `a huge field is refused by its length`() throws {
    let huge = String(repeating: "x", count: 100_000)
    let read = try read(
      "who,question,direction,confidence_pct,rationale\nana,q1,up,70,\(huge)\n"
    )
    #expect(read.predictions.isEmpty)
    #expect(read.faults.first?.description.count ?? 0 < 200)
  }

  @Test(arguments: ["", "name,question\n", "who,other\nana,1\n"])
  func `a table without the columns is one fault`(text: String) throws {
    let read = try read(text)
    #expect(read.predictions.isEmpty)
    #expect(!read.faults.isEmpty)
  }

  @Test func `bytes that are no text are named`() throws {
    let table = CSVTable(
      SourceText(
        path: "x",
        bytes: Array("who,question,direction,confidence_pct,rationale\nan".utf8) + [0xFF]
          + Array("a,q1,up,70,r\n".utf8)
      )
    )
    let read = PredictionImport(table, questions: try predictedSpec().questions)
    #expect(!read.faults.isEmpty)
  }
}
