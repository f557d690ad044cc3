// swift-tools-version: 6.2

import PackageDescription

let house: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
  name: "sweep",
  platforms: [.macOS(.v15)],
  products: [.executable(name: "sweep", targets: ["sweep"])],
  dependencies: [
    // Flags, help and "did you mean": the command line that Swift users already know.
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    // SQLite with migrations and transactions: the one file that every result must survive in.
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    // Child processes with structured concurrency: every run is a process of its own.
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
    // SHA-256, for identities, seals and data digests: hashing is not ours to write.
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
  ],
  targets: [
    // Designs, contrasts, intervals, scores and named random streams; checked against SciPy and statsmodels.
    .target(name: "Statistics", swiftSettings: house),
    // The hot loops and the embedded data, in C: another compiler, one source per instruction set.
    .target(
      name: "Kernels",
      exclude: ["data"],
      linkerSettings: [
        // libpng and libjpeg: people bring pictures of their own. macOS has ImageIO for both.
        .linkedLibrary("png16", .when(platforms: [.linux])),
        .linkedLibrary("jpeg", .when(platforms: [.linux])),
        // zlib: data sets come packed by gzip, the bundled ones too. Last, for libpng needs it where both are static.
        .linkedLibrary("z"),
      ]
    ),
    // Networks from scratch: data, layers, losses, optimizers, the training loop.
    .target(
      name: "Training",
      dependencies: ["Kernels", "Statistics", .product(name: "Crypto", package: "swift-crypto")],
      swiftSettings: house
    ),
    // The domain: spec, grid, run, outcome, store, executor. The only user of GRDB and Subprocess.
    .target(
      name: "Experiments",
      dependencies: [
        "Statistics",
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "Subprocess", package: "swift-subprocess"),
        .product(name: "Crypto", package: "swift-crypto"),
      ],
      swiftSettings: house
    ),
    // Plain values to SVG pictures: no other module, not even Foundation, so that it builds alone.
    .target(name: "Charts", swiftSettings: house),
    // Records to a report value to text; never opens a database.
    .target(
      name: "Reports",
      dependencies: ["Charts", "Experiments", "Statistics"],
      swiftSettings: house
    ),
    // The command line: flags, wiring, printing, exit codes.
    .executableTarget(
      name: "sweep",
      dependencies: [
        "Charts", "Experiments", "Reports", "Statistics", "Training",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: house
    ),
    // Times the trainer's own work, in turn with PyTorch; `make bench` runs it.
    .executableTarget(
      name: "bench",
      dependencies: ["Training", "Statistics"],
      exclude: ["class_sweep.py", "compare.py"],
      swiftSettings: house
    ),
    // Golden files and the built binary on a temporary folder, for all test targets.
    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: house),
    .testTarget(
      name: "StatisticsTests",
      dependencies: ["Statistics", "TestSupport"],
      exclude: ["Reference"],
      swiftSettings: house
    ),
    .testTarget(
      name: "TrainingTests",
      dependencies: ["Training", "Kernels", "Statistics", "TestSupport"],
      exclude: ["Reference"],
      swiftSettings: house
    ),
    .testTarget(
      name: "ExperimentsTests",
      dependencies: [
        "Experiments", "Statistics", "TestSupport",
        .product(name: "GRDB", package: "GRDB.swift"),
      ],
      exclude: ["Spec/Golden", "Schema/Golden"],
      swiftSettings: house
    ),
    .testTarget(
      name: "ChartsTests",
      dependencies: ["Charts", "TestSupport"],
      exclude: ["Golden"],
      swiftSettings: house
    ),
    .testTarget(
      name: "ReportsTests",
      dependencies: ["Reports", "Charts", "Experiments", "Statistics", "TestSupport"],
      exclude: ["Golden"],
      swiftSettings: house
    ),
    .testTarget(
      name: "CommandTests",
      dependencies: ["sweep", "Experiments", "Statistics", "TestSupport"],
      exclude: ["Golden"],
      swiftSettings: house
    ),
  ],
  swiftLanguageModes: [.v6]
)
