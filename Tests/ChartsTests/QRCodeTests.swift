import Charts
import Foundation
import TestSupport
import Testing

struct QRCodeTests {
  /// What Reference/qr.py got from another encoder.
  struct Reference: Decodable {
    struct Code: Decodable {
      let text: String
      let mask: Int
      let rows: [String]
    }

    struct Choice: Decodable {
      let text: String
      let mask: Int
    }

    let codes: [Code]
    let chosen: [Choice]

    init() throws {
      let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appending(components: "Reference", "qr.json")
      self = try JSONDecoder().decode(Reference.self, from: Data(contentsOf: file))
    }
  }

  /// Each row as 0 and 1, without the margin.
  private func rows(_ code: QRCode) -> [String] {
    (0..<code.size).map { row in
      (0..<code.size).map { code.isDark(column: $0, row: row) ? "1" : "0" }.joined()
    }
  }

  @Test func `a code has the modules that another encoder gives it`() throws {
    for reference in try Reference().codes {
      let code = try #require(QRCode(reference.text, mask: reference.mask))
      #expect(rows(code) == reference.rows, "\(reference.text)")
    }
  }

  @Test func `of the eight masks the one is taken that another encoder takes`() throws {
    for choice in try Reference().chosen {
      #expect(QRCode(choice.text) == QRCode(choice.text, mask: choice.mask), "\(choice.text)")
    }
  }

  private static let reader = "/usr/bin/zbarimg"

  /// Whether there is a reader that is not ours.
  private static let hasReader = FileManager.default.isExecutableFile(atPath: reader)

  @Test(.enabled(if: runsLongTests && hasReader))
  func `a reader reads back an address of every length`() throws {
    try withTemporaryFolder { folder in
      let address = "http://192.168.178.101:8080/" + (0..<90).map { "\($0 * $0)," }.joined()
      let texts = (1...200).map { String(address.prefix($0)) }
      let files = try texts.map { text in
        let code = try #require(QRCode(text))
        let file = folder.appending(component: "\(text.count).pbm")
        try Data(bitmap(of: code, scale: 3).utf8).write(to: file)
        return file.path
      }
      let read = try SweepBinary.run(
        ["-q", "--raw"] + files,
        in: folder,
        executable: URL(fileURLWithPath: Self.reader)
      )
      #expect(read.output.split(separator: "\n").map(String.init) == texts)
    }
  }

  /// A picture with its margin, in the plain format of netpbm.
  private func bitmap(of code: QRCode, scale: Int) -> String {
    let side = (code.size + 8) * scale
    let rows = (0..<side).map { row in
      (0..<side).map {
        code.isDark(column: $0 / scale - 4, row: row / scale - 4) ? "1" : "0"
      }.joined()
    }
    return "P1\n\(side) \(side)\n" + rows.joined(separator: "\n") + "\n"
  }

  @Test func `a text as long as the largest code is taken, and a longer one is not`() {
    #expect(QRCode(String(repeating: "x", count: QRCode.capacity))?.size == 57)
    #expect(QRCode(String(repeating: "x", count: QRCode.capacity + 1)) == nil)
  }

  @Test func `a picture for the terminal holds every module and the margin`() throws {
    let code = try #require(QRCode("http://10.0.0.7:8000/"))
    let lines = code.blocks.split(separator: "\n").map(Array.init)
    #expect(lines.allSatisfy { $0.count == code.size + 8 })
    for row in -4..<code.size + 4 {
      for column in -4..<code.size + 4 {
        let block = lines[(row + 4) / 2][column + 4]
        let lit = (row + 4).isMultiple(of: 2) ? "█▀" : "█▄"
        #expect(code.isDark(column: column, row: row) != lit.contains(block))
      }
    }
  }

  @Test func `a picture for a page holds every dark module, and a label that is only text`() throws
  {
    let code = try #require(QRCode("http://10.0.0.7:8000/"))
    let svg = code.svg(label: "Join at \"<10.0.0.7>\"")
    let lengths = svg.matches(of: #/h(\d+)v1/#).compactMap { Int($0.output.1) }
    let dark = rows(code).joined().count { $0 == "1" }
    #expect(lengths.reduce(0, +) == dark)
    #expect(svg.contains("aria-label=\"Join at &quot;&lt;10.0.0.7&gt;&quot;\""))
  }
}
