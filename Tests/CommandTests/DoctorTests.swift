import Foundation
import TestSupport
import Testing

/// `sweep doctor` on folders that are well, that cannot be written to, and whose database is damaged.
struct DoctorTests {
  private func states(_ result: SweepBinary.Result) throws -> [String: String] {
    let list = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
    return try #require(list as? [[String: String]]).reduce(into: [:]) {
      $0[$1["subject"] ?? ""] = $1["state"]
    }
  }

  @Test func `a new folder is well, and nothing is made in it`() throws {
    try withTemporaryFolder { folder in
      let doctor = try SweepBinary.run(["doctor", "--json"], in: folder)
      #expect(doctor.exitCode == 0, "\(doctor.errors)")
      let states = try states(doctor)
      #expect(states["results"] != "ill" && states["database"] == "well")
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
    }
  }

  @Test func `the fault of a page is named, and not the list that it stands in`() throws {
    try withTemporaryFolder { folder in
      let spec =
        #"{"name": "s", "command": ["/bin/echo", "{{\"final\":{{\"y\":1}}}}"], "seeds": 1}"#
      try Data(spec.utf8).write(to: folder.appending(component: "s.json"))
      try #require(try SweepBinary.run(["run", "s.json", "--quiet"], in: folder).exitCode == 0)
      let file = folder.appending(path: "results/sweeps.sqlite")
      var bytes = try Data(contentsOf: file)
      // How many bytes lie unused between the cells of the second page, as its eighth byte has it.
      bytes[4096 + 7] = 16
      try bytes.write(to: file)
      let doctor = try SweepBinary.run(["doctor"], in: folder)
      #expect(doctor.exitCode == 1)
      #expect(doctor.output.contains("damaged: Fragmentation of 0 bytes"), "\(doctor.output)")
      let saved = try SweepBinary.run(["doctor", "--recover", "saved"], in: folder)
      #expect(saved.output.hasPrefix("The old database: Fragmentation"), "\(saved.output)")
    }
  }

  @Test func `a damaged database is found, and what to do is said`() throws {
    try withTemporaryFolder { folder in
      let spec =
        #"{"name": "s", "axes": {"x": [1, 2]}, "command": ["/bin/echo", "{{\"final\":{{\"y\":{x}}}}}"]}"#
      try Data(spec.utf8).write(to: folder.appending(component: "s.json"))
      try #require(try SweepBinary.run(["run", "s.json", "--quiet"], in: folder).exitCode == 0)
      #expect(try SweepBinary.run(["doctor"], in: folder).exitCode == 0)
      let file = folder.appending(path: "results/sweeps.sqlite")
      var bytes = try Data(contentsOf: file)
      // The pages behind the first, in which the schema is.
      try #require(bytes.count > 3 * 4096)
      bytes.replaceSubrange(
        4096..<bytes.count,
        with: Data(repeating: 0xA5, count: bytes.count - 4096)
      )
      try bytes.write(to: file)
      let doctor = try SweepBinary.run(["doctor"], in: folder)
      #expect(doctor.exitCode == 1)
      #expect(doctor.output.contains("✗ database"))
      #expect(doctor.output.contains("Copy the folder"))
    }
  }
}
