import Foundation
import Notation
import Sweeps
import TestSupport
import Testing

/// What runs leave in their folders where the spec's 'keep' asks for it, as a user meets it.
struct KeptFilesTests {
  private static let photos = """
    { "name": "sides",
      "settings": { "dataset": { "folder": "photos", "size": 16 }, "model": "mlp", "width": 8, "epochs": 3 },
      "axes": { "optimizer": ["adamw", "sgd"] }, "seeds": 2, "keep": ["weights", "probabilities"] }
    """

  private static let places = """
    { "name": "places", "settings": { "train_size": 60, "epochs": 1, "width": 8, "evaluate_every": 0 },
      "axes": { "task": ["single", "multi", "regression"], "model": ["cnn", "mlp"] },
      "seeds": 1, "keep": "weights" }
    """

  private static let digits = """
    { "name": "digits", "settings": { "train_size": 60, "epochs": 1, "model": "linear" }, "seeds": 1\(keep) }
    """

  private static let keep = #", "keep": ["weights", "probabilities"]"#

  /// The files in the folders of all runs of a sweep, without their settings.
  private func kept(_ sweep: String, in folder: SweepFolder) throws -> Set<String> {
    let runs = folder.url.appending(path: "results/\(sweep)/runs").path
    let files = try FileManager.default.subpathsOfDirectory(atPath: runs)
    return Set(files.map { ($0 as NSString).lastPathComponent }.filter { $0.contains(".") })
      .subtracting(["settings.json"])
  }

  @Test func `photographs get from kept networks what the runs said of them, to the bit`() throws {
    try withTemporaryFolder { url in
      let folder = try SweepFolder(url, files: ["sides.json": Self.photos])
      try PhotographTests().makePhotos(in: url)
      #expect(try folder.sweep("run sides.json --quiet").exitCode == 0)
      let pictures = "photos/left/5.png photos/right/5.webp"
      let table = try folder.sweep("classify sides \(pictures) --color never")
      #expect(table.exitCode == 0)
      for words in ["photos/left/5.png\n", "photos/right/5.webp\n", "adamw", "of 2\n"] {
        #expect(table.output.contains(words), "\(table.output)\(table.errors)")
      }
      for record in try folder.stored().records {
        let csv = folder.lines(of: "results/sides/runs/\(record.run.id)/probabilities.csv")
        #expect(csv.first == "index,label,p_left,p_right")
        #expect(csv.dropFirst().map { $0.split(separator: ",")[1] } == ["left", "right"])
        let json = try folder.sweep("classify \(record.run.id) \(pictures) --json")
        let text = SourceText(path: "json", bytes: Array(json.output.utf8))
        var reader = JSONReader(text)
        let found = reader.document()?.value.object?["pictures"]?.array ?? []
        #expect(found.count == 2)
        for (picture, line) in zip(found, csv.dropFirst()) {
          let cell = picture.object?["cells"]?.array?.first?.object
          let said = cell?["probabilities"]?.object?.members.map { Float($0.value.double ?? 0) }
          #expect(said == line.split(separator: ",").dropFirst(2).map { Float($0) ?? -1 })
        }
      }
    }
  }

  @Test func `a run that is made again has nothing of an earlier attempt`() throws {
    try withTemporaryFolder { url in
      let folder = try SweepFolder(
        url,
        files: [
          "digits.json": Self.digits,
          "later.json": Self.digits.replacing(Self.keep, with: ""),
        ]
      )
      #expect(try folder.sweep("run digits.json --quiet").exitCode == 0)
      #expect(try kept("digits", in: folder) == ["weights.safetensors", "probabilities.csv"])
      let again = try folder.sweep("run later.json --again --quiet")
      #expect(again.exitCode == 0, "\(again.errors)")
      #expect(try kept("digits", in: folder) == [])
      let refused = try folder.sweep("classify digits picture.png")
      #expect(refused.exitCode == 64)
      #expect(refused.errors.contains("No finished run of 'digits' has kept its network."))
    }
  }

  @Test func `a program of one's own finds again what it has kept under such a name`() throws {
    try withTemporaryFolder { url in
      let spec = #"""
        { "name": "own", "seeds": 1,
          "command": ["sh", "-c", "f=$SWEEP_RUN_DIR/weights.safetensors; n=0; [ -e $f ] && n=1; : > $f; echo '{{\"final\": {{\"found\": '$n'}}}}'"] }
        """#
      let folder = try SweepFolder(url, files: ["own.json": spec])
      for found in [0.0, 1] {
        #expect(try folder.sweep("run own.json --again --quiet").exitCode == 0)
        #expect(try folder.stored().records.map { $0.measurements.final["found"] } == [found])
      }
      #expect(
        try folder.sweep("classify own x.png").errors.contains("has kept its network")
      )
    }
  }

  @Test func `a run without results leaves nothing, and one with results what it was asked for`()
    throws
  {
    try withTemporaryFolder { url in
      let rate =
        #"{"train_size": 60, "epochs": 2, "model": "mlp", "optimizer": "sgd", "learning_rate": "#
      let folder = try SweepFolder(
        url,
        files: ["wild.json": rate + "1e38}", "tame.json": rate + "0.01}"]
      )
      let environment = ["SWEEP_KEEP": "probabilities", "SWEEP_RUN_DIR": url.path]
      let file = url.appending(component: "probabilities.csv").path
      let wild = try folder.sweep("train --settings wild.json", environment: environment)
      #expect(wild.output.contains(#"{"diverged""#))
      #expect(!FileManager.default.fileExists(atPath: file))
      let tame = try folder.sweep("train --settings tame.json", environment: environment)
      #expect(tame.exitCode == 0)
      #expect(FileManager.default.fileExists(atPath: file))
      let nowhere = try folder.sweep(
        "train --settings tame.json",
        environment: ["SWEEP_KEEP": "weights"]
      )
      #expect(nowhere.errors.contains("SWEEP_RUN_DIR does not say in which folder"))
    }
  }

  @Test func `every task is answered, and cells whose networks pool show what speaks for it`()
    throws
  {
    try withTemporaryFolder { url in
      let folder = try SweepFolder(url, files: ["places.json": Self.places])
      try PhotographTests().makePhotos(in: url)
      #expect(try folder.sweep("run places.json --quiet").exitCode == 0)
      #expect(try kept("places", in: folder) == ["weights.safetensors"])
      let picture = "photos/left/5.png"
      let table = try folder.sweep("classify places \(picture) --map page.html --color never")
      #expect(table.exitCode == 0, "\(table.errors)")
      for words in ["answer", "says", "number", "networks"] {
        #expect(table.output.contains(words), "\(table.output)")
      }
      let page = folder.lines(of: "page.html").joined()
      // Three of six cells have convolutions: a picture and a map each.
      #expect(page.components(separatedBy: "<image").count - 1 == 6)
      #expect(try folder.sweep("classify places \(picture) --map map.svg").exitCode == 0)
      #expect(folder.lines(of: "map.svg").joined().contains("data:image/png"))
      for (arguments, words) in [
        ("\(picture) --map map.png", "end its name in .html or .svg"),
        ("\(picture) \(picture) --map map.svg", "draws one picture, and there are 2"),
      ] {
        let refused = try folder.sweep("classify places \(arguments)")
        #expect(refused.exitCode == 64)
        #expect(refused.errors.contains(words), "\(refused.errors)")
      }
      let run = try folder.stored().records.first { $0.run.levels == ["single", "mlp"] }
      let id = try #require(run).run.id
      let refused = try folder.sweep("classify \(id) \(picture) --map m.html")
      #expect(refused.exitCode == 64)
      #expect(
        refused.errors.contains("take a network that pools what convolutions make of a picture")
      )
    }
  }

  @Test func `a run that diverged is saved nowhere`() throws {
    try withTemporaryFolder { url in
      let wild =
        #"{"train_size": 60, "epochs": 2, "model": "mlp", "optimizer": "sgd", "learning_rate": 1e38}"#
      let folder = try SweepFolder(url, files: ["wild.json": wild])
      let run = try folder.sweep(
        "train --settings wild.json --save w.safetensors --save-body b.safetensors"
      )
      #expect(run.output.contains(#"{"diverged""#))
      #expect(
        run.errors.contains(
          "The run diverged and has no results: 'w.safetensors' and 'b.safetensors' are not written."
        )
      )
      let files = try FileManager.default.contentsOfDirectory(atPath: url.path)
      #expect(!files.contains { $0.hasSuffix(".safetensors") })
    }
  }

  @Test(
    arguments: [
      (
        #""axes": { "tuning": ["full", "knn"] }, "keep": ["weights"]"#,
        "no weights say what they do; leave 'weights' out of 'keep'. This is so where tuning is knn."
      ),
      (
        #""settings": { "dataset": "curve", "model": "mlp" }, "keep": ["probabilities"]"#,
        "A number that is predicted has no probabilities; leave 'probabilities' out of 'keep'."
      ),
    ]
  )
  func `what a run could not keep is refused before anything runs`(spec: String, words: String)
    throws
  {
    try withTemporaryFolder { url in
      let folder = try SweepFolder(url, files: ["s.json": "{ \"seeds\": 1, \(spec) }"])
      let run = try folder.sweep("run s.json --quiet")
      #expect(run.exitCode == 64)
      #expect(run.errors.contains(words), "\(run.errors)")
    }
  }
}
