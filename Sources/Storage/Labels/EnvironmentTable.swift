internal import GRDB

/// What was installed where programs ran: the table `environment`, each text once.
extension Store {
  /// Keeps a text under its digest.
  ///
  /// - Throws: ``StoreError``.
  package func keep(environment text: String, digest: String) throws {
    try write { database in
      try database.execute(
        sql: "INSERT OR IGNORE INTO environment (digest, text) VALUES (?, ?)",
        arguments: [digest, text]
      )
    }
  }

  /// The text of a digest; nil for one that was never kept.
  ///
  /// - Throws: ``StoreError``.
  package func environment(_ digest: String) throws -> String? {
    try read { database in
      guard try database.tableExists("environment") else { return nil }
      return try String.fetchOne(
        database,
        sql: "SELECT text FROM environment WHERE digest = ?",
        arguments: [digest]
      )
    }
  }
}
