import Foundation
import TestSupport
import Testing

struct ReportCommandTests {
  private static let spec = """
    { "name": "s", "axes": { "a": [0, 1] }, "seeds": 2,
      "command": ["sh", "-c", "for e in 1 2 3; do echo '{{\\"epoch\\": '$e', \\"loss\\": {a}.'$e'}}'; done; echo '{{\\"final\\": {{\\"loss\\": {a}.{seed}}}}}'"],
      "metrics": { "loss": { "better": "lower", "delta": 0.1 } } }
    """

  private func finished<Result>(_ body: (SweepFolder) throws -> Result) throws -> Result {
    try withTemporaryFolder { url in
      let folder = try SweepFolder(url, files: ["s.json": Self.spec])
      #expect(try folder.sweep("run s.json --quiet").exitCode == 0)
      return try body(folder)
    }
  }

  @Test func `a page has the curves of the runs`() throws {
    try finished { folder in
      let page = try folder.sweep("report --format html")
      #expect(page.exitCode == 0)
      #expect(
        page.output.hasPrefix("<!DOCTYPE html>")
          && page.output.contains("</html>\n<!-- {\"")
          && page.output.contains("\n<!-- {\"report\":")
      )
      #expect(page.output.contains("baseline: loss ends at"))
    }
  }

  @Test(arguments: ["report --figures plots", "report --figures sub/plots -o sub/r.md"])
  func `figures are files that Markdown finds from where it lies`(line: String) throws {
    try finished { folder in
      try FileManager.default.createDirectory(
        at: folder.url.appending(component: "sub"),
        withIntermediateDirectories: true
      )
      let printed = try folder.sweep(line)
      #expect(printed.exitCode == 0)
      let home = line.contains("-o") ? folder.url.appending(component: "sub") : folder.url
      let text =
        line.contains("-o")
        ? try String(contentsOf: home.appending(component: "r.md"), encoding: .utf8)
        : printed.output
      let links = text.matches(of: #/!\[[^\]]*\]\(([^)]*)\)/#).map { String($0.1) }
      #expect(links.contains("plots/curves.svg"))
      for link in links {
        let file = home.appending(path: link)
        let picture = try String(contentsOf: file, encoding: .utf8)
        #expect(picture.hasPrefix("<svg") || picture.hasPrefix("<?xml"))
      }
    }
  }

  @Test func `a folder that cannot be made is told`() throws {
    try finished { folder in
      let refused = try folder.sweep("report --figures s.json")
      #expect(refused.exitCode == 74)
      #expect(refused.errors.contains("The folder 's.json' cannot be made"))
    }
  }

  @Test func `data of one number show what each network made of them`() throws {
    try withTemporaryFolder { url in
      let spec = """
        { "name": "fit", "axes": { "width": [2, 4] }, "seeds": 1,
          "settings": { "dataset": "curve", "model": "mlp", "train_size": 50, "epochs": 2 } }
        """
      let folder = try SweepFolder(url, files: ["fit.json": spec])
      #expect(try folder.sweep("run fit.json --quiet").exitCode == 0)
      let page = try folder.sweep("report --format html").output
      #expect(page.contains("What the first seed of each cell made of the curve"))
    }
  }

  @Test func `images show what each augmentation does, and filters what the first layer looks for`()
    throws
  {
    try withTemporaryFolder { url in
      let spec = """
        { "name": "see", "axes": { "augmentation": ["none", "strong"] }, "seeds": 1,
          "settings": { "train_size": 20, "epochs": 1, "model": "linear" } }
        """
      let folder = try SweepFolder(url, files: ["see.json": spec])
      #expect(try folder.sweep("run see.json --quiet").exitCode == 0)
      let page = try folder.sweep("report --format html").output
      #expect(page.contains("One training image, drawn up to 8 times by each augmentation"))
      #expect(page.contains("10 filters of the first layer before and after the training"))
      #expect(page.contains("on average") && page.contains("answers of 1 seed"))
    }
  }
}
