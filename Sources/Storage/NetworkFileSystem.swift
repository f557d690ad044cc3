import Foundation
import Notation
import Sweeps

/// The kind of network file system that holds a folder, or nil for a local one.
///
/// SQLite's write-ahead log needs shared memory, which no network file system gives to two machines.
/// Reference: https://sqlite.org/wal.html, "All processes using a database must be on the same host".
///
/// - Parameter folder: An existing folder.
/// - Returns: The name under which the system knows the kind.
package func networkFileSystem(of folder: String) -> String? {
  #if os(Linux)
  let path = URL(fileURLWithPath: folder).resolvingSymlinksInPath().path
  let kind = fileSystem(of: path, mounts: contents(of: "/proc/self/mountinfo") ?? "")
  return kind.flatMap { networkKinds.contains($0) ? $0 : nil }
  #else
  var status = statfs()
  guard statfs(folder, &status) == 0, status.f_flags & UInt32(MNT_LOCAL) == 0 else { return nil }
  return withUnsafeBytes(of: status.f_fstypename) {
    String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
  }
  #endif
}

/// The names under which Linux mounts file systems that reach another machine.
private let networkKinds: Set = [
  "nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "coda", "ceph", "lustre", "gpfs", "beegfs",
  "ocfs2", "gfs2", "fuse.sshfs", "fuse.glusterfs", "fuse.s3fs", "fuse.rclone", "fuse.gcsfuse",
]

/// The type of the file system that holds a path, by the longest mount point that leads to it.
///
/// - Parameters:
///   - path: An absolute path without symbolic links.
///   - mounts: The text of `/proc/self/mountinfo`, see proc_pid_mountinfo(5): the mount point is field
///     5 with octal escapes, the type follows the field `-`.
/// - Returns: nil where no mount point leads to the path.
package func fileSystem(of path: String, mounts: String) -> String? {
  var best: (length: Int, kind: String)?
  for line in mounts.split(separator: "\n") {
    let fields = line.split(separator: " ")
    guard fields.count > 5, let dash = fields.firstIndex(of: "-"), dash + 1 < fields.count
    else { continue }
    let point = fields[4].replacing("\\040", with: " ")
    let prefix = point == "/" ? "/" : point + "/"
    // Of two mounts at one point the later one lies on top.
    if (path + "/").hasPrefix(prefix), prefix.count >= best?.length ?? 0 {
      best = (prefix.count, String(fields[dash + 1]))
    }
  }
  return best?.kind
}

/// A folder on this machine to use in place of one on a network file system.
func localFolder(for folder: String) -> String {
  let name = (folder as NSString).lastPathComponent
  return "/var/tmp/\(NSUserName())-sweep/\(name)"
}
