/// What a spec asks about the files that it names; who may look at a disk answers.
package protocol SpecFiles: Sendable {
  /// The content of a file.
  ///
  /// - Throws: `SpecError.missingFile` or `.unreadableFile`.
  func bytes(of path: String) throws(SpecError) -> [UInt8]

  /// Whether there is a file or a folder.
  func exists(_ path: String) -> Bool

  /// The one path of a file that has several, links followed.
  func canonical(_ path: String) -> String

  /// The digest of files and folders: of their names, relative to a folder, and their bytes.
  ///
  /// - Throws: `SpecError.missingInput` or `.unreadableFile` for what cannot be read.
  func digest(of inputs: [String], in directory: String) throws(SpecError) -> InputDigest
}
