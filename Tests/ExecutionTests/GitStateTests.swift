import Execution
import Foundation
import Notation
import Sweeps
import TestSupport
import Testing

struct GitStateTests {
  /// A repository with one commit of a file, and that file changed since.
  private func repository(in folder: URL, _ commands: String) throws {
    let result = try SweepBinary.run(
      [
        "-c",
        """
        export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null
        git init -q . && git config user.name n && git config user.email e
        echo one > a.env && git add a.env && git commit -q -m first
        echo secret-token > a.env && echo new > untracked
        \(commands)
        """,
      ],
      in: folder,
      executable: URL(fileURLWithPath: "/bin/sh")
    )
    try #require(result.exitCode == 0, "\(result.errors)")
  }

  @Test func `what changed since the commit is kept by its name and a digest, without content`()
    async throws
  {
    try await withTemporaryFolder { folder in
      try repository(in: folder, "")
      let state = try #require(await Provenance.Git.state(of: folder.path))
      #expect(state.commit.count == 40 && state.isDirty && state.changedFiles == ["a.env"])
      #expect(state.differenceDigest?.count == 64)
      let text = state.json.text
      #expect(!text.contains("secret-token"))
    }
  }

  @Test(
    arguments: [
      "git config core.fsmonitor './run'", "git config diff.external './run'",
      "git config diff.d.textconv './run'; echo 'a.env diff=d' > .git/info/attributes",
      "git config filter.f.clean './run'; echo 'a.env filter=f' > .gitattributes",
      "git config filter.f.process './run'; git config filter.f.required true; echo 'a.env filter=f' > .gitattributes",
      "git config core.hooksPath . && cp run post-index-change",
    ]
  )
  func `no program that a repository's configuration names is run`(configuration: String)
    async throws
  {
    try await withTemporaryFolder { folder in
      try repository(
        in: folder,
        "printf '#!/bin/sh\\ntouch \"%s/ran\"; cat\\n' \"$PWD\" > run && chmod +x run; \(configuration)"
      )
      let state = await Provenance.Git.state(of: folder.path)
      #expect(state?.isDirty == true)
      #expect(!FileManager.default.fileExists(atPath: folder.path + "/ran"))
    }
  }

  @Test func `a folder in no repository has no state`() async throws {
    try await withTemporaryFolder { folder in
      #expect(await Provenance.Git.state(of: folder.path) == nil)
    }
  }
}
