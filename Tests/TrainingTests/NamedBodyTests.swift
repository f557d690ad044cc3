import Foundation
import Notation
import TestSupport
import Testing
import Training

struct NamedBodyTests {
  @Test func `a body lies beside the program or in a folder above it`() {
    let folders = NamedBody.folders(of: "/home/ann/sweep/.build/release/sweep")
    #expect(folders.first == "/home/ann/sweep/.build/release")
    #expect(folders.contains("/home/ann/sweep/bodies"))
    #expect(NamedBody.folders(of: "/usr/bin/sweep").contains("/usr/share/sweep"))
  }

  @Test func `a body that is not there is told with the command that makes it`() throws {
    try withTemporaryFolder { folder in
      let error = #expect(throws: TrainingError.self) {
        try NamedBody.lite0.bytes(in: [folder.path])
      }
      #expect(
        error?.description
          == "The body 'lite0' is not there: 'make bodies' in the program's folder makes "
          + "'bodies/lite0.safetensors', which may also lie beside the program."
      )
    }
  }

  @Test func `a file of another content is refused`() throws {
    try withTemporaryFolder { folder in
      let path = folder.appending(component: "lite0.safetensors")
      try Data([1, 2, 3]).write(to: path)
      let error = #expect(throws: TrainingError.self) {
        try NamedBody.lite0.bytes(in: [folder.path])
      }
      #expect(
        error?.description
          == "'\(path.path)' cannot be read: its digest is not that of the body 'lite0'; "
          + "'make bodies' makes it anew."
      )
    }
  }

  @Test func `settings of the program's own network do not go with a named body`() {
    let error = #expect(throws: TrainingError.self) {
      try TrainingSettings(["body": "lite0", "depth": 3])
    }
    #expect(
      error?.description
        == "Body 'lite0' brings its own layers, which setting 'depth' does not shape; leave it out."
    )
    let model = #expect(throws: TrainingError.self) {
      try TrainingSettings(["body": "lite0", "model": "mlp"])
    }
    #expect(
      model?.description
        == "Body 'lite0' brings its own layers, which take the place of a 'cnn'; leave 'model' out."
    )
  }
}
