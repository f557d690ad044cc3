import Execution
import Foundation
import Notation
import Storage
import Sweeps
import TestSupport
import Testing

struct SpecSchemaTests {
  private let schema = SpecSchema(of: exampleTrainer).json

  private func definition(_ name: String) throws -> JSONObject {
    try #require(schema.object?["$defs"]?.object?[name]?.object)
  }

  @Test func `the schema of a trainer is written whole`() {
    expectGolden(schema.pretty + "\n", "example.schema.json")
  }

  @Test func `the page of keys says what the table of fields says`() {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    expectText(SpecPage.markdown, at: root.appending(component: "SPEC.md"))
  }

  @Test func `a bar in a cell of the page ends no cell, whatever combines with it`() {
    #expect(SpecPage.escaped("a|b") == "a\\|b")
    #expect(Array(SpecPage.escaped("a|\u{301}b").utf8) == Array("a\\|\u{301}b".utf8))
  }

  @Test func `a forecast names a question, or all that makes one`() throws {
    let either = try #require(try definition("forecast")["anyOf"]?.array)
    let sets = either.map { $0.object?["required"]?.array?.compactMap(\.string) ?? [] }
    #expect(sets == [["question"], ["factor", "from", "to", "metric"]])
  }

  @Test func `each setting is defined once with its default and what it does`() throws {
    for rule in exampleTrainer.settings {
      let definition = try definition("setting_\(rule.name)")
      #expect(definition["default"] == rule.defaultValue)
      #expect(definition["description"] == .string(rule.summary))
      #expect(try self.definition("settings")["properties"]?.object?[rule.name] != nil)
      #expect(try self.definition("axes")["properties"]?.object?[rule.name] != nil)
    }
  }

  @Test func `each key of a spec is in the schema`() throws {
    let keys = try #require(schema.object?["properties"]?.object).keys
    let faults = #expect(throws: SpecFaults.self) { try exampleSpec(#"{"nothing": 1}"#) }
    let advice = try #require(faults?.faults.first?.error.advice)
    for key in keys { #expect(advice.contains(key)) }
    #expect(keys.count == 21)
  }

  @Test func `every reference leads to a definition`() throws {
    let definitions = try #require(schema.object?["$defs"]?.object).keys
    let text = schema.text
    let references = text.matches(of: /"\$ref":"#\/\$defs\/([a-z_]+)"/).map { String($0.1) }
    #expect(references.count > 30)
    #expect(Set(references).isSubset(of: Set(definitions)))
  }

  @Test func `the starter spec is a spec`() throws {
    let spec = try Spec.read(
      SourceText(path: "start.json", text: StarterSpec.text(name: "a \"start\"")),
      name: "x",
      directory: ".",
      trainer: exampleTrainer,
      files: Disk()
    )
    #expect(spec.name == "a \"start\"")
    #expect(spec.questions.count == 1)
    #expect(try Grid(spec, trainer: exampleTrainer, files: Disk()).count == 20)
  }
}
