import Foundation
package import Notation
import Statistics

extension Spec {
  /// Reads a spec file with all that it extends.
  ///
  /// - Parameters:
  ///   - path: The file; paths in it are relative to its folder.
  ///   - trainer: The built-in trainer, whose settings a spec without a command may have.
  ///   - files: Where the file lies, and what it extends and names.
  ///   - overrides: `key=value` texts, applied in their order.
  /// - Returns: The spec, free of faults.
  /// - Throws: `SpecFaults` with all that is wrong.
  package static func read(
    path: String,
    trainer: Trainer,
    files: any SpecFiles,
    overrides: [String] = []
  ) throws(SpecFaults) -> Spec {
    let source = try SpecSource(path: path, in: files, overrides: overrides)
    let file = URL(fileURLWithPath: path)
    return try Spec(
      source,
      fileName: file.deletingPathExtension().lastPathComponent,
      directory: file.deletingLastPathComponent().path,
      trainer: trainer,
      files: files
    )
  }

  /// Reads a spec that stands in a text and not in a file, such as one in a document.
  ///
  /// - Parameters:
  ///   - text: The spec, and what faults call it.
  ///   - name: The sweep's name where the spec has none.
  ///   - directory: The folder to which its paths are relative.
  ///   - trainer: The built-in trainer.
  ///   - files: What its paths may lead to.
  ///   - overrides: `key=value` texts, applied in their order.
  /// - Returns: The spec, free of faults.
  /// - Throws: `SpecFaults` with all that is wrong.
  package static func read(
    _ text: SourceText,
    name: String,
    directory: String,
    trainer: Trainer,
    files: any SpecFiles,
    overrides: [String] = []
  ) throws(SpecFaults) -> Spec {
    let source = try SpecSource(text: text, overrides: overrides)
    return try Spec(
      source,
      fileName: name,
      directory: directory,
      trainer: trainer,
      files: files
    )
  }

  /// Reads what a store kept, which was checked when it was stored.
  ///
  /// - Parameters:
  ///   - text: The text of a spec, merged and with its name.
  ///   - directory: The folder of the file that it came from.
  ///   - trainer: For the defaults that conditions look at; its rules are not applied.
  /// - Returns: The spec as it was.
  /// - Throws: `SpecFaults` where the text is no spec.
  package static func stored(
    text: String,
    directory: String,
    trainer: Trainer
  ) throws(SpecFaults) -> Spec {
    let source = try SpecSource(text: SourceText(path: "the stored spec", text: text))
    return try Spec(
      source,
      fileName: "sweep",
      directory: directory,
      trainer: trainer,
      files: nil
    )
  }

  private init(
    _ source: SpecSource,
    fileName: String,
    directory: String,
    trainer: Trainer,
    files: (any SpecFiles)?
  ) throws(SpecFaults) {
    guard source.isReadable else { throw SpecFaults(source.faults) }
    let hasCommand = ["command", "worker"].contains { source.root.member($0) != nil }
    var reader = SpecReader(
      trainer: hasCommand ? nil : trainer,
      directory: directory,
      files: files
    )
    let root = reader.entry(source.root, .spec, "the spec")
    name = reader.name(root) ?? fileName
    question = root.text("question")
    let fixed = root.members("settings")
    reader.check(fixed)
    settings = JSONObject(
      fixed.map { JSONObject.Member(key: $0.key, value: $0.value.value.withoutComments) }
    )
    var drafts = reader.axes(root.members("axes"), fixed: fixed)
    exclude = reader.exclude(root.elements("exclude"), drafts, fixed: fixed)
    inactive = reader.conditions(root.members("when"), drafts, fixed: fixed)
    include = reader.include(root.elements("include"), &drafts, fixed: fixed)
    axes = drafts.map(\.axis)
    seeds = reader.seeds(root["seeds"])
    sample = reader.sample(root["sample"])
    let names = Set(settings.keys + drafts.flatMap(\.settings))
    command = reader.program("command", root, settings: names, own: CommandTemplate.ownNames)
    worker = reader.program("worker", root, settings: [], own: CommandTemplate.slotNames)
    reader.refuseProgramKeys(of: root, hasCommand: hasCommand)
    inputs = reader.inputs(root.elements("inputs"))
    defaults = reader.defaults(root.members("defaults"), names: names)
    results = reader.results(root["results"])
    keep = reader.keep(root["keep"])
    limits = reader.limits(root["limits"])
    executor = reader.executor(root["executor"])
    vocabulary = trainer.metrics
    metrics = reader.metrics(root.members("metrics"), drafts, vocabulary)
    looks = reader.looks(root["seeds"], metrics: metrics)
    let asked = reader.questions(root.elements("questions"), axes: axes, metrics: metrics)
    questions = asked.map(\.asked)
    textbook = reader.textbook(root.elements("textbook"), questions, axes: axes, metrics: metrics)
    (self.directory, notes) = (directory, source.notes + (looks?.warnings ?? []))
    var stored = source.root.value
    if case .object(let object) = stored { stored = .object(object.named(name)) }
    text = stored.pretty + "\n"
    digest = Digest.hexadecimal(of: stored.withoutComments.canonical)
    var faults = source.faults + reader.faults
    if faults.isEmpty {
      faults = GridCheck(self, trainer: reader.checksSettings ? reader.trainer : nil).faults(
        root: source.root,
        questions: asked
      )
    }
    guard faults.isEmpty else { throw SpecFaults(faults.inOrder) }
  }
}

extension SpecReader {
  /// Reports keys about the program that contradict each other.
  ///
  /// Of a worker beside a command one would be left out; others say something about a command that is not there.
  fileprivate mutating func refuseProgramKeys(of root: Entry, hasCommand: Bool) {
    if root.node.member("command") != nil, let member = root.node.member("worker") {
      report(.twoPrograms, at: member.keyPlace)
    }
    for key in ["inputs", "defaults", "results"] where !hasCommand {
      if let member = root.node.member(key) { report(.needsCommand(key), at: member.keyPlace) }
    }
    if hasCommand, let member = root.node.member("keep") {
      report(.needsTrainer("keep"), at: member.keyPlace)
    }
  }

  /// What runs leave: one word, or a list of them.
  fileprivate mutating func keep(_ node: JSONNode?) -> [KeptFile] {
    guard let node, let field = Grammar.spec.field("keep") else { return [] }
    guard case .array(let nodes) = node.content else {
      if let file = node.value.string.flatMap(KeptFile.init) { return [file] }
      mismatch(
        "'keep'",
        node,
        expected: field.expectation,
        among: KeptFile.allCases.map(\.rawValue)
      )
      return []
    }
    let word = Field.Form.word(KeptFile.self)
    return nodes.compactMap { node in
      if let file = node.value.string.flatMap(KeptFile.init) { return file }
      let expected = word.words.alternatives
      mismatch("An entry of 'keep'", node, expected: expected, among: word.words)
      return nil
    }
  }

  fileprivate mutating func name(_ entry: Entry) -> String? {
    guard let node = entry["name"], let name = entry.text("name") else { return nil }
    guard !name.contains(where: \.isNewline) else {
      mismatch("'name'", node, expected: Grammar.spec.field("name")?.expectation ?? "")
      return nil
    }
    return name
  }
}

extension LookSchedule {
  private static let usefulLooks = 5

  /// What is allowed and hardly wanted.
  fileprivate var warnings: [String] {
    guard seeds.count > Self.usefulLooks else { return [] }
    return [
      "'seeds' has \(seeds.count) looks; each one more makes the interval of the others wider, and more than \(Self.usefulLooks) hardly end a sweep sooner."
    ]
  }
}

extension JSONObject {
  /// The same object with this name; where it had none the name comes first, after the comments.
  fileprivate func named(_ name: String) -> JSONObject {
    guard self["name"] == nil else { return self }
    let comments = members.prefix { $0.key.hasPrefix("$") }
    return JSONObject(
      comments + [Member(key: "name", value: .string(name))] + members.dropFirst(comments.count)
    )
  }
}

extension [SpecFault] {
  /// The faults text by text, as they were first met, and in each from its beginning to its end.
  fileprivate var inOrder: [SpecFault] {
    var paths: [String] = []
    for fault in self {
      if let path = fault.place?.source.path, !paths.contains(path) { paths.append(path) }
    }
    func key(_ fault: SpecFault) -> (Int, Int) {
      guard let place = fault.place else { return (-1, 0) }
      return (paths.firstIndex(of: place.source.path) ?? 0, place.range.lowerBound)
    }
    return sorted { key($0) < key($1) }
  }
}
