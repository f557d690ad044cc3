import Execution
import Notation
import Sweeps
import Testing

struct CommandTemplateTests {
  @Test func `placeholders are filled in and double braces are single ones`() throws {
    let template = try CommandTemplate(["run", "--lr={lr}", "{{{seed}}}", "{lr}-{seed}", ""])
    let filled = template.filled { ["lr": "1e-3", "seed": "7"][$0] }
    #expect(filled == ["run", "--lr=1e-3", "{7}", "1e-3-7", ""])
  }

  @Test func `a placeholder that nobody knows is refused with its argument`() {
    #expect(throws: CommandTemplate.Fault.unknownPlaceholder("learning", argument: 1)) {
      try CommandTemplate(["p", "{learning}"], settings: ["lr"])
    }
    #expect(throws: Never.self) {
      try CommandTemplate(["p", "{lr}", "{seed}", "{run_dir}"], settings: ["lr"])
    }
  }

  @Test(arguments: ["{", "}", "a{b", "a}b", "{{}", "{a}}"])
  func `a brace without its partner is refused`(argument: String) {
    #expect(throws: CommandTemplate.Fault.unpairedBrace(argument: 1)) {
      try CommandTemplate(["p", argument])
    }
  }

  @Test func `what a value holds is never read as a placeholder`() throws {
    #expect(try CommandTemplate(["{a}"]).filled { _ in "{seed} $(rm) 'x'" } == ["{seed} $(rm) 'x'"])
  }
}
