package import Notation
package import Sweeps

/// What all tasks of a batch are told: everything but their runs.
package struct BatchManifest: Sendable, Equatable {
  /// Of the folder's layout and of the lines in it.
  package static let version = 1

  /// The spec as it is stored, and the folder to which its paths are relative.
  package let spec: String
  package let directory: String
  /// The digest of the program that is to do it.
  package let program: String
  /// The folder in which runs have theirs, and the one through which they share what is decoded once.
  package let runs: String
  package let cache: String
  /// What a run may take; nil where that was not known.
  package let timeLimitSeconds: Double?
  /// The devices of a task, where the spec has some.
  package let devices: ExecutorSettings.Devices?
  package let perDevice: Int
  /// Seconds after which what is known is told at the latest.
  package let sealSeconds: Double

  package init(
    spec: String,
    directory: String,
    program: String,
    runs: String,
    cache: String,
    timeLimitSeconds: Double?,
    devices: ExecutorSettings.Devices?,
    perDevice: Int,
    sealSeconds: Double
  ) {
    self.spec = spec
    self.directory = directory
    self.program = program
    self.runs = runs
    self.cache = cache
    self.timeLimitSeconds = timeLimitSeconds
    self.devices = devices
    self.perDevice = perDevice
    self.sealSeconds = sealSeconds
  }

  package var json: JSON {
    var object: JSONObject = [
      "sweep": JSON(Self.version), "spec": .string(spec), "directory": .string(directory),
      "program": .string(program), "runs": .string(runs), "cache": .string(cache),
      "perDevice": JSON(perDevice), "sealSeconds": JSON(sealSeconds),
    ]
    object["timeLimitSeconds"] = timeLimitSeconds.map { JSON($0) }
    switch devices {
    case nil: break
    case .automatic: object["devices"] = "auto"
    case .listed(let names): object["devices"] = JSON(names)
    }
    return .object(object)
  }

  /// Reads ``json``; nil where it is of another version or none.
  package init?(_ json: JSON) {
    guard let object = json.object, object["sweep"]?.integer == Self.version,
      let spec = object["spec"]?.string, let directory = object["directory"]?.string,
      let program = object["program"]?.string, let runs = object["runs"]?.string,
      let cache = object["cache"]?.string, let perDevice = object["perDevice"]?.integer,
      let sealSeconds = object["sealSeconds"]?.double
    else { return nil }
    let names = object["devices"]?.array?.compactMap(\.string)
    self.init(
      spec: spec,
      directory: directory,
      program: program,
      runs: runs,
      cache: cache,
      timeLimitSeconds: object["timeLimitSeconds"]?.double,
      devices: object["devices"] == "auto" ? .automatic : names.map { .listed($0) },
      perDevice: max(1, perDevice),
      sealSeconds: sealSeconds
    )
  }
}
