import Foundation
import TestSupport
import Testing

/// `sweep explain`: every code has a page, and what a page shows is refused with its code.
struct ExplainTests {
  private struct Page: Decodable {
    struct Example: Decodable {
      let command: String?
      let spec: String?
      let situation: String?
    }

    let code: String
    let title: String
    let meaning: String
    let example: Example
    let mend: String
  }

  private func explain(_ words: String...) throws -> SweepBinary.Result {
    try withTemporaryFolder { try SweepBinary.run(["explain"] + words, in: $0) }
  }

  private func pages() throws -> [Page] {
    try JSONDecoder().decode([Page].self, from: Data(try explain("--json", "--list").output.utf8))
  }

  /// The codes of the list, which comes from the names and not from the pages.
  private func listed() throws -> [String] {
    try explain("--list").output.split(separator: "\n")
      .compactMap { $0.split(separator: " ").first.map(String.init) }
  }

  @Test func `every code has a page with a meaning, an example and a mend`() throws {
    let listed = try listed()
    #expect(listed.count > 100 && Set(listed).count == listed.count)
    #expect(listed.allSatisfy { $0.wholeMatch(of: #/[a-z]+\.[a-z]+(-[a-z]+)*/#) != nil })
    let pages = try pages()
    #expect(pages.map(\.code) == listed)
    for page in pages {
      let texts = [page.title, page.meaning, page.mend]
      #expect(texts.allSatisfy { !$0.isEmpty && !$0.contains("\n") }, "\(page.code)")
      #expect(page.meaning.hasSuffix(".") && page.mend.hasSuffix("."), "\(page.code)")
      #expect((page.example.command ?? page.example.situation)?.isEmpty == false, "\(page.code)")
    }
  }

  @Test func `what an example shows is refused with its code and no other`() throws {
    let pages = try pages()
    var tried: [String] = []
    for page in pages {
      guard let command = page.example.command else { continue }
      try withTemporaryFolder { folder in
        if let spec = page.example.spec {
          try Data(spec.utf8).write(to: folder.appending(component: "spec.json"))
        }
        let words = command.split(separator: " ").dropFirst().map(String.init)
        let (exitCode, errors) = try onTerminal(words, in: folder)
        let lines = errors.split(separator: "\n").filter { $0.hasPrefix("More: ") }
        #expect(lines == ["More: sweep explain \(page.code)"], "\(page.code): \(errors)")
        #expect(exitCode >= 64, "\(page.code)")
      }
      tried.append(page.code)
    }
    // Of what can be wrong with a spec only this takes more than an example.
    let specs = pages.map(\.code).filter { $0.hasPrefix("spec.") }
    #expect(Set(specs).subtracting(tried) == ["spec.diagram-too-large"])
  }

  @Test func `several faults are signed once each, and a program gets the sentence alone`() throws {
    try withTemporaryFolder { folder in
      let spec = #"{ "setings": {}, "colour": 1, "seeds": 0 }"#
      try Data(spec.utf8).write(to: folder.appending(component: "spec.json"))
      let (_, errors) = try onTerminal(["plan", "spec.json"], in: folder)
      #expect(errors.hasSuffix("\nMore: sweep explain spec.unknown-key spec.mismatch\n"))
      let piped = try SweepBinary.run(["plan", "spec.json"], in: folder)
      #expect(piped.exitCode == 64 && piped.errors.hasSuffix("3 faults.\n"))
      #expect(!piped.errors.contains("sweep explain"))
    }
  }

  @Test func `a page says what, where and how to mend`() throws {
    let page = try explain("spec.unknown-key")
    #expect(page.output.hasPrefix("spec.unknown-key: A key that does not exist here\n\n"))
    #expect(page.output.contains("\n  $ sweep plan spec.json\n  spec.json: { \"setings\": {} }\n"))
    #expect(page.output.contains("\nMend\n  Take the name"))
    let family = try explain("lock", "machine.shortage").output
    #expect(family.contains("lock.busy: ") && family.contains("lock.elsewhere: "))
    #expect(family.contains("machine.shortage: "))
  }

  @Test func `a wrong code is refused with the nearest`() throws {
    let slip = try explain("spec.unknwon-key")
    #expect(slip.exitCode == 64)
    #expect(slip.errors.contains("Did you mean 'spec.unknown-key'?"))
    #expect(try explain().exitCode == 64)
    #expect(try explain("--format", "md", "spec").exitCode == 64)
  }

  @Test func `the page of the documentation has a section for each code`() throws {
    let sections = try explain("--format", "md").output.split(separator: "\n")
      .filter { $0.hasPrefix("## ") }.map { String($0.dropFirst(3)) }
    #expect(try sections == listed())
  }

  /// Runs the program with a terminal for its errors.
  private func onTerminal(
    _ arguments: [String],
    in folder: URL
  ) throws -> (exitCode: Int32, errors: String) {
    var (terminal, other): (Int32, Int32) = (-1, -1)
    try #require(openpty(&terminal, &other, nil, nil, nil) == 0)
    // The end that the program writes to stays open: with none what was written is gone on some systems.
    defer {
      close(terminal)
      close(other)
    }
    let path = String(cString: try #require(ttyname(other)))
    let child = try Child(
      SweepBinary.url,
      arguments,
      in: folder,
      environment: ProcessInfo.processInfo.environment,
      errors: path
    )
    let exitCode = child.wait()
    try #require(fcntl(terminal, F_SETFL, O_NONBLOCK) == 0)
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 4096)
    while case let count = read(terminal, &piece, piece.count), count > 0 {
      bytes += piece[..<count]
    }
    return (exitCode, String(decoding: bytes, as: UTF8.self).replacing("\r\n", with: "\n"))
  }
}
