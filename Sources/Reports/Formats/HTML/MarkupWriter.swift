/// Writes HTML in which everything that was not written in this program is escaped.
///
/// Names of elements and attributes are literals of the source; texts and values of attributes go through
/// one escape, so that no name, setting or rationale can become markup.
package struct MarkupWriter {
  /// A name of an attribute and its value; nil for one that stands alone, such as `hidden`.
  package typealias Attribute = (name: StaticString, value: String?)

  package private(set) var markup = ""

  package init() {}

  /// Writes an element and what is inside it.
  package mutating func element(
    _ name: StaticString,
    _ attributes: [Attribute] = [],
    _ content: (inout MarkupWriter) -> Void
  ) {
    open(name, attributes)
    content(&self)
    markup += "</\(name)>"
  }

  /// Writes an element that holds a text.
  package mutating func element(_ name: StaticString, _ attributes: [Attribute] = [], text: String)
  {
    element(name, attributes) { $0.text(text) }
  }

  /// Writes the start of an element; the whole of it where it holds nothing, such as `meta`.
  package mutating func open(_ name: StaticString, _ attributes: [Attribute] = []) {
    markup += "<\(name)"
    for attribute in attributes {
      markup += " \(attribute.name)"
      guard let value = attribute.value else { continue }
      markup += "=\""
      escape(value)
      markup += "\""
    }
    markup += ">"
  }

  /// Writes a text; one that runs from right to left is set apart, so that it turns nothing around it.
  package mutating func text(_ text: String) {
    guard text.unicodeScalars.contains(where: \.turnsText) else { return escape(text) }
    markup += "<bdi>"
    escape(text)
    markup += "</bdi>"
  }

  /// Writes a text where no element may stand, such as in a `textarea` or a `title`.
  package mutating func plain(_ text: String) { escape(text) }

  /// Writes markup that this program made.
  package mutating func trusted(_ text: String) { markup += text }

  package mutating func lineEnd() { markup += "\n" }

  private mutating func escape(_ text: String) {
    if text.utf8.allSatisfy(\.isPlain) {
      markup += text
      return
    }
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": markup += "&amp;"
      case "<": markup += "&lt;"
      case ">": markup += "&gt;"
      case "\"": markup += "&quot;"
      case "'": markup += "&#39;"
      default: markup.unicodeScalars.append(scalar.isAllowed ? scalar : "\u{FFFD}")
      }
    }
  }
}

extension UInt8 {
  /// Whether a byte is a printable character of ASCII that means nothing in HTML.
  fileprivate var isPlain: Bool {
    switch self {
    case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""),
      UInt8(ascii: "'"):
      false
    default: 0x20...0x7e ~= self
    }
  }
}

extension Unicode.Scalar {
  /// Whether HTML may hold the character: controls and noncharacters are faults there.
  ///
  /// Reference: HTML Living Standard, section 13.2.3.5, Preprocessing the input stream.
  fileprivate var isAllowed: Bool {
    switch value {
    case 0x09, 0x0a, 0x20...0x7e: true
    case 0..<0x20, 0x7f...0x9f, 0xfdd0...0xfdef: false
    default: value & 0xfffe != 0xfffe
    }
  }

  /// Whether the character runs from right to left or directs others.
  fileprivate var turnsText: Bool {
    switch value {
    case 0x0590...0x08ff, 0x200e...0x200f, 0x202a...0x202e, 0x2066...0x2069, 0xfb1d...0xfdff,
      0xfe70...0xfeff, 0x10800...0x10fff, 0x1e800...0x1efff:
      true
    default: false
    }
  }
}
