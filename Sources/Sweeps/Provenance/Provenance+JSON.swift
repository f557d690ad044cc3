package import Notation

extension Provenance {
  /// Reads what the store keeps.
  ///
  /// - Returns: nil where it is no provenance.
  package init?(_ json: JSON) {
    guard let object = json.object, let digest = object["specDigest"]?.string,
      let commandLine = object["commandLine"]?.texts,
      let directory = object["directory"]?.string, let version = object["version"]?.string,
      let host = object["host"]?.object.flatMap(Host.init), let jobs = object["jobs"]?.integer,
      let limits = object["limits"]?.namedTexts,
      let fingerprints = object["fingerprints"]?.namedTexts
    else { return nil }
    self.init(
      specDigest: digest,
      commandLine: commandLine,
      directory: directory,
      version: version,
      trainerVersion: object["trainerVersion"]?.integer,
      command: object["command"]?.texts,
      worker: object["worker"]?.texts,
      program: object["program"]?.string,
      git: object["git"]?.object.flatMap(Git.init),
      host: host,
      jobs: jobs,
      limits: limits,
      fingerprints: fingerprints,
      environment: object["environment"]?.string
    )
  }

  /// What the store keeps: keys in order, and those that have no value left out.
  package var json: JSON {
    var object: JSONObject = [
      "specDigest": .string(specDigest), "commandLine": JSON(commandLine),
      "directory": .string(directory), "version": .string(version), "host": host.json,
      "jobs": JSON(jobs), "limits": JSON(limits), "fingerprints": JSON(fingerprints),
    ]
    object["trainerVersion"] = trainerVersion.map { JSON($0) }
    object["command"] = command.map { JSON($0) }
    object["worker"] = worker.map { JSON($0) }
    object["program"] = program.map(JSON.string)
    object["git"] = git?.json
    object["environment"] = environment.map(JSON.string)
    return JSON.object(object).withSortedKeys
  }
}

extension Provenance.Git {
  fileprivate init?(_ object: JSONObject) {
    guard let commit = object["commit"]?.string, let isDirty = object["isDirty"]?.boolean else {
      return nil
    }
    self.init(
      commit: commit,
      isDirty: isDirty,
      changedFiles: object["changedFiles"]?.texts,
      differenceDigest: object["differenceDigest"]?.string
    )
  }

  package var json: JSON {
    var object: JSONObject = ["commit": .string(commit), "isDirty": .boolean(isDirty)]
    object["changedFiles"] = changedFiles.map { JSON($0) }
    object["differenceDigest"] = differenceDigest.map(JSON.string)
    return .object(object)
  }
}

extension Host {
  fileprivate init?(_ object: JSONObject) {
    guard let name = object["name"]?.string, let boot = object["boot"]?.string,
      let processor = object["processor"]?.string, let cores = object["cores"]?.integer,
      let system = object["system"]?.string
    else { return nil }
    self.init(name: name, boot: boot, processor: processor, cores: cores, system: system)
  }

  fileprivate var json: JSON {
    [
      "name": .string(name), "boot": .string(boot), "processor": .string(processor),
      "cores": JSON(cores), "system": .string(system),
    ]
  }
}

extension JSON {
  /// A list of texts, or nil.
  fileprivate var texts: [String]? {
    guard let array else { return nil }
    let texts = array.compactMap(\.string)
    return texts.count == array.count ? texts : nil
  }

  /// Texts by key, or nil.
  fileprivate var namedTexts: [String: String]? {
    guard let members = object?.members else { return nil }
    let pairs = members.compactMap { member in member.value.string.map { (member.key, $0) } }
    return pairs.count == members.count ? Dictionary(pairs) { $1 } : nil
  }
}
