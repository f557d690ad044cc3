/// A place where a text breaks the grammar of JSON.
package enum JSONFault: Error, Sendable, Equatable {
  case empty
  case notUTF8
  case tooDeep(limit: Int)
  case comment
  case trailingComma
  case missingComma
  case extraComma
  case semicolon
  case missingColon(key: String)
  case equalsSign(key: String)
  case missingValue(key: String)
  case unquotedKey(String)
  case keyExpected
  case singleQuotes
  case curlyQuotes
  case bareWord(String, meant: String?)
  case notFinite(String)
  case number(String, advice: NumberAdvice)
  case unterminatedText
  case controlCharacter(UInt8)
  case escape(String)
  case loneSurrogate(String)
  case null
  case unclosed(Character, line: Int)
  case mismatched(found: Character, open: Character, line: Int)
  case unexpected(Character)
  case afterTheEnd
  case duplicateKey(String, firstLine: Int)

  /// What a text that begins like a number lacks.
  package enum NumberAdvice: Sendable, Equatable {
    case plusSign, leadingZero, leadingPoint, trailingPoint, hexadecimal, separator, quotes
  }
}

extension JSONFault {
  /// Whether what follows can still be understood.
  package var isRecoverable: Bool {
    switch self {
    case .empty, .notUTF8, .tooDeep, .unclosed, .mismatched, .unterminatedText, .afterTheEnd:
      false
    case .comment, .trailingComma, .missingComma, .extraComma, .semicolon, .missingColon,
      .equalsSign, .missingValue, .unquotedKey, .keyExpected, .singleQuotes, .curlyQuotes,
      .bareWord, .notFinite, .number, .controlCharacter, .escape, .loneSurrogate, .null,
      .unexpected,
      .duplicateKey:
      true
    }
  }
}

extension JSONFault {
  /// Whether the entry was left at a place where a comma cannot be expected.
  var hidesComma: Bool {
    if case .unexpected = self { true } else { self == .keyExpected }
  }
}

extension JSONFault: CustomStringConvertible {
  package var description: String {
    switch self {
    case .empty: "The file is empty."
    case .notUTF8: "This byte is not UTF-8 text."
    case .tooDeep(let limit): "Lists and objects are nested more than \(limit) deep."
    case .comment: "JSON has no comments."
    case .trailingComma: "A comma stands after the last entry."
    case .missingComma: "A comma is missing between two entries."
    case .extraComma: "No entry stands before this comma."
    case .semicolon: "Entries are separated by ';'."
    case .missingColon(let key): "No ':' follows the key '\(key)'."
    case .equalsSign(let key): "The key '\(key)' is followed by '='."
    case .missingValue(let key): "The key '\(key)' has no value."
    case .unquotedKey(let key): "The key '\(key)' has no quotes."
    case .keyExpected: "An object's entry does not begin with a key."
    case .singleQuotes: "JSON does not know single quotes."
    case .curlyQuotes: "These are a word processor's quotes."
    case .bareWord(let word, _): "The word '\(word)' has no quotes."
    case .notFinite(let text): "'\(text)' is not a finite number."
    case .number(let text, _): "'\(text)' is not how JSON writes a number."
    case .unterminatedText: "The text has no closing quote on its line."
    case .controlCharacter(let byte):
      byte == 9 ? "A tab stands inside a text." : "A control character stands inside a text."
    case .escape(let text): "'\(text)' is no escape that JSON knows."
    case .loneSurrogate(let text): "'\(text)' is half of a character."
    case .null: "The character U+0000 ends a text in databases and on command lines."
    case .unclosed(let open, let line): "The '\(open)' of line \(line) is never closed."
    case .mismatched(let found, let open, let line):
      "'\(found)' cannot close the '\(open)' of line \(line)."
    case .unexpected(let character): "The character '\(character)' has no meaning here."
    case .afterTheEnd: "Something follows after the end of the object."
    case .duplicateKey(let key, let line): "The key '\(key)' stands twice, first in line \(line)."
    }
  }

  /// What would be right, as a sentence, or nil where the reason says it.
  package var advice: String? {
    switch self {
    case .empty:
      "The smallest spec is {\"axes\": {\"dropout\": [0, 0.5]}}; 'sweep init' writes one."
    case .notUTF8: "Save the file as UTF-8."
    case .comment: "A key that begins with '$' is a comment: \"$why\": \"...\"."
    case .trailingComma: "Remove it."
    case .missingComma: "Put one here."
    case .extraComma: "Remove it."
    case .semicolon, .equalsSign: self == .semicolon ? "Write ','." : "Write ':'."
    case .missingColon: "Write \"key\": value."
    case .missingValue: "Write a value after the ':'."
    case .unquotedKey(let key): "Write \(JSON.quoted(key))."
    case .keyExpected: "A key is a text in double quotes."
    case .singleQuotes, .curlyQuotes: "Write straight double quotes: \"...\"."
    case .bareWord(let word, let meant): "Write \(meant ?? JSON.quoted(word))."
    case .notFinite: "Every number of a spec is finite."
    case .number(_, let advice): advice.sentence
    case .unterminatedText: "A text ends with '\"'; a line break inside it is written \\n."
    case .controlCharacter(let byte): byte == 9 ? "Write \\t." : "Write it as \\u and four digits."
    case .escape: "A backslash itself is written \\\\."
    case .null: "Leave it out."
    case .loneSurrogate: "Write the character itself, or both of its \\u halves."
    case .unclosed(let open, _): "Its '\(open == "{" ? "}" : "]")' is missing."
    case .mismatched(_, let open, _): "It closes with '\(open == "{" ? "}" : "]")'."
    case .unexpected: "Texts stand in double quotes."
    case .afterTheEnd: "A spec is one JSON object."
    case .duplicateKey: "Remove one of them."
    case .tooDeep: nil
    }
  }
}

extension JSONFault.NumberAdvice {
  var sentence: String {
    switch self {
    case .plusSign: "Leave the '+' out."
    case .leadingZero: "Leave the leading zeros out."
    case .leadingPoint: "Write a digit before the point: 0.5."
    case .trailingPoint: "Write a digit after the point: 1.0."
    case .hexadecimal: "Write it in decimal digits."
    case .separator: "Write the digits without '_'."
    case .quotes: "If it is a text, put it in double quotes."
    }
  }
}
