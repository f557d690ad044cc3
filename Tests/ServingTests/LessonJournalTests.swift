import Classroom
import Foundation
import Serving
import TestSupport
import Testing

struct LessonJournalTests {
  private let header = LessonRecord.Header(spec: "{ \"name\": \"x\" }\n", questions: ["q1"])

  private func joined(_ person: String, _ name: String? = nil, at: Int = 1) -> LessonAct {
    LessonAct(.joined(person, name: name), at: at)
  }

  private func withPath(_ body: (String) async throws -> Void) async throws {
    try await withTemporaryFolder { folder in
      try await body(folder.appending(components: "sweep", "lesson.jsonl").path)
    }
  }

  @Test func `what was appended is there for the next server`() async throws {
    try await withPath { path in
      let acts = [joined("a", "Ana <b>\n\u{202E}"), joined("b"), LessonAct(.started, at: 3)]
      do {
        let (journal, known) = try LessonJournal.open(path, header)
        #expect(known.isEmpty)
        try await journal.append(Array(acts[..<2]))
        try await journal.append([])
        try await journal.append([acts[2]])
        try await journal.close()
      }
      #expect(try LessonJournal.open(path, header).1.map(\.milliseconds) == [1, 1, 3])
      let text = try String(contentsOfFile: path, encoding: .utf8)
      let record = try #require(try LessonRecord(text, path: path))
      #expect(record.header == header)
      #expect(record.acts.last == acts[2])
    }
  }

  @Test func `a line that was not written whole is taken away`() async throws {
    try await withPath { path in
      do {
        let (journal, _) = try LessonJournal.open(path, header)
        try await journal.append([joined("a"), joined("b")])
        try await journal.close()
      }
      let whole = try Data(contentsOf: URL(fileURLWithPath: path))
      let lineEnds = whole.indices.filter { whole[$0] == UInt8(ascii: "\n") }
      for length in 0...whole.count {
        try whole.prefix(length).write(to: URL(fileURLWithPath: path))
        let (journal, acts) = try LessonJournal.open(path, header)
        let lines = lineEnds.count { $0 < length }
        #expect(acts.count == max(0, lines - 1), "cut after \(length) bytes")
        try await journal.append([joined("c")])
        let text = try await journal.text()
        #expect(try LessonRecord(text, path: path)?.acts.count == acts.count + 1)
        try await journal.close()
      }
    }
  }

  @Test func `a line that says nothing is named, and nothing is lost`() async throws {
    try await withPath { path in
      do { _ = try LessonJournal.open(path, header) }
      let file = URL(fileURLWithPath: path)
      let broken = try String(contentsOf: file, encoding: .utf8) + "{\"at\":1}\n"
      try Data(broken.utf8).write(to: file)
      let error = #expect(throws: ServingError.self) { try LessonJournal.open(path, header) }
      #expect(error?.description.contains("line 2") == true)
      #expect(try String(contentsOf: file, encoding: .utf8) == broken)
    }
  }

  @Test func `one server keeps a lesson, and another spec is another lesson`() async throws {
    try await withPath { path in
      let other = LessonRecord.Header(spec: header.spec, questions: ["q2"])
      try await withOpen(path) {
        #expect(throws: ServingError.busy(path: path)) { try LessonJournal.open(path, header) }
      }
      #expect(throws: ServingError.otherLesson(path: path)) { try LessonJournal.open(path, other) }
    }
  }

  private func withOpen(_ path: String, _ body: () throws -> Void) async throws {
    let (journal, _) = try LessonJournal.open(path, header)
    try body()
    try await journal.close()
  }

  @Test func `deleted names are nowhere in the file, which goes on`() async throws {
    try await withPath { path in
      let (journal, _) = try LessonJournal.open(path, header)
      try await journal.append([
        joined("a", "Ana"), LessonAct(.renamed("a", name: "Anna"), at: 2), joined("b"),
      ])
      try await journal.deleteNames()
      try await journal.append([joined("c")])
      let text = try String(contentsOfFile: path, encoding: .utf8)
      #expect(!text.contains("Ana") && !text.contains("Anna"))
      let record = try #require(try LessonRecord(text, path: path))
      #expect(record.acts == [joined("a"), joined("b"), joined("c")])
      #expect(throws: ServingError.busy(path: path)) { try LessonJournal.open(path, header) }
    }
  }
}
