/// What a regular expression says, as a tree.
indirect enum PatternNode {
  enum Assertion { case start, end, boundary, noBoundary }

  case one(ScalarSet)
  case assertion(Assertion)
  case sequence([PatternNode])
  /// The first that leads to a match counts.
  case choice([PatternNode])
  /// As often as possible, or as seldom where it is lazy; without a largest count for ever.
  case repeated(PatternNode, least: Int, most: Int?, isLazy: Bool)
  case group(Int, PatternNode)
}

/// Reads a regular expression.
struct PatternParser {
  typealias Fault = RegularExpression.Fault

  /// Expressions within expressions.
  private static let depthLimit = 50
  /// The most that a counted repetition may ask for.
  private static let countLimit = 1000

  private let text: [Unicode.Scalar]
  private var position = 0
  private var depth = 0
  private var ignoresCase = false
  /// The names of the groups by number; empty for those without.
  private(set) var names: [String] = []

  init(_ text: String) {
    self.text = Array(text.unicodeScalars)
  }

  mutating func expression() throws(Fault) -> PatternNode {
    if skip("(?i)") { ignoresCase = true }
    let node = try choice()
    guard position == text.count else { throw .unexpected(")") }
    return node
  }

  private var next: Unicode.Scalar? { position < text.count ? text[position] : nil }

  /// Passes over some characters where they come next.
  private mutating func skip(_ word: String) -> Bool {
    let scalars = Array(word.unicodeScalars)
    guard text[position...].starts(with: scalars) else { return false }
    position += scalars.count
    return true
  }

  private mutating func choice() throws(Fault) -> PatternNode {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.depthLimit else { throw .tooLarge }
    var branches = [try sequence()]
    while skip("|") { branches.append(try sequence()) }
    return branches.count == 1 ? branches[0] : .choice(branches)
  }

  private mutating func sequence() throws(Fault) -> PatternNode {
    var nodes: [PatternNode] = []
    while let scalar = next, scalar != "|", scalar != ")" {
      let node = try atom()
      nodes.append(try repetition(of: node))
    }
    return nodes.count == 1 ? nodes[0] : .sequence(nodes)
  }

  // MARK: Repetitions

  private mutating func repetition(of node: PatternNode) throws(Fault) -> PatternNode {
    guard let (least, most) = try bounds() else { return node }
    if case .assertion = node { throw .unexpected("a repetition of no character") }
    let isLazy = skip("?")
    if next == "+" { throw .unknown("a possessive repetition") }
    if next == "*" || next == "?" { throw .unexpected("\(next.map(String.init) ?? "")") }
    return .repeated(node, least: least, most: most, isLazy: isLazy)
  }

  private mutating func bounds() throws(Fault) -> (least: Int, most: Int?)? {
    if skip("*") { return (0, nil) }
    if skip("+") { return (1, nil) }
    if skip("?") { return (0, 1) }
    let start = position
    guard skip("{") else { return nil }
    let least = number()
    let hasComma = skip(",")
    let most = hasComma ? number() : least
    guard skip("}"), least != nil || most != nil else {
      // A bracket that counts nothing is one of the text.
      position = start
      return nil
    }
    let bounds = (least: least ?? 0, most: hasComma && most == nil ? nil : most)
    guard bounds.least <= bounds.most ?? bounds.least else { throw .unexpected("{") }
    guard max(bounds.least, bounds.most ?? 0) <= Self.countLimit else { throw .tooLarge }
    return bounds
  }

  private mutating func number() -> Int? {
    var digits = ""
    while let scalar = next, ("0"..."9").contains(scalar), digits.count < 9 {
      digits.unicodeScalars.append(scalar)
      position += 1
    }
    return Int(digits)
  }

  // MARK: Atoms

  private mutating func atom() throws(Fault) -> PatternNode {
    guard let scalar = next else { throw .unexpected("the end") }
    position += 1
    switch scalar {
    case "(": return try group()
    case "[": return .one(try set())
    case ".": return .one(.any)
    case "^": return .assertion(.start)
    case "$": return .assertion(.end)
    case "\\": return try escape()
    case "*", "+", "?": throw .unexpected(String(scalar))
    default: return literal(scalar)
    }
  }

  private func literal(_ scalar: Unicode.Scalar) -> PatternNode {
    .one(ScalarSet(ranges: [scalar...scalar], ignoresCase: ignoresCase))
  }

  private mutating func group() throws(Fault) -> PatternNode {
    var number: Int?
    if skip("?:") {
      // A group for its brackets alone.
    } else if skip("?<=") || skip("?<!") || skip("?=") || skip("?!") {
      throw .unknown("a look at what stands before or behind")
    } else if skip("?<") || skip("?P<") {
      number = try named()
    } else if next == "?" || next == "*" {
      throw .unknown("the group '(\(next.map(String.init) ?? "")…'")
    } else {
      number = names.count
      names.append("")
    }
    let inner = try choice()
    guard skip(")") else { throw .unclosed("(") }
    return number.map { .group($0, inner) } ?? inner
  }

  /// The number of a new group with the name that stands here.
  private mutating func named() throws(Fault) -> Int {
    var name = ""
    while let scalar = next, ScalarSet.Kind.word.contains(scalar) {
      name.unicodeScalars.append(scalar)
      position += 1
    }
    guard skip(">"), let first = name.unicodeScalars.first, !ScalarSet.Kind.digit.contains(first)
    else { throw .unexpected("(?<") }
    guard !names.contains(name) else { throw .repeatedName(name) }
    names.append(name)
    return names.count - 1
  }

  // MARK: Escapes and sets

  private mutating func escape() throws(Fault) -> PatternNode {
    guard let scalar = next else { throw .unexpected("\\") }
    switch scalar {
    case "b", "B", "A", "z", "Z":
      position += 1
      let assertions: [Unicode.Scalar: PatternNode.Assertion] = [
        "b": .boundary, "B": .noBoundary, "A": .start,
      ]
      return .assertion(assertions[scalar] ?? .end)
    default: break
    }
    if let kind = kind() { return .one(ScalarSet(kinds: [kind])) }
    return literal(try escaped())
  }

  /// A letter for a kind of character, large where it stands for all others.
  private mutating func kind() -> (kind: ScalarSet.Kind, isNegated: Bool)? {
    guard let letter = next else { return nil }
    let kinds: [Unicode.Scalar: (ScalarSet.Kind, Bool)] = [
      "d": (.digit, false), "D": (.digit, true), "w": (.word, false), "W": (.word, true),
      "s": (.space, false), "S": (.space, true),
    ]
    guard let (kind, isNegated) = kinds[letter] else { return nil }
    position += 1
    return (kind, isNegated)
  }

  /// One character that is written with a backslash before it.
  private mutating func escaped() throws(Fault) -> Unicode.Scalar {
    guard let scalar = next else { throw .unexpected("\\") }
    position += 1
    let controls: [Unicode.Scalar: Unicode.Scalar] = [
      "t": "\t", "n": "\n", "r": "\r", "f": "\u{0C}", "e": "\u{1B}", "0": "\0",
    ]
    if let control = controls[scalar] { return control }
    if scalar == "x" || scalar == "u" {
      let count = scalar == "x" ? 2 : 4
      let digits = String(String.UnicodeScalarView(text[position...].prefix(count)))
      guard digits.count == count, let value = UInt32(digits, radix: 16),
        let found = Unicode.Scalar(value)
      else { throw .unexpected("\\\(scalar)") }
      position += count
      return found
    }
    let isWord = ScalarSet.Kind.word.contains(scalar)
    guard !isWord else {
      throw ScalarSet.Kind.digit.contains(scalar) || scalar == "k"
        ? .unknown("a reference to what was found before") : .unknown("'\\\(scalar)'")
    }
    return scalar
  }

  private mutating func set() throws(Fault) -> ScalarSet {
    var set = ScalarSet(ignoresCase: ignoresCase)
    set.isNegated = skip("^")
    var isFirst = true
    while let scalar = next, scalar != "]" || isFirst {
      isFirst = false
      if scalar == "[" { throw .unknown("a set within a set") }
      if skip("&&") || skip("--") { throw .unknown("a difference of sets") }
      if scalar == "\\" {
        position += 1
        if let kind = kind() {
          set.kinds.append(kind)
          continue
        }
        position -= 1
      }
      let low = try member()
      guard position + 1 < text.count, next == "-", text[position + 1] != "]" else {
        set.ranges.append(low...low)
        continue
      }
      position += 1
      let high = try member()
      guard low <= high else { throw .unexpected("-") }
      set.ranges.append(low...high)
    }
    guard skip("]") else { throw .unclosed("[") }
    return set
  }

  private mutating func member() throws(Fault) -> Unicode.Scalar {
    guard let scalar = next else { throw .unclosed("[") }
    position += 1
    return scalar == "\\" ? try escaped() : scalar
  }
}
