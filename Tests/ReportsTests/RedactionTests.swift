import Reports
import Testing

struct RedactionTests {
  private let redaction = Redaction(
    hosts: ["lab-anabel-42.uni.example"],
    boots: ["a3d45ad1-50c"],
    users: ["anabel", "root"],
    homes: ["/home/anabel"],
    folders: ["/home/anabel/work", "/srv/Data & more/ben_1"]
  )

  @Test(arguments: [
    ("on lab-anabel-42.uni.example.", "on HOST-A."),
    ("on lab-anabel-42, too", "on HOST-B, too"),
    ("\"boot\":\"a3d45ad1-50c\"", "\"boot\":\"BOOT-A\""),
    ("no /home/anabel/work/x.csv at /home/anabel", "no FOLDER-A/x.csv at HOME-A"),
    ("-I/home/anabel/include", "-IHOME-A/include"), ("by anabel, anabella", "by USER-A, anabella"),
    // A folder of somebody who is not known, and a path of the web.
    ("read /home/carla/x", "read HOME/x"),
    ("https://a.example/home/page", "https://a.example/home/page"),
    // As JSON, HTML, Markdown and LaTeX write it.
    ("\"/srv/Data & more/ben_1/x\"", "\"FOLDER-B/x\""),
    ("<td>/srv/Data &amp; more/ben_1</td>", "<td>FOLDER-B</td>"),
    (#"/srv/Data & more/ben\_1"#, "FOLDER-B"), (#"/srv/Data \& more/ben\_1"#, "FOLDER-B"),
    // As a figure cuts it: the longest folder that begins so.
    ("<title>/home/ana…</title>", "<title>FOLDER-A</title>"), ("/srv/Data &amp; mo…", "FOLDER-B"),
    // What names nobody, and the key of a document.
    ("the root mean square of seeds", "the root mean square of seeds"),
    (#"{"anabel":1}"#, #"{"anabel":1}"#),
    ("/home/anabella/x", "HOME/x"),
  ])
  func `names of machines and people are placeholders in every format`(text: String, told: String) {
    #expect(redaction.redacting(text) == told)
  }

  @Test func `what names nothing takes nothing out`() {
    let text = "<p>a 0.5 → 1</p> {\"loss\": 0.25} HOME /usr/bin/python3"
    #expect(Redaction().redacting(text) == text)
    #expect(redaction.redacting(text) == text)
  }

  @Test func `many names have placeholders of their own`() {
    let hosts = (0..<30).map { "node\($0)" }
    let told = Redaction(hosts: hosts).redacting(hosts.joined(separator: " ")).split(separator: " ")
    #expect(Set(told).count == 30)
    #expect(told[0] == "HOST-A" && told[25] == "HOST-Z" && told[26] == "HOST-AA")
  }

  @Test func `a writing in pieces is redacted as a whole`() throws {
    var pieces: [String] = []
    try Destination { pieces.append($0) }.redacting(redaction) {
      try $0.write("at /home/an")
      try $0.write("abel")
    }
    #expect(pieces == ["at HOME-A"])
  }
}
