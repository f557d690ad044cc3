import Notation

/// One key of an object: how it is read, what editors check and what it means all come from here.
struct Field: Sendable {
  let key: String
  let form: Form
  let isRequired: Bool
  /// What the schema says a value is where there is none.
  let defaultValue: JSON?
  /// One line of meaning; empty where the key says it.
  let summary: String
  /// What completes 'It can be ...'.
  let expectation: String
  /// How many levels of objects below the key a spec merges into its base member by member; deeper values are replaced.
  let mergedDepth: Int

  init(
    _ key: String,
    _ form: Form,
    _ summary: String = "",
    isRequired: Bool = false,
    default defaultValue: JSON? = nil,
    expectation: String? = nil,
    mergedDepth: Int = 0
  ) {
    self.key = key
    self.form = form
    self.isRequired = isRequired
    self.defaultValue = defaultValue
    self.summary = summary
    self.expectation = expectation ?? form.expectation
    self.mergedDepth = mergedDepth
  }

  /// The same key where an object can do without it.
  var optional: Field {
    Field(
      key,
      form,
      summary,
      default: defaultValue,
      expectation: expectation,
      mergedDepth: mergedDepth
    )
  }

  /// What a value may be.
  indirect enum Form: Sendable {
    /// A text of so many characters; the pattern, where there is one, is for editors alone.
    case text(ClosedRange<Int> = 0...Int.max, pattern: String = "")
    case word([String])
    case number(Bounds = .any)
    case integer(ClosedRange<Int> = Int.min...Int.max)
    case boolean
    /// A value that the object's meaning decides on.
    case any
    /// The noun, in the plural, is what a fault calls the elements.
    case list(Form, of: String = "objects", atLeast: Int = 0, isUnique: Bool = false)
    /// An object with any keys.
    case object(atLeast: Int = 0)
    /// An object with any keys, whose values are all of one form.
    case map(Form, atLeast: Int = 0)
    /// An object with keys of its own.
    case entry(Grammar)
    case either([Form])

    /// The words of a closed set.
    static func word<Word: RawRepresentable<String> & CaseIterable>(_ type: Word.Type) -> Form {
      .word(type.allCases.map(\.rawValue))
    }
  }
}

/// The keys of an object.
struct Grammar: Sendable {
  /// Its definition in the schema; empty for one that stands in only one place.
  let name: String
  let summary: String
  let fields: [Field]
  /// Whether faults name the object beside the key, as in "'seed' of 'sample'".
  let namesOwner: Bool
  /// Sets of keys of which one must be there in full, beside what every object must have; empty where that is all.
  let alternatives: [[String]]

  init(
    _ name: String,
    summary: String = "",
    namesOwner: Bool = true,
    alternatives: [[String]] = [],
    _ fields: [Field]
  ) {
    self.name = name
    self.summary = summary
    self.namesOwner = namesOwner
    self.alternatives = alternatives
    self.fields = fields
  }

  var keys: [String] { fields.map(\.key) }

  func field(_ key: String) -> Field? { fields.first { $0.key == key } }

  /// How a fault names a value of an object.
  func subject(_ key: String, of owner: String) -> String {
    namesOwner ? "'\(key)' of \(owner)" : "'\(key)'"
  }
}

extension Field.Form {
  /// Whether a value is of this form; what is within lists and objects is looked at by itself.
  func accepts(_ node: JSONNode) -> Bool {
    switch (self, node.content) {
    case (.any, _), (.either, _), (.entry, _), (.list, .array), (.object, .object),
      (.map, .object), (.boolean, .boolean):
      node.isReadable
    case (.text(let length, _), .string(let text)): length.contains(text.count)
    case (.word(let words), .string(let text)): words.contains(text)
    case (.number(let bounds), .number(let number)): bounds.contains(number.value)
    case (.integer(let range), .number(let number)):
      number.integer.map(range.contains) ?? false
    case (.text, _), (.word, _), (.number, _), (.integer, _), (.boolean, _), (.list, _),
      (.object, _), (.map, _):
      false
    }
  }

  fileprivate var expectation: String {
    switch self {
    case .text(let length, _):
      length.lowerBound > 0 ? "a text that is not empty" : "a text"
    case .word(let words): words.alternatives
    case .number(let bounds): bounds.words(for: "a number")
    case .integer(let range):
      range.lowerBound == .min
        ? "a whole number"
        : "a whole number from \(range.lowerBound.grouped) to \(range.upperBound.grouped)"
    case .boolean: "true or false"
    case .list(_, let noun, _, _): "a list of \(noun)"
    case .object, .map, .entry: "an object"
    case .any, .either: "a value"
    }
  }

  var isAny: Bool { if case .any = self { true } else { false } }

  /// The words of a closed set.
  var words: [String] {
    if case .word(let words) = self { words } else { [] }
  }
}
