package import Notation
import Foundation

extension Spec {
  /// Reads a spec file with all that it extends.
  ///
  /// - Parameters:
  ///   - path: The file; paths in it are relative to its folder.
  ///   - trainer: The built-in trainer, whose settings a spec without a command may have.
  ///   - overrides: `key=value` texts, applied in their order.
  /// - Returns: The spec, free of faults.
  /// - Throws: `SpecFaults` with all that is wrong.
  package static func read(
    path: String,
    trainer: Trainer,
    overrides: [String] = []
  ) throws(SpecFaults) -> Spec {
    let source = try SpecSource(path: path, overrides: overrides)
    let file = URL(fileURLWithPath: path)
    return try Spec(
      source,
      fileName: file.deletingPathExtension().lastPathComponent,
      directory: file.deletingLastPathComponent().path,
      trainer: trainer,
      checksSettings: true
    )
  }

  /// Reads a spec that stands in a text and not in a file, such as one in a document.
  ///
  /// - Parameters:
  ///   - text: The spec, and what faults call it.
  ///   - name: The sweep's name where the spec has none.
  ///   - directory: The folder to which its paths are relative.
  ///   - trainer: The built-in trainer.
  ///   - overrides: `key=value` texts, applied in their order.
  /// - Returns: The spec, free of faults.
  /// - Throws: `SpecFaults` with all that is wrong.
  package static func read(
    _ text: SourceText,
    name: String,
    directory: String,
    trainer: Trainer,
    overrides: [String] = []
  ) throws(SpecFaults) -> Spec {
    let source = try SpecSource(text: text, overrides: overrides)
    return try Spec(
      source,
      fileName: name,
      directory: directory,
      trainer: trainer,
      checksSettings: true
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
      checksSettings: false
    )
  }

  private init(
    _ source: SpecSource,
    fileName: String,
    directory: String,
    trainer: Trainer,
    checksSettings: Bool
  ) throws(SpecFaults) {
    guard source.isReadable else { throw SpecFaults(source.faults) }
    let hasCommand = source.root.member("command") != nil
    var reader = SpecReader(
      trainer: hasCommand ? nil : trainer,
      directory: directory,
      checksSettings: checksSettings
    )
    let root = source.root
    let fields = reader.fields(of: root, "the spec", known: SpecReader.topLevelKeys)

    name = reader.name(fields["name"]) ?? fileName
    question = reader.text(fields["question"], "'question'")
    let fixed = reader.settings(fields["settings"])
    settings = JSONObject(
      fixed.map { JSONObject.Member(key: $0.key, value: $0.value.value.withoutComments) }
    )
    var drafts = reader.axes(fields["axes"], fixed: fixed)
    exclude = reader.exclude(fields["exclude"], drafts, fixed: fixed)
    inactive = reader.conditions(fields["when"], drafts, fixed: fixed)
    include = reader.include(fields["include"], &drafts, fixed: fixed)
    axes = drafts.map(\.axis)
    seeds = reader.seeds(fields["seeds"])
    sample = reader.sample(fields["sample"])
    command = reader.command(
      fields["command"],
      names: Set(settings.keys + drafts.flatMap(\.settings))
    )
    inputs = reader.inputs(fields["inputs"])
    results = reader.results(fields["results"])
    for key in ["inputs", "results"] where !hasCommand {
      if let member = root.member(key) { reader.report(.needsCommand(key), at: member.keyPlace) }
    }
    limits = reader.limits(fields["limits"])
    metrics = reader.metrics(fields["metrics"], drafts)
    let asked = reader.questions(fields["questions"], axes: axes, metrics: metrics)
    questions = asked.map(\.asked)
    textbook = reader.textbook(fields["textbook"], questions, axes: axes, metrics: metrics)

    self.directory = directory
    var stored = root.value
    if case .object(let object) = stored { stored = .object(object.named(name)) }
    text = stored.pretty + "\n"
    digest = Digest.hexadecimal(of: stored.withoutComments.canonical)

    var faults = source.faults + reader.faults
    if faults.isEmpty {
      faults = GridCheck(self, trainer: checksSettings ? reader.trainer : nil).faults(
        root: root,
        questions: asked
      )
    }
    guard faults.isEmpty else { throw SpecFaults(faults.inOrder) }
  }
}

extension SpecReader {
  mutating func name(_ node: JSONNode?) -> String? {
    let expected = "a text of 1 to 200 characters on one line"
    guard let node, let name = text(node, "'name'", expected: expected) else { return nil }
    guard (1...200).contains(name.count), !name.contains(where: \.isNewline) else {
      mismatch("'name'", node, expected: expected)
      return nil
    }
    return name
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
