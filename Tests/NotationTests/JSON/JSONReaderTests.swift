import Notation
import Statistics
import Testing

struct JSONReaderTests {
  private func read(_ text: String) -> (node: JSONNode?, faults: [JSONFault]) {
    var reader = JSONReader(SourceText(path: "test.json", text: text))
    let node = reader.document()
    return (node, reader.faults.map(\.fault))
  }

  @Test func `a reader keeps the order of keys and the place of every value`() throws {
    let node = try #require(read("{\"z\": 1,\n \"ä\": [true,  \"x\"]}").node)
    #expect(node.members.map(\.key) == ["z", "ä"])
    guard case .array(let elements) = node.members[1].value.content else {
      Issue.record("the second member is no list")
      return
    }
    let place = elements[1].place
    #expect(place.source.position(of: place.range.lowerBound) == (line: 2, column: 15))
    #expect(place.source.bytes[place.range].elementsEqual("\"x\"".utf8))
  }

  @Test func `escapes mean what RFC 8259 says`() throws {
    let node = try #require(read(#""\u00e4\n\"\\\/\b\f\r\t\ud83d\ude00\u0041""#).node)
    #expect(node.value == .string("ä\n\"\\/\u{8}\u{C}\r\t😀A"))
  }

  @Test(arguments: [
    ("[1, 2,]", [JSONFault.trailingComma]),
    ("[1 2]", [.missingComma]),
    ("[,1,,2]", [.extraComma, .extraComma]),
    ("[1; 2]", [.semicolon]),
    ("// why\n[1] # so", [.comment, .comment]),
    ("[1 /* a, b */ , 2]", [.comment]),
    ("{a: 1}", [.unquotedKey("a")]),
    ("{\"a\" 1}", [.missingColon(key: "a")]),
    ("{\"a\" = 1}", [.equalsSign(key: "a")]),
    ("{\"a\": }", [.missingValue(key: "a")]),
    ("{\"a\": 1, \"a\": 2}", [.duplicateKey("a", firstLine: 1)]),
    ("{'a': 'b'}", [.singleQuotes, .singleQuotes]),
    ("[“a”]", [.curlyQuotes]),
    ("[True, None]", [.bareWord("True", meant: "true"), .bareWord("None", meant: "null")]),
    ("[none]", [.bareWord("none", meant: nil)]),
    ("[NaN, 1e999]", [.notFinite("NaN"), .notFinite("1e999")]),
    ("[+1]", [.number("+1", advice: .plusSign)]),
    ("[007]", [.number("007", advice: .leadingZero)]),
    ("[.5]", [.number(".5", advice: .leadingPoint)]),
    ("[5.]", [.number("5.", advice: .trailingPoint)]),
    ("[0x1F]", [.number("0x1F", advice: .hexadecimal)]),
    ("[1_000]", [.number("1_000", advice: .separator)]),
    ("[10%]", [.number("10%", advice: .quotes)]),
    ("[\"a\nb\"]", [.unterminatedText]),
    ("{\"a\": \"b,\n\"c\": @}", [.unterminatedText, .unexpected("@")]),
    ("[\"\\x\"]", [.escape("\\x")]),
    ("[\"\\ud800\"]", [.loneSurrogate("\\ud800")]),
    ("{\"a\\u0000b\": 2, \"a\": 1}", [.null]),
    ("[\"a\tb\"]", [.controlCharacter(9)]),
    ("[1", [.unclosed("[", line: 1)]),
    ("{\"a\": [1}", [.mismatched(found: "}", open: "[", line: 1)]),
    ("{} {}", [.afterTheEnd]),
    ("[@]", [.unexpected("@")]),
    ("{1: 2}", [.keyExpected]),
    ("", [.empty]),
    ("  \n", [.empty]),
  ])
  func `each mistake is told once`(text: String, faults: [JSONFault]) {
    #expect(read(text).faults == faults)
  }

  @Test func `a text that is not UTF-8 is refused where it goes wrong`() {
    let source = SourceText(path: "x", bytes: Array("[\"ä".utf8) + [0xFF, 0x22, 0x5D])
    var reader = JSONReader(source)
    #expect(reader.document() == nil)
    #expect(reader.faults.map(\.fault) == [.notUTF8])
    #expect(reader.faults.first?.place.range == 4..<5)
  }

  @Test func `nesting has a limit that the stack can bear`() {
    #expect(read(String(repeating: "[", count: 100_000)).faults == [.tooDeep(limit: 100)])
    #expect(read(String(repeating: "{\"a\":", count: 100_000)).faults == [.tooDeep(limit: 100)])
    let deepest = String(repeating: "[", count: 100) + String(repeating: "]", count: 100)
    #expect(read(deepest).faults.isEmpty)
  }

  @Test func `no change of a byte makes the reader crash or hang`() throws {
    let text = Array(
      #"{"a": [1, -2.5e3, "x\u00e4"], "b": {"c": null, "d": true}, "e": "é“"}"#.utf8
    )
    var rng = SeededGenerator(purpose: "fuzz", seed: 1)
    let marks = Array("{}[],:\"'\\/*#-+.eEu0\n\t ".utf8) + [0, 0x80, 0xC3, 0xE2, 0xF0, 0xFF]
    for _ in 0..<20_000 {
      var bytes = text
      for _ in 0...rng.index(below: 4) {
        let place = rng.index(below: bytes.count)
        switch rng.index(below: 3) {
        case 0: bytes[place] = marks[rng.index(below: marks.count)]
        case 1: bytes.remove(at: place)
        default: bytes.insert(marks[rng.index(below: marks.count)], at: place)
        }
      }
      var reader = JSONReader(SourceText(path: "x", bytes: bytes))
      let node = reader.document()
      if reader.faults.isEmpty {
        let value = try #require(node).value
        #expect(JSON(line: value.text.utf8) == value)
      }
    }
  }
}
