import Testing

/// What the tree promises to those who look for something in it.
struct HouseTests {
  let tree: SourceTree

  init() throws {
    tree = try SourceTree()
  }

  /// The modules of this package that each may import.
  private static let graph: [String: Set<String>] = [
    "Statistics": [],
    "Notation": [],
    "Charts": [],
    "Training": ["Kernels", "Notation", "Statistics"],
    "Sweeps": ["Notation", "Statistics"],
    "Storage": ["Notation", "Statistics", "Sweeps"],
    "Execution": ["Notation", "Statistics", "Storage", "Sweeps"],
    "Reports": ["Charts", "Notation", "Statistics", "Sweeps"],
    "Laboratory": [
      "Charts", "Execution", "Notation", "Reports", "Statistics", "Storage", "Sweeps", "Training",
    ],
    "Classroom": ["Charts", "Notation", "Reports", "Statistics", "Sweeps"],
    "Serving": [
      "Charts", "Classroom", "Laboratory", "Notation", "Reports", "Statistics", "Storage",
      "Sweeps",
    ],
    "sweep": [
      "Charts", "Classroom", "Execution", "Laboratory", "Notation", "Reports", "Serving",
      "Statistics", "Storage", "Sweeps", "Training",
    ],
    "bench": ["Notation", "Statistics", "Training"],
  ]

  @Test func `a module imports only what lies below it`() {
    for file in tree.swiftFiles {
      let own = file.imports.intersection(Set(Self.graph.keys).union(["Kernels"]))
      let allowed = Self.graph[file.module]
      #expect(allowed != nil, "\(file.module) is not in the graph of this test")
      let extra = own.subtracting(allowed ?? []).sorted()
      #expect(extra.isEmpty, "\(file.path) imports \(extra.joined(separator: ", "))")
    }
  }

  @Test(arguments: [
    ("GRDB", "Storage"), ("Subprocess", "Execution"), ("ArgumentParser", "sweep"),
    ("Kernels", "Training"), ("Hummingbird", "Serving"), ("NIOCore", "Serving"),
  ])
  func `one module alone speaks to a library`(library: String, module: String) {
    let users = Set(tree.swiftFiles.filter { $0.imports.contains(library) }.map(\.module))
    #expect(users == [module])
  }

  @Test func `only the doors print, exit and change directory`() {
    for file in tree.swiftFiles where !["sweep", "bench"].contains(file.module) {
      let found = file.lines(
        matching:
          #"^(?!.*case exit\().*((^|[^\w.\n])(print|exit|chdir)\(|ExitCode|changeCurrentDirectoryPath)"#
      )
      #expect(found.isEmpty, "\(file.path):\(found)")
    }
  }

  @Test func `a command line is refused with a code`() {
    for file in tree.swiftFiles where file.module == "sweep" {
      let found = file.lines(
        matching: #"ValidationError\((?!\.[a-z]|Output\.visible\(signed|signed\()."#
      )
      #expect(found.isEmpty, "\(file.path):\(found) names no kind")
    }
  }

  @Test func `a door asks the laboratory, and opens no store beside it`() {
    for file in tree.swiftFiles where ["sweep", "Serving"].contains(file.module) {
      let found = file.lines(matching: #"\bStore(\.reading|\.writing|\()"#)
      #expect(found.isEmpty, "\(file.path):\(found)")
    }
  }

  @Test func `the domain opens no file and starts no process`() {
    for file in tree.swiftFiles
    where ["Charts", "Notation", "Reports", "Statistics", "Sweeps"].contains(file.module) {
      let found = file.lines(
        matching: #"FileManager|FileHandle|contentsOf: *URL|contentsOfFile|\bProcess\(\)"#
      )
      #expect(found.isEmpty, "\(file.path):\(found)")
    }
  }

  /// The names in the trainer's table, those of patterns aside.
  private var trainerMetrics: [String] {
    tree.swiftFiles.filter { $0.folder == "Training/Metrics" }.flatMap { file in
      file.text.matches(of: #/MetricDescription\(\s*"([a-z_]+)"/#)
        .map { String($0.output.1) }
    }
  }

  @Test func `the trainer's table alone knows what its metrics are called`() {
    let names = Set(trainerMetrics.map { $0[...] })
    #expect(names.count > 20)
    // A word of everyday English may head a column; what it may not do is pick a metric out.
    // The starter spec is an example that people read.
    for file in tree.swiftFiles
    where !["Training", "bench"].contains(file.module) && file.name != "StarterSpec.swift" {
      for (line, words) in file.quoted where !file.isComment(line) {
        for name in words.intersection(names) {
          let picks = [
            "final[\"\(name)\"]", "metrics[\"\(name)\"]", "== \"\(name)\"", "code: \"\(name)\"",
          ]
          let isNamed = name.contains("_") || picks.contains { file.lines[line - 1].contains($0) }
          #expect(!isNamed, "\(file.path):\(line) names \(name)")
        }
      }
    }
  }

  @Test func `JSON is read and written by Notation alone`() {
    for file in tree.swiftFiles {
      let found = file.lines(
        matching: #"JSONEncoder|JSONDecoder|JSONSerialization|\b(Codable|Encodable|Decodable)\b"#
      )
      #expect(found.isEmpty, "\(file.path):\(found)")
    }
  }

  @Test func `nothing is written through a file handle, and no error is forced`() {
    // A handle ends the program on a full disk, and what comes from outside may be of any kind.
    for file in tree.swiftFiles where file.module != "bench" {
      let found = file.lines(
        matching:
          #"FileHandle\.standard(Output|Error)|\.write\(contentsOf:|[hH]andle\.write\(|try!|fatalError\(| as! "#
      )
      #expect(found.isEmpty, "\(file.path):\(found)")
    }
  }

  @Test func `a folder holds at most fifteen files`() {
    let folders = Dictionary(grouping: tree.files, by: \.folder)
    for (folder, files) in folders.sorted(by: { $0.key < $1.key }) {
      #expect(files.count <= 15, "\(folder) holds \(files.count)")
    }
  }

  @Test func `no file name occurs twice`() {
    for (name, files) in Dictionary(grouping: tree.files, by: \.name) {
      #expect(files.count == 1, "\(name): \(files.map(\.path))")
    }
  }

  @Test func `a function is shorter than sixty lines`() {
    // The one wording of each fault of a spec is a table in the form of a switch, and so are the names of them.
    for file in tree.swiftFiles
    where !["SpecError.swift", "SpecError+Code.swift"].contains(file.name) {
      for function in file.functions {
        #expect(function.count < 60, "\(file.path):\(function.line) has \(function.count) lines")
      }
    }
  }
}
