import Serving
import Testing

struct FormFieldsTests {
  @Test(arguments: [
    ("name=Ana", ["name": "Ana"]),
    ("a=1&b=2&a=3", ["a": "3", "b": "2"]),
    ("reason=it+falls%2C+I+think%21", ["reason": "it falls, I think!"]),
    ("name=%F0%9F%A6%A6%20%26%20%3Cb%3E", ["name": "🦦 & <b>"]),
    ("a=b=c&&d&=e", ["a": "b=c", "d": "", "": "e"]),
    ("a=%", ["a": "%"]),
    ("a=%4", ["a": "%4"]),
    ("a=%zz%41", ["a": "%zzA"]),
    ("a=%FF", ["a": "\u{FFFD}"]),
    ("", [:]),
  ])
  func `fields are what a browser meant`(text: String, fields: [String: String]) {
    #expect(FormFields(text).texts == fields)
  }

  @Test func `a form has no more fields than ours`() {
    let text = (0..<10_000).map { "f\($0)=1" }.joined(separator: "&")
    #expect(FormFields(text).texts.count == 40)
  }
}
