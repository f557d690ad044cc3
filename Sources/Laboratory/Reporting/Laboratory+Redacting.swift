package import Reports
import Storage
import Sweeps

extension Laboratory {
  /// What a report of a sweep is not to tell of the machines that it was made on, of this one, and of its people.
  ///
  /// - Parameters:
  ///   - sweep: The name of a sweep or the beginning of it; nil for the newest.
  ///   - users: Names of the account that asks.
  ///   - homes: The own folders of that account.
  ///   - folders: Other folders of this machine.
  /// - Returns: The names in the order in which the sweep met them, this machine's last.
  /// - Throws: `StoreError`.
  package func redaction(
    of sweep: String?,
    users: [String],
    homes: [String],
    folders: [String]
  ) throws -> Redaction {
    try reading { store in
      let summary = try store.sweep(matching: sweep)
      let origins = try store.provenance(of: summary)
      let nodes = try store.records(of: summary, curves: false).map(\.site.node)
      let here = Sweeps.Host.current
      return Redaction(
        hosts: origins.map(\.host.name) + nodes + [here.name],
        boots: origins.map(\.host.boot) + [here.boot],
        users: users,
        homes: homes,
        folders: origins.map(\.directory) + [store.folder, results, caller.directory] + folders
      )
    }
  }
}
