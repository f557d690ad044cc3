import Notation

/// The value of `--set key=value`: JSON, a bare word, or several of them with commas between.
struct OverrideValue {
  private let elements: [JSONNode]
  private let text: SourceText
  private let range: Range<Int>
  let faults: [SpecFault]

  init(_ text: SourceText, range: Range<Int>) {
    self.text = text
    self.range = range
    var elements: [JSONNode] = []
    var faults: [SpecFault] = []
    for part in OverrideValue.parts(of: text.bytes, range) {
      let place = SourcePlace(source: text, range: part)
      let isStructured = text.bytes[part].first.map { "{[\"".utf8.contains($0) } ?? false
      var reader = JSONReader(text, range: part)
      let node = reader.document()
      if let node, reader.faults.isEmpty {
        elements.append(node)
      } else if isStructured {
        faults += reader.faults.map { SpecFault(error: .syntax($0.fault), place: $0.place) }
        elements.append(JSONNode(content: .unreadable, place: place))
      } else {
        let word = String(decoding: text.bytes[part], as: UTF8.self)
        elements.append(JSONNode(content: .string(word), place: place))
      }
    }
    self.elements = elements
    self.faults = faults
  }

  /// Whether it can only be several levels.
  var isList: Bool {
    if elements.count > 1 { return true }
    if case .array = elements[0].content { return true }
    return false
  }

  /// One value, or a list where there are commas.
  var node: JSONNode { elements.count == 1 ? elements[0] : list }

  /// A list of levels, or the object that describes an axis.
  var levels: JSONNode {
    guard elements.count == 1 else { return list }
    switch elements[0].content {
    case .array, .object: return elements[0]
    case .null, .boolean, .number, .string, .unreadable: return list
    }
  }

  /// All of it as one text.
  var wholeText: JSONNode {
    if elements.count == 1, case .string = elements[0].content { return elements[0] }
    return JSONNode(
      content: .string(String(decoding: text.bytes[range], as: UTF8.self)),
      place: place
    )
  }

  private var place: SourcePlace { SourcePlace(source: text, range: range) }
  private var list: JSONNode { JSONNode(content: .array(elements), place: place) }

  /// Splits at the commas that are neither in brackets nor in quotes.
  private static func parts(of bytes: [UInt8], _ range: Range<Int>) -> [Range<Int>] {
    var parts: [Range<Int>] = []
    var start = range.lowerBound
    var depth = 0
    var isQuoted = false
    for index in range {
      switch bytes[index] {
      case UInt8(ascii: "\"")
      where index == range.lowerBound || bytes[index - 1] != UInt8(ascii: "\\"):
        isQuoted.toggle()
      case UInt8(ascii: "["), UInt8(ascii: "{"): depth += isQuoted ? 0 : 1
      case UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= isQuoted ? 0 : 1
      case UInt8(ascii: ",") where depth == 0 && !isQuoted:
        parts.append(start..<index)
        start = index + 1
      default: break
      }
    }
    return parts + [start..<range.upperBound]
  }
}
