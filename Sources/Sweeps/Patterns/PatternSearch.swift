/// Readers that go through a text together, in the order of what counts first.
struct PatternSearch {
  private struct Reader {
    let step: Int
    let places: [Int]
  }

  let text: [Unicode.Scalar]
  private let steps: [PatternProgram.Step]
  private let captures: Int
  private var budget: Int
  private var readers: [Reader] = []
  /// For each step when a reader came to it last: a count of positions over all searches.
  private var seen: [Int]
  private var moment = 0

  init(_ program: PatternProgram, captures: Int, _ text: String, budget: Int) {
    self.text = Array(text.unicodeScalars)
    self.captures = captures
    self.budget = budget
    steps = program.steps
    seen = [Int](repeating: -1, count: steps.count)
  }

  /// Where the first match from a position on begins and ends, and its groups: two places each, -1 for none.
  mutating func first(from start: Int) -> [Int]? {
    var found: [Int]?
    readers = []
    moment += text.count + 2
    for position in start...text.count {
      if found == nil {
        add(0, [Int](repeating: -1, count: captures), at: position)
      }
      guard !readers.isEmpty || found == nil, budget > 0 else { break }
      let current = readers
      readers = []
      for reader in current {
        switch steps[reader.step] {
        case .match:
          found = reader.places
        case .one(let set):
          if position < text.count, set.contains(text[position]) {
            add(reader.step + 1, reader.places, at: position + 1)
          }
        case .assertion, .split, .jump, .save: break
        }
        // Whoever comes behind one that matched counts less.
        if case .match = steps[reader.step] { break }
      }
    }
    return found
  }

  /// Has a reader go on until it needs a character.
  private mutating func add(_ start: Int, _ places: [Int], at position: Int) {
    var waiting: [(step: Int, places: [Int])] = [(start, places)]
    while var (step, places) = waiting.popLast() {
      while seen[step] != moment + position {
        seen[step] = moment + position
        budget -= 1
        switch steps[step] {
        case .jump(let target): step = target
        case .split(let first, let second):
          waiting.append((second, places))
          step = first
        case .save(let number):
          places[number] = position
          step += 1
        case .assertion(let assertion):
          guard holds(assertion, at: position) else { continue }
          step += 1
        case .one, .match:
          readers.append(Reader(step: step, places: places))
        }
      }
    }
  }

  private func holds(_ assertion: PatternNode.Assertion, at position: Int) -> Bool {
    switch assertion {
    case .start: return position == 0
    case .end: return position == text.count
    case .boundary, .noBoundary:
      let before = position > 0 && ScalarSet.Kind.word.contains(text[position - 1])
      let after = position < text.count && ScalarSet.Kind.word.contains(text[position])
      return (before != after) == (assertion == .boundary)
    }
  }
}
