/// Reads JSON text to values with their places, and goes on after a fault so that all are found at once.
///
/// Reference: Bray (2017), RFC 8259, sections 2 to 7.
package struct JSONReader {
  /// Deeper nesting than any spec needs, and far from the end of the stack.
  static let depthLimit = 100

  private let source: SourceText
  private let end: Int
  /// Whether bare NaN, Infinity and -Infinity are numbers, as trainers print them.
  private let acceptsNonFinite: Bool
  private var position: Int
  private var isStopped = false
  /// What was wrong, in the order of the text.
  package private(set) var faults: [(fault: JSONFault, place: SourcePlace)] = []

  /// Opens a text, or a part of it.
  package init(_ source: SourceText, range: Range<Int>? = nil, acceptsNonFinite: Bool = false) {
    self.source = source
    self.position = range?.lowerBound ?? 0
    self.end = range?.upperBound ?? source.bytes.count
    self.acceptsNonFinite = acceptsNonFinite
  }

  /// Reads the one value of the text.
  ///
  /// - Returns: The value with its unreadable parts marked; nil where nothing could be read.
  package mutating func document() -> JSONNode? {
    if let offset = source.firstInvalidByte(in: position..<end) {
      report(.notUTF8, offset..<offset + 1)
      return nil
    }
    if source.bytes[position..<end].starts(with: [0xEF, 0xBB, 0xBF]) { position += 3 }
    skipBlanks()
    guard position < end else {
      report(.empty, end..<end)
      return nil
    }
    let node = value(depth: 0)
    skipBlanks()
    if position < end, !isStopped { report(.afterTheEnd, position..<position + 1) }
    return node
  }

  // MARK: Values

  private mutating func value(depth: Int) -> JSONNode? {
    guard let byte = peek else { return nil }
    switch byte {
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      guard depth < JSONReader.depthLimit else {
        report(.tooDeep(limit: JSONReader.depthLimit), position..<position + 1)
        stop()
        return nil
      }
      return byte == UInt8(ascii: "{") ? object(depth: depth + 1) : array(depth: depth + 1)
    case UInt8(ascii: "\""), UInt8(ascii: "'"):
      return text()
    case 0xE2 where startsWithCurlyQuote:
      return text()
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"),
      UInt8(ascii: "."), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"):
      return token()
    default:
      let start = position
      let character = String(decoding: source.bytes[start..<end].prefix(8), as: UTF8.self).first
      position += character?.utf8.count ?? 1
      report(.unexpected(character ?? "?"), start..<position)
      return nil
    }
  }

  private mutating func array(depth: Int) -> JSONNode {
    let start = position
    var elements: [JSONNode] = []
    position += 1
    while let byte = next(in: "[", from: start) {
      if isClosing(byte, of: "[", from: start) { break }
      if byte == UInt8(ascii: ",") {
        report(.extraComma, position..<position + 1)
        position += 1
        continue
      }
      let count = faults.count
      if let element = value(depth: depth) {
        elements.append(element)
      } else {
        skipToSeparator()
      }
      separator(after: faults[count...].map(\.fault))
    }
    return JSONNode(content: .array(elements), place: place(start..<position))
  }

  private mutating func object(depth: Int) -> JSONNode {
    let start = position
    var members: [JSONNode.Member] = []
    var offsets: [String: Int] = [:]
    position += 1
    while let byte = next(in: "{", from: start) {
      if isClosing(byte, of: "{", from: start) { break }
      if byte == UInt8(ascii: ",") {
        report(.extraComma, position..<position + 1)
        position += 1
        continue
      }
      let count = faults.count
      if let member = member(depth: depth) {
        if let first = offsets[member.key] {
          let line = source.position(of: first).line
          report(.duplicateKey(member.key, firstLine: line), member.keyPlace.range)
        } else {
          offsets[member.key] = member.keyPlace.range.lowerBound
          members.append(member)
        }
      } else {
        skipToSeparator()
      }
      separator(after: faults[count...].map(\.fault))
    }
    return JSONNode(content: .object(members), place: place(start..<position))
  }

  private mutating func member(depth: Int) -> JSONNode.Member? {
    guard let key = key() else { return nil }
    skipBlanks()
    switch peek {
    case UInt8(ascii: ":"): position += 1
    case UInt8(ascii: "="):
      report(.equalsSign(key: key.text), position..<position + 1)
      position += 1
    default: report(.missingColon(key: key.text), key.place.range)
    }
    skipBlanks()
    let unreadable = JSONNode(content: .unreadable, place: key.place)
    switch peek {
    case UInt8(ascii: ","), UInt8(ascii: "}"):
      report(.missingValue(key: key.text), key.place.range)
      return JSONNode.Member(key: key.text, keyPlace: key.place, value: unreadable)
    default:
      let node = value(depth: depth)
      if node == nil { skipToSeparator() }
      return JSONNode.Member(key: key.text, keyPlace: key.place, value: node ?? unreadable)
    }
  }

  private mutating func key() -> (text: String, place: SourcePlace)? {
    guard let byte = peek else { return nil }
    if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") || startsWithCurlyQuote {
      return string()
    }
    let word = bareWord()
    guard let first = word.text.first, first.isLetter || first == "_" || first == "$" else {
      report(.keyExpected, word.place.range.isEmpty ? position..<position + 1 : word.place.range)
      return nil
    }
    report(.unquotedKey(word.text), word.place.range)
    return word
  }

  // MARK: Words and numbers

  private mutating func token() -> JSONNode {
    let word = bareWord()
    func node(_ content: JSONNode.Content) -> JSONNode {
      JSONNode(content: content, place: word.place)
    }
    switch word.text {
    case "null": return node(.null)
    case "true": return node(.boolean(true))
    case "false": return node(.boolean(false))
    default: break
    }
    let literal = NumberLiteral(word.text)
    switch literal {
    case .number(let number): return node(.number(number))
    case .notFinite(let number):
      if acceptsNonFinite { return node(.number(number)) }
      report(.notFinite(word.text), word.place.range)
      return node(.unreadable)
    case .malformed(let advice):
      report(.number(word.text, advice: advice), word.place.range)
      return node(.unreadable)
    case .word(let meant):
      report(.bareWord(word.text, meant: meant), word.place.range)
      return node(meant == nil ? .string(word.text) : .unreadable)
    }
  }

  /// Takes what stands up to the next blank or mark of JSON's grammar.
  private mutating func bareWord() -> (text: String, place: SourcePlace) {
    let start = position
    while let byte = peek, !" \t\r\n,:;=[]{}\"'".utf8.contains(byte) { position += 1 }
    return (
      String(decoding: source.bytes[start..<position], as: UTF8.self), place(start..<position)
    )
  }

  // MARK: Texts

  private var startsWithCurlyQuote: Bool {
    let ahead = source.bytes[position..<end].prefix(3)
    return ahead.elementsEqual([0xE2, 0x80, 0x9C]) || ahead.elementsEqual([0xE2, 0x80, 0x9D])
      || ahead.elementsEqual([0xE2, 0x80, 0x9E])
  }

  private mutating func text() -> JSONNode {
    let literal = string()
    return JSONNode(content: .string(literal.text), place: literal.place)
  }

  private mutating func string() -> (text: String, place: SourcePlace) {
    let start = position
    var literal = StringLiteral(bytes: source.bytes, start: start, end: end)
    let text = literal.read()
    position = literal.position
    if let style = literal.quoteFault { report(style, start..<position) }
    // What a trainer printed is not lost for one character.
    for (fault, range) in literal.faults where !(acceptsNonFinite && fault == .null) {
      report(fault, range)
    }
    // Where the text goes on in the next line, nothing that follows can be told apart from it.
    if literal.faults.last?.0 == .unterminatedText, !text.hasSuffix(","), !nextLineIsJSON { stop() }
    return (text, place(start..<position))
  }

  /// Whether the next line begins as a line of JSON does.
  private var nextLineIsJSON: Bool {
    let next = source.bytes[position..<end].first { !" \t\r\n".utf8.contains($0) }
    return next.map("\"}]".utf8.contains) ?? false
  }

  // MARK: Blanks, commas and brackets

  private var peek: UInt8? { position < end ? source.bytes[position] : nil }

  private func place(_ range: Range<Int>) -> SourcePlace {
    SourcePlace(source: source, range: range)
  }

  private mutating func report(_ fault: JSONFault, _ range: Range<Int>) {
    guard !isStopped else { return }
    faults.append((fault, place(range)))
  }

  private mutating func stop() {
    isStopped = true
    position = end
  }

  /// Skips blanks and, after reporting them, comments in the manner of C, shells and Python.
  private mutating func skipBlanks() {
    while let byte = peek {
      let isNextSlash = position + 1 < end && source.bytes[position + 1] == UInt8(ascii: "/")
      let isNextStar = position + 1 < end && source.bytes[position + 1] == UInt8(ascii: "*")
      let start = position
      if byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D {
        position += 1
      } else if byte == UInt8(ascii: "#") || byte == UInt8(ascii: "/") && isNextSlash {
        position = source.lineRange(around: position).upperBound
        report(.comment, start..<position)
      } else if byte == UInt8(ascii: "/") && isNextStar {
        position += 2
        while position < end, !source.bytes[position..<end].starts(with: "*/".utf8) {
          position += 1
        }
        position = min(position + 2, end)
        report(.comment, start..<position)
      } else {
        return
      }
    }
  }

  /// The next byte of an open list or object that is no blank; reports it as unclosed at the end.
  private mutating func next(in bracket: Character, from start: Int) -> UInt8? {
    skipBlanks()
    if let byte = peek { return byte }
    let line = source.position(of: start).line
    report(.unclosed(bracket, line: line), start..<start + 1)
    stop()
    return nil
  }

  /// Takes a closing bracket and reports one of the wrong kind.
  private mutating func isClosing(_ byte: UInt8, of open: Character, from start: Int) -> Bool {
    guard byte == UInt8(ascii: "]") || byte == UInt8(ascii: "}") else { return false }
    if (byte == UInt8(ascii: "]")) != (open == "[") {
      let line = source.position(of: start).line
      let found: Character = byte == UInt8(ascii: "]") ? "]" : "}"
      report(.mismatched(found: found, open: open, line: line), position..<position + 1)
      stop()
      return true
    }
    position += 1
    return true
  }

  /// Takes the comma between two entries and reports a missing or a needless one.
  private mutating func separator(after entryFaults: [JSONFault]) {
    let previousEnd = position
    skipBlanks()
    switch peek {
    case UInt8(ascii: ","):
      let comma = position
      position += 1
      skipBlanks()
      if peek == UInt8(ascii: "]") || peek == UInt8(ascii: "}") {
        report(.trailingComma, comma..<comma + 1)
      }
    case UInt8(ascii: ";"):
      report(.semicolon, position..<position + 1)
      position += 1
    case UInt8(ascii: "]"), UInt8(ascii: "}"), nil: break
    default:
      // A text without its closing quote has swallowed the comma, and garbage is told of already.
      let isTold = entryFaults.contains { $0 == .unterminatedText || $0.hidesComma }
      if !isTold { report(.missingComma, previousEnd - 1..<previousEnd) }
    }
  }

  private mutating func skipToSeparator() {
    while let byte = peek, !",]}\n".utf8.contains(byte) { position += 1 }
  }
}

extension JSON {
  /// Reads one line that a program printed; bare NaN, Infinity and -Infinity are numbers.
  ///
  /// - Returns: nil where the line is not JSON.
  package init?(line: some Collection<UInt8>) {
    var reader = JSONReader(SourceText(path: "", bytes: Array(line)), acceptsNonFinite: true)
    guard let node = reader.document(), reader.faults.isEmpty else { return nil }
    self = node.value
  }
}
