import ArgumentParser

/// What every command takes that looks at a spec before it is run.
struct SpecOptions: ParsableArguments {
  @Argument(help: "The spec: a JSON file.")
  var spec: String

  @Option(name: .customLong("set"), help: "Override a key of the spec, as in --set seeds=8.")
  var overrides: [String] = []
}
