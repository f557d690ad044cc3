import Statistics
import Sweeps
import Testing

/// Checked against Swift's own engine, which goes back in the text and finds the same where it comes to an end.
struct RegularExpressionTests {
  /// What an expression finds, by both engines: for each match the groups with their texts.
  private func found(_ pattern: String, in text: String) throws -> (
    ours: [[String]], theirs: [[String]]
  ) {
    let ours = try RegularExpression(pattern).matches(in: text).map { match in
      match.groups.map { "\($0.name)=\($0.text)" }
    }
    let regex = try Regex(pattern).wordBoundaryKind(.simple)
    let theirs = text.matches(of: regex).map { match in
      match.output.compactMap { group in
        group.name.flatMap { name in group.substring.map { "\(name)=\($0)" } }
      }
    }
    return (ours, theirs)
  }

  @Test func `random expressions find in random texts what Swift's engine finds`() throws {
    var writer = PatternWriter(seed: 17)
    for _ in 0..<5000 {
      let (pattern, text) = (writer.pattern(), writer.text())
      let (ours, theirs) = try found(pattern, in: text)
      #expect(ours == theirs, "'\(pattern)' in '\(text)'")
    }
  }

  @Test(arguments: [
    (#"(?<name>\w+): (?<value>\S+)"#, "step 3 loss: 0.5, accuracy: 1e-3"),
    (#"loss[= ](?<train_loss>-?\d+(?:\.\d*)?)"#, "loss=1.25 loss 3. loss=-0.5"),
    (#"(?i)LOSS (?<l>[0-9.]+|nan)"#, "Loss nan loss 2"), (#"(?P<x>a{2,3}?)b?"#, "aaaab aab"),
    (#"^\[(?<epoch>\d+)/\d+\] (?<v>[^\s,]+)$"#, "[3/10] 0.25"), (#"\{(?<x>\x41|\u0042)"#, "{A {B"),
    (#"{(?<x>[\w.-]+)}"#, "{a-1.b}"), (#"(?<x>[]a-]+)"#, "x]-a"),
  ])
  func `expressions that people write find what Swift's engine finds`(pattern: String, text: String)
    throws
  {
    // Where a bracket begins a set, the dialects differ in what an empty one is.
    guard let (ours, theirs) = try? found(pattern, in: text) else {
      #expect(try RegularExpression(pattern).matches(in: text).isEmpty == false)
      return
    }
    #expect(ours == theirs && !ours.isEmpty)
  }

  @Test(arguments: ["(a+)+(?<l>b)", "(a*)*(?<l>b)", "(a|a|aa)+(?<l>b)", "(.*)(.*)(.*)(.*)(?<l>b)"])
  func `an expression that never ends elsewhere takes a moment`(pattern: String) throws {
    let line = String(repeating: "a", count: 9_000) + "c"
    #expect(try RegularExpression(pattern).matches(in: line).isEmpty)
  }

  @Test func `work that grows with the square of a line is given up`() throws {
    // Each match of one letter looks for a 'b' to the line's end first.
    let line = String(repeating: "a", count: 10_000)
    let count = try RegularExpression("(?<x>a(?:.*b)?)").matches(in: line).count
    #expect(count > 10 && count < 10_000)
  }

  @Test(arguments: [
    ("(", "a '(' is never closed"), ("[a", "a '[' is never closed"), (")", "')' stands where"),
    ("*a", "'*' stands where"), ("a**", "'*' stands where"), ("(?=a)", "a look at what stands"),
    (#"(a)\1"#, "a reference to what was found before"), ("a++", "a possessive repetition"),
    ("(?<x>a)(?<x>b)", "two groups have the name 'x'"), ("(?<1>a)", "'(?<' stands where"),
    ("(a{1000}){1000}", "it is too large"), (#"\p{L}"#, #"'\p' is not known"#),
    ("[b-a]", "'-' stands where"), ("a{3,2}", "'{' stands where"),
    (String(repeating: "(", count: 60), "it is too large"),
  ])
  func `what cannot be matched without going back is refused with the reason`(
    pattern: String,
    reason: String
  ) {
    #expect {
      try RegularExpression(pattern)
    } throws: { error in
      "\(error)".hasPrefix(reason)
    }
  }
}

/// Writes expressions of everything that both engines know, and texts of the same letters.
private struct PatternWriter {
  private var generator: SeededGenerator
  private var groups = 0

  init(seed: Int) {
    generator = SeededGenerator(purpose: "patterns", seed: seed)
  }

  private mutating func one<Element>(of choices: [Element]) -> Element {
    choices[generator.index(below: choices.count)]
  }

  mutating func text() -> String {
    String((0..<generator.index(below: 12)).map { _ in one(of: Array("abc1 .é")) })
  }

  mutating func pattern() -> String {
    groups = 0
    return pattern(depth: 4)
  }

  private mutating func pattern(depth: Int) -> String {
    switch generator.index(below: depth == 0 ? 4 : 10) {
    case 0: return one(of: ["a", "b", "c"])
    case 1: return one(of: [#"\d"#, #"\w"#, #"\s"#, ".", "[ab]", "[^a]", "[a-c1]", #"\S"#])
    case 2: return one(of: ["1", #"\."#, "é", "b"])
    case 3: return one(of: ["^", "$", #"\b"#, "a"])
    case 4: return "(?:\(pattern(depth: depth - 1))|\(pattern(depth: depth - 1)))"
    case 5:
      groups += 1
      return "(?<g\(groups)>\(pattern(depth: depth - 1)))"
    case 6:
      let repetition = one(of: ["*", "+", "?", "{2}", "{1,2}", "*?", "+?", "??", "{1,}?"])
      return "(?:\(pattern(depth: depth - 1))c)\(repetition)"
    default: return pattern(depth: depth - 1) + pattern(depth: depth - 1)
    }
  }
}
