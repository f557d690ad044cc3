import Foundation
import TestSupport
import Testing

/// `sweep explain`: every code has a page, and what a page shows is refused with its code.
struct ExplainTests {
  private struct Page: Decodable {
    struct Example: Decodable {
      let command: String?
      let before: [String]
      let files: [String: String]
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
    for page in try pages() {
      guard let command = page.example.command else { continue }
      try withTemporaryFolder { folder in
        for (name, text) in page.example.files {
          try Data(text.utf8).write(to: folder.appending(component: name))
        }
        // What comes before is quiet: all but the last line is to work.
        let before = page.example.before.map { "{ \($0)\n} > before.log 2>&1 || exit 1" }
        let script = (before + [command]).joined(separator: "\n")
        let (exitCode, errors) = try onTerminal(["-c", script], of: shell, in: folder)
        let lines = errors.split(separator: "\n").filter { $0.hasPrefix("More: ") }
        #expect(lines == ["More: sweep explain \(page.code)"], "\(page.code): \(errors)")
        #expect(exitCode >= 64, "\(page.code)")
      }
    }
  }

  /// What no command in an empty folder can show, and why.
  private static let inWordsOnly: Set<String> = [
    // Counting what is too large to count takes long.
    "spec.diagram-too-large",
    // Two processes or another machine at the same time, or a run that is at work.
    "store.replaced", "store.locked", "store.busy", "store.network", "lock.busy", "lock.elsewhere",
    "serving.busy", "request.nothing-ended", "request.no-predictions",
    // A disk, a machine or a system that lacks something.
    "store.full", "store.failed", "machine.shortage", "request.cannot-limit-memory",
    // The rights of another account, which tests that root runs have.
    "request.not-deleted", "file.unreadable",
    // A cluster, or none; a body that somebody may have made.
    "slurm.no-program", "slurm.refused", "slurm.tasks-fail", "slurm.other-program",
    "request.not-cancelled", "training.missing-body",
    // Files that only another version, a torn write, an edited page or a tuner leaves.
    "store.newer", "chain.other-spec", "file.torn", "request.other-spec", "table.continuous",
    // What is refused earlier by another sentence on most ways that lead there.
    "request.reserved-name", "request.unmeasured", "request.nothing-matched",
    "training.empty-class", "template.unpaired-brace", "template.unknown-placeholder",
  ]

  @Test func `an example that is words alone says why here`() throws {
    let words = try pages().filter { $0.example.command == nil }.map(\.code)
    // A phone or the desk has to send a form for these; Tests/Peers does.
    let lesson = words.filter { $0.hasPrefix("lesson.") }
    #expect(lesson.count == 23)
    #expect(Set(words).subtracting(lesson) == Self.inWordsOnly)
  }

  @Test
  func `what the parser refuses by itself is signed below its help, and as it was for programs`()
    throws
  {
    try withTemporaryFolder { folder in
      let (exitCode, errors) = try onTerminal(["report", "--formt"], in: folder)
      #expect(exitCode == 64 && errors.hasPrefix("Error: Unknown option '--formt'"))
      #expect(errors.hasSuffix("\nMore: sweep explain usage.unknown-option\n"))
      let piped = try SweepBinary.run(["report", "--formt"], in: folder)
      #expect(piped.exitCode == 64 && !piped.errors.contains("sweep explain"))
      let (helped, _) = try onTerminal(["report", "--help"], in: folder)
      #expect(helped == 0)
    }
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

  private let shell = URL(fileURLWithPath: "/bin/sh")

  /// Runs a program with a terminal for its errors, and with ours in `PATH`.
  private func onTerminal(
    _ arguments: [String],
    of program: URL = SweepBinary.url,
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
    var environment = ProcessInfo.processInfo.environment
    let own = SweepBinary.url.deletingLastPathComponent().path
    environment["PATH"] = own + ":" + (environment["PATH"] ?? "/usr/bin:/bin")
    let child = try Child(
      program,
      arguments,
      in: folder,
      environment: environment,
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
