import Foundation
import Notation
import Testing

struct JSONTests {
  /// The example of RFC 8785, section 3.2.4, and numbers of its appendix B.
  @Test(arguments: [
    (
      #"{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],"# + ""
        + #""string":"\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/","literals":[null,true,false]}"#,
      #"{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"# + ""
        + #""string":"€$\u000f\nA'B\"\\\\\"/"}"#
    ),
    ("[-0, 5e-324, -5e-324, 1.7976931348623157e308]", "[0,5e-324,-5e-324,1.7976931348623157e+308]"),
    ("[9007199254740993, -9223372036854775808]", "[9007199254740993,-9223372036854775808]"),
    ("[1e21, 1e20, 295147905179352830000]", "[1e+21,100000000000000000000,295147905179352830000]"),
    ("[9.999999999999997e-7, 0.000001, 1e-6]", "[9.999999999999997e-7,0.000001,0.000001]"),
    (#"{"\ud83d\ude00":1,"\ufb33":2,"\u00f6":3}"#, #"{"ö":3,"😀":1,"דּ":2}"#),
  ])
  func `canonical text is that of RFC 8785`(text: String, canonical: String) throws {
    #expect(try #require(JSON(line: text.utf8)).canonical == canonical)
  }

  @Test func `values are equal by meaning and not by spelling`() throws {
    let one = try #require(JSON(line: #"{"a": 0.50, "b": [1e3, 2.0]}"#.utf8))
    let other = try #require(JSON(line: #"{"b": [1000, 2], "a": 0.5}"#.utf8))
    #expect(one == other)
    #expect(one.hashValue == other.hashValue)
    #expect(one.canonical == other.canonical)
    #expect(try #require(JSON(line: "9007199254740993".utf8)) != 9_007_199_254_740_992)
    #expect(one != ["a": 0.5, "b": [1000, 3]])
  }

  @Test func `level text keeps a number as written and a string without quotes`() throws {
    let value = try #require(JSON(line: #"{"b": 1e-4, "a": ["x", 0.50]}"#.utf8))
    #expect(value.levelText == #"{"b":1e-4,"a":["x",0.50]}"#)
    #expect(JSON.string("none").levelText == "none")
  }

  @Test func `lines of trainers may hold numbers that are not finite`() throws {
    let line = try #require(JSON(line: #"{"a": NaN, "b": -Infinity, "c": Infinity}"#.utf8))
    #expect(try #require(line.object?["a"]?.double).isNaN)
    #expect(line.object?["b"]?.double == -.infinity)
    #expect(JSON(line: #"{"a": nope}"#.utf8) == nil)
    let null = try #require(JSON(line: #"{"a\u0000b": 2, "a": 1}"#.utf8)?.object)
    #expect(null["a"] == 1 && null["a\0b"] == 2)
    #expect(JSON(line: "".utf8) == nil)
    #expect(JSON(line: "{} {}".utf8) == nil)
  }

  @Test func `unfolded text is what Foundation's encoder lays out`() throws {
    let numbers = ["b": [[1, 2], []], "a": [], "c\"\u{1}é/": [[0]]]
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let members = numbers.map { key, lists in
      JSONObject.Member(key: key, value: .array(lists.map { .array($0.map { JSON($0) }) }))
    }
    let value = JSON.object(JSONObject(members)).withSortedKeys
    #expect(value.unfolded == String(decoding: try encoder.encode(numbers), as: UTF8.self))
  }

  @Test func `members that are appended one by one are those of the value`() throws {
    let value: JSON = ["a": [1, nil, true], "b\n": "x\u{1F}", "c": ["d": 0.5]]
    let object = try #require(value.object)
    var members = JSONMembers()
    members.append(contentsOf: object)
    let numbers: [Double?] = [2, nil, .infinity]
    members.append(JSONMembers.Key("e"), numbers)
    members.append(JSONMembers.Key("f"), -Double.infinity)
    let text = "{" + String(decoding: members.bytes, as: UTF8.self) + "}"
    let more: JSONObject = ["e": [2, nil, "inf"], "f": "-inf"]
    #expect(JSON(line: text.utf8) == .object(object.merging(more)))
  }

  @Test func `pretty text reads back as the same value`() throws {
    let text =
      #"{"name":"x","axes":{"augmentation":["none",{"rotation":12.50,"zoom":0.1}]},"empty":{}}"#
    let value = try #require(JSON(line: text.utf8))
    #expect(
      value.pretty == """
        {
          "name": "x",
          "axes": {"augmentation": ["none", {"rotation": 12.50, "zoom": 0.1}]},
          "empty": {}
        }
        """
    )
    #expect(JSON(line: value.pretty.utf8)?.text == text)
  }
}
