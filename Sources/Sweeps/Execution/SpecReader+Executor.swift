import Notation

extension SpecReader {
  /// Reads where runs are made.
  mutating func executor(_ node: JSONNode?) -> ExecutorSettings {
    guard let node else { return ExecutorSettings() }
    let entry = entry(node, .executor, "'executor'")
    return ExecutorSettings(
      devices: devices(entry["devices"]),
      perDevice: entry.integer("perDevice") ?? 1,
      slurm: slurm(entry["slurm"])
    )
  }

  private mutating func devices(_ node: JSONNode?) -> ExecutorSettings.Devices? {
    guard let node else { return nil }
    let expected = Grammar.executor.field("devices")?.expectation ?? ""
    if node.value.string == "auto" { return .automatic }
    guard case .array(let nodes) = node.content, !nodes.isEmpty else {
      mismatch("'devices' of 'executor'", node, expected: expected)
      return nil
    }
    var names: [String] = []
    for node in nodes {
      let number = node.value.integer.flatMap { 0...9999 ~= $0 ? String($0) : nil }
      let name = number ?? node.value.string
      guard let name, ExecutorSettings.isDevice(name), !names.contains(name) else {
        mismatch(
          "A device",
          node,
          expected: "a number from 0 or a name, without commas and blanks, and each once"
        )
        continue
      }
      names.append(name)
    }
    return .listed(names)
  }

  private mutating func slurm(_ node: JSONNode?) -> SlurmSettings? {
    guard let node else { return nil }
    let entry = entry(node, .slurm, "'slurm'")
    var settings = SlurmSettings(
      options: entry.texts("options"),
      slots: entry.integer("slots") ?? SlurmSettings.usualSlots,
      shared: entry.text("shared"),
      requeue: entry.boolean("requeue") ?? true,
      attempts: entry.integer("attempts") ?? 3
    )
    if let chunk = entry["chunk"], chunk.value.string != "auto" {
      if let count = chunk.value.integer, Grammar.chunkBounds.contains(count) {
        settings.chunk = count
      } else {
        let expected = Grammar.slurm.field("chunk")?.expectation ?? ""
        mismatch("'chunk' of 'slurm'", chunk, expected: expected)
      }
    }
    return settings
  }
}

extension ExecutorSettings {
  /// Whether a text can stand in the variables that name devices, which separate them by commas.
  package static func isDevice(_ name: String) -> Bool {
    !name.isEmpty && name.utf8.count <= 100
      && name.utf8.allSatisfy { $0 > 32 && $0 < 127 && $0 != UInt8(ascii: ",") }
  }
}
