import Foundation
import Notation
import Storage

/// The copy of this program in a sweep's shared folder, which every node sees.
///
/// The file is read piece by piece, for it is larger than all that a coordinator keeps of a hundred thousand runs.
struct PlacedProgram: Sendable {
  let path: String
  /// SHA-256 of its bytes in hexadecimal, which tasks compare with their own.
  let digest: String

  private static let pieceBytes = 1 << 20

  /// Puts the copy there, unless one is there.
  ///
  /// - Parameters:
  ///   - program: The path of the program that runs.
  ///   - folder: Holds the copies, one of each build.
  /// - Throws: ``SlurmError/noProgram(_:)``, or `StoreError` where the copy cannot be written.
  init(_ program: String, in folder: String) throws {
    digest = try Digest.hexadecimal(ofPieces: Self.pieces(of: program))
    path = "\(folder)/sweep-\(digest.prefix(16))"
    guard !FileManager.default.fileExists(atPath: path) else { return }
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw StoreError.notWritable(path: folder, reason: reason(of: error))
    }
    try BatchFolder.write(pieces: Self.pieces(of: program), to: path, mode: 0o755)
  }

  /// Gives the next piece of a file at each call, and nil after the last.
  private static func pieces(of program: String) throws -> () throws -> [UInt8]? {
    guard let file = FileHandle(forReadingAtPath: program) else {
      throw SlurmError.noProgram(program)
    }
    return {
      do {
        return try file.read(upToCount: pieceBytes).flatMap { $0.isEmpty ? nil : Array($0) }
      } catch {
        throw SlurmError.noProgram(program)
      }
    }
  }
}
