import Foundation
import Notation

/// The JSON of a spec with its bases and overrides merged in, still with the place of every value.
struct SpecSource {
  /// The merged object.
  private(set) var root: JSONNode
  private(set) var faults: [SpecFault] = []
  /// What overrides of axes left out, in sentences.
  private(set) var notes: [String] = []
  /// Whether the texts could be understood well enough for their meaning to be looked at.
  private(set) var isReadable = true

  /// Reads a file and all that it extends, then applies the overrides in their order.
  ///
  /// - Throws: `SpecFaults` where there is nothing to look at.
  init(path: String, in files: any SpecFiles, overrides: [String]) throws(SpecFaults) {
    root = JSONNode(
      content: .object([]),
      place: SourcePlace(source: SourceText(path: path, text: ""), range: 0..<0)
    )
    let bytes: [UInt8]
    do { bytes = try files.bytes(of: path) } catch { throw SpecFaults(error) }
    root = try load(path: path, bytes: bytes, in: files, chain: [])
    apply(overrides)
  }

  /// Reads a text that stands for itself.
  init(text: SourceText, overrides: [String] = []) throws(SpecFaults) {
    root = JSONNode(content: .object([]), place: SourcePlace(source: text, range: 0..<0))
    root = try parse(text)
    apply(overrides)
  }

  // MARK: Files

  private mutating func load(
    path: String,
    bytes: [UInt8],
    in files: any SpecFiles,
    chain: [String]
  ) throws(SpecFaults) -> JSONNode {
    let node = try parse(SourceText(path: path, bytes: bytes))
    guard let member = node.member("extends") else { return node }
    guard case .string(let name) = member.value.content else {
      add(
        .mismatch(
          subject: "'extends'",
          found: member.value.kind,
          expected: "the path of another spec"
        ),
        member.value.place
      )
      return node
    }
    let basePath = SpecSource.path(name, relativeTo: path)
    let visited = chain + [files.canonical(path)]
    guard !visited.contains(files.canonical(basePath)) else {
      add(
        .extendsLoop(visited.map { ($0 as NSString).lastPathComponent } + [name]),
        member.value.place
      )
      return node
    }
    let baseBytes: [UInt8]
    do {
      baseBytes = try files.bytes(of: basePath)
    } catch {
      add(error, member.value.place)
      return node
    }
    let base = try load(path: basePath, bytes: baseBytes, in: files, chain: visited)
    return SpecSource.extending(base, with: node)
  }

  private mutating func parse(_ text: SourceText) throws(SpecFaults) -> JSONNode {
    var reader = JSONReader(text)
    let node = reader.document()
    faults += reader.faults.map { SpecFault(error: .syntax($0.fault), place: $0.place) }
    if reader.faults.contains(where: { !$0.fault.isRecoverable }) { isReadable = false }
    guard let node else { throw SpecFaults(faults) }
    guard case .object = node.content else {
      add(.notAnObject(found: node.kind), node.place)
      throw SpecFaults(faults)
    }
    return node
  }

  private mutating func add(_ error: SpecError, _ place: SourcePlace) {
    faults.append(SpecFault(error: error, place: place))
  }

  private static func path(_ name: String, relativeTo file: String) -> String {
    if name.hasPrefix("/") { return name }
    let folder = (file as NSString).deletingLastPathComponent
    return folder.isEmpty ? name : (folder as NSString).appendingPathComponent(name)
  }

  // MARK: Merging

  /// Puts a spec over its base, key by key.
  ///
  /// The name is the file's own: two specs of one name would be one sweep. What a spec fixes, its base does
  /// not vary, and the other way round.
  private static func extending(_ base: JSONNode, with spec: JSONNode) -> JSONNode {
    var result = base
    result.content = .object(base.members.filter { $0.key != "name" && $0.key != "extends" })
    for member in spec.members where member.key != "extends" {
      result = merged(result, member, depth: Grammar.spec.field(member.key)?.mergedDepth ?? 0)
      let names = member.value.members.map(\.key)
      if member.key == "settings" { result = removing(names, from: "axes", of: result) }
      if member.key == "axes" { result = removing(names, from: "settings", of: result) }
    }
    return result
  }

  private static func merged(
    _ node: JSONNode,
    _ member: JSONNode.Member,
    depth: Int
  ) -> JSONNode {
    var members = node.members
    if let index = members.firstIndex(where: { $0.key == member.key }) {
      if depth > 0, case .object = member.value.content, case .object = members[index].value.content
      {
        for inner in member.value.members {
          members[index].value = merged(members[index].value, inner, depth: depth - 1)
        }
      } else {
        members[index] = member
      }
    } else {
      members.append(member)
    }
    var result = node
    result.content = .object(members)
    return result
  }

  private static func removing(_ names: [String], from key: String, of node: JSONNode) -> JSONNode {
    var members = node.members
    guard let index = members.firstIndex(where: { $0.key == key }),
      case .object(let inner) = members[index].value.content
    else { return node }
    members[index].value.content = .object(
      inner.filter { $0.isComment || !names.contains($0.key) }
    )
    var result = node
    result.content = .object(members)
    return result
  }

  // MARK: Overrides

  private mutating func apply(_ overrides: [String]) {
    guard !overrides.isEmpty else { return }
    let before = root
    for override in overrides { apply(override) }
    let followed = FollowedChanges(from: before, to: root)
    root = followed.root
    notes = followed.notes
    faults += followed.faults
  }

  private mutating func apply(_ argument: String) {
    let text = SourceText(path: "--set", text: argument)
    guard let equals = text.bytes.firstIndex(of: UInt8(ascii: "=")), equals > 0,
      equals + 1 < text.bytes.count
    else {
      faults.append(SpecFault(error: .malformedOverride(argument), place: nil))
      return
    }
    let name = String(decoding: text.bytes[..<equals], as: UTF8.self)
    let value = OverrideValue(text, range: equals + 1..<text.bytes.count)
    var path = name.split(separator: ".").map(String.init)
    let isAxis = root.member("axes")?.value.member(name) != nil
    if path.count == 1, Grammar.spec.field(name) == nil {
      path = [isAxis || value.isList ? "axes" : "settings", name]
    }
    let node: JSONNode
    switch path.first {
    case "name", "question": node = value.wholeText
    case "axes" where path.count == 2: node = value.levels
    default: node = value.node
    }
    faults += value.faults
    let keyPlace = SourcePlace(source: text, range: 0..<equals)
    root = SpecSource.setting(path[...], to: node, keyPlace: keyPlace, in: root)
    if path.count == 2, path[0] == "axes" {
      root = SpecSource.removing([path[1]], from: "settings", of: root)
    }
    if path.count == 2, path[0] == "settings" {
      root = SpecSource.removing([path[1]], from: "axes", of: root)
    }
  }

  private static func setting(
    _ path: ArraySlice<String>,
    to value: JSONNode,
    keyPlace: SourcePlace,
    in node: JSONNode
  ) -> JSONNode {
    guard let key = path.first else { return value }
    var members = node.members
    let old = members.firstIndex { $0.key == key }
    let empty = JSONNode(content: .object([]), place: keyPlace)
    let inner = setting(
      path.dropFirst(),
      to: value,
      keyPlace: keyPlace,
      in: old.map { members[$0].value } ?? empty
    )
    let member = JSONNode.Member(key: key, keyPlace: keyPlace, value: inner)
    if let old {
      members[old] = path.count == 1 ? member : members[old]
      members[old].value = inner
    } else {
      members.append(member)
    }
    var result = node
    result.content = .object(members)
    return result
  }
}
