/// Where results come from: everything that is the same for all runs of one start of the coordinator.
package struct Provenance: Sendable, Equatable {
  /// The state of the folder of the spec in git.
  package struct Git: Sendable, Equatable {
    package let commit: String
    /// Whether files under git's eye differ from the commit.
    package let isDirty: Bool
    /// The files that differ, by their paths in the repository; nil from versions that kept the difference itself.
    package let changedFiles: [String]?
    /// The digest of the difference, which tells two of them apart and gives away no content.
    package let differenceDigest: String?

    package init(
      commit: String,
      isDirty: Bool,
      changedFiles: [String]? = nil,
      differenceDigest: String? = nil
    ) {
      self.commit = commit
      self.isDirty = isDirty
      self.changedFiles = changedFiles
      self.differenceDigest = differenceDigest
    }
  }

  package let specDigest: String
  /// The command line of the coordinator, and the folder in which it was given.
  package let commandLine: [String]
  package let directory: String
  /// The version of this program, and of its built-in trainer where that is what ran.
  package let version: String
  package let trainerVersion: Int?
  /// The command template of the spec, or nil for the built-in trainer.
  package let command: [String]?
  /// The program of the spec that makes one run after another, where that is what ran.
  package let worker: [String]?
  /// The digest of the files that the command names; nil where it names none.
  package let program: String?
  package let git: Git?
  package let host: Host
  /// Programs at a time.
  package let jobs: Int
  /// The limits in force, one text per limit that was set.
  package let limits: [String: String]
  /// Digest of each thing that runs read, by its name in the spec.
  package let fingerprints: [String: String]
  /// The digest of what was installed for the program; nil where no Python runs it.
  package let environment: String?

  package init(
    specDigest: String,
    commandLine: [String],
    directory: String,
    version: String,
    trainerVersion: Int?,
    command: [String]?,
    worker: [String]? = nil,
    program: String? = nil,
    git: Git?,
    host: Host,
    jobs: Int,
    limits: [String: String],
    fingerprints: [String: String],
    environment: String? = nil
  ) {
    self.specDigest = specDigest
    self.commandLine = commandLine
    self.directory = directory
    self.version = version
    self.trainerVersion = trainerVersion
    self.command = command
    self.worker = worker
    self.program = program
    self.git = git
    self.host = host
    self.jobs = jobs
    self.limits = limits
    self.fingerprints = fingerprints
    self.environment = environment
  }
}
