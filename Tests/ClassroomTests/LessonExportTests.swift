import Classroom
import Notation
import Statistics
import Sweeps
import Testing

struct LessonExportTests {
  @Test func `the votes are read back as they were sealed`() throws {
    let moment = try #require(try Tour(reason: "two, \"quoted\"; words 🎓").moments.last)
    let votes = LessonExport(moment.lesson, facts: moment.facts).votes
    let table = CSVTable(SourceText(path: "votes.csv", text: votes))
    let read = PredictionImport(table, questions: moment.lesson.syllabus.questions)
    #expect(read.faults.isEmpty && read.notes.isEmpty)
    func key(_ prediction: Prediction) -> String { "\(prediction)" }
    let sealed = moment.lesson.predictions(round: 1) + moment.lesson.predictions(round: 2)
    #expect(sealed.count == 72)
    #expect(read.predictions.map(key).sorted() == sealed.map(key).sorted())
  }

  @Test func `a spreadsheet takes no reason for a formula`() throws {
    let moment = try #require(try Tour(name: "=1+1", reason: "=cmd|' /C calc'!A0").moments.last)
    let export = LessonExport(moment.lesson, facts: moment.facts)
    for text in [export.votes, export.reasons, export.participation] {
      let cells = CSVTable(SourceText(path: "", text: text)).rows.flatMap(\.fields)
      #expect(!cells.isEmpty && cells.allSatisfy { !$0.hasPrefix("=") })
    }
  }

  @Test func `participation counts answers and reasons, not who was right`() throws {
    var room = try Rehearsal()
    let ids = people(2)
    for id in ids { try room.act(.joined(id, name: id == ids[0] ? "Ana" : nil)) }
    try room.act(.moved(.asking(question: "dropout", round: 1)))
    try room.answer(ids[0], "dropout", .up, because: "why")
    let text = LessonExport(room.lesson, facts: LessonFacts()).participation
    let rows = CSVTable(SourceText(path: "", text: text)).rows.map(\.fields)
    #expect(rows.map { Array($0.dropFirst(2)) } == [["1", "0", "1"], ["0", "0", "0"]])
    #expect(rows[0][0] == "Ana" && rows[0][1] != "Ana" && rows[1][0] == rows[1][1])
  }
}
