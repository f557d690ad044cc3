/// The machine that a coordinator runs on.
package struct Host: Sendable, Hashable {
  package let name: String
  /// Differs after every start of the machine; empty where the system does not tell.
  package let boot: String
  package let processor: String
  package let cores: Int
  /// The operating system with its version.
  package let system: String

  package init(name: String, boot: String, processor: String, cores: Int, system: String) {
    self.name = name
    self.boot = boot
    self.processor = processor
    self.cores = cores
    self.system = system
  }
}
