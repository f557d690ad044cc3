import Sweeps
import Testing

struct MaskedArgumentsTests {
  @Test(arguments: [
    (["run", "a.json", "--token", "abc"], ["run", "a.json", "--token", "***"]),
    (["run", "--api-key=abc", "-j4"], ["run", "--api-key=***", "-j4"]),
    (["--set", "db_password=x=y"], ["--set", "db_password=***"]),
    (["--token", "--quiet"], ["--token", "--quiet"]),
    (["https://ana:geheim@host/x"], ["https://ana:***@host/x"]),
    (["x=ghp_0123456789abcdefghij0123"], ["x=***"]),
    (["see hf_abcdefghijklmnopqrstuv now"], ["see *** now"]),
    (["AKIA0123456789ABCDEF"], ["***"]),
    // Nothing of these is a secret.
    (
      ["run", "sweeps/tokens.json", "--set", "seeds=3", "--filter", "keyboard=de author=x"],
      ["run", "sweeps/tokens.json", "--set", "seeds=3", "--filter", "keyboard=de author=x"]
    ), (["https://host:80/@x", "sk-short"], ["https://host:80/@x", "sk-short"]),
  ])
  func `what looks like a secret is masked, and nothing else`(words: [String], kept: [String]) {
    #expect(MaskedArguments.masking(words) == kept)
  }
}
