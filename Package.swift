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
    // The class's server: HTTP/1.1 with bounds on all that a client sends, on SwiftNIO. Without traits, for it reads
    // no configuration and needs no more of Foundation than the rest.
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
    // What Hummingbird is made of, where its own words are too few: the bounds of a connection, the names of headers,
    // and silence instead of a log.
    .package(url: "https://github.com/apple/swift-nio.git", from: "2.101.0"),
    .package(url: "https://github.com/apple/swift-http-types.git", from: "1.8.0", traits: []),
    .package(url: "https://github.com/apple/swift-log.git", from: "1.14.0"),
  ],
  targets: [
    // Designs, contrasts, intervals, scores and named random streams; checked against SciPy and statsmodels.
    .target(name: "Statistics", swiftSettings: house),
    // How values are written: JSON with positions, CSV, numbers, digests. Imports nothing of ours, so that the
    // trainer and the sweeps share one language without knowing each other.
    .target(
      name: "Notation",
      dependencies: [.product(name: "Crypto", package: "swift-crypto")],
      swiftSettings: house
    ),
    // The hot loops and the embedded data, in C: another compiler, one source per instruction set.
    .target(
      name: "Kernels",
      exclude: ["data"],
      linkerSettings: [
        // libpng, libjpeg and libwebp: people bring pictures of their own. macOS has ImageIO for all three.
        .linkedLibrary("png16", .when(platforms: [.linux])),
        .linkedLibrary("jpeg", .when(platforms: [.linux])),
        .linkedLibrary("webp", .when(platforms: [.linux])),
        // zlib: data sets come packed by gzip, the bundled ones too. Last, for libpng needs it where both are static.
        .linkedLibrary("z"),
      ]
    ),
    // Networks from scratch: data, layers, losses, optimizers, the training loop.
    .target(
      name: "Training",
      dependencies: ["Kernels", "Notation", "Statistics"],
      swiftSettings: house
    ),
    // The domain as values: spec, grid, runs, predictions, plans.
    .target(
      name: "Sweeps",
      dependencies: [
        "Notation", "Statistics", .product(name: "Crypto", package: "swift-crypto"),
      ],
      swiftSettings: house
    ),
    // What is kept in a results folder; the only user of GRDB.
    .target(
      name: "Storage",
      dependencies: [
        "Notation", "Sweeps", .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "GRDB", package: "GRDB.swift"),
      ],
      swiftSettings: house
    ),
    // Who does the runs, when, and what becomes of them; the only user of Subprocess.
    .target(
      name: "Execution",
      dependencies: [
        "Notation", "Storage", "Sweeps", .product(name: "Subprocess", package: "swift-subprocess"),
      ],
      swiftSettings: house
    ),
    // Plain values to SVG pictures: no other module, not even Foundation, so that it builds alone.
    .target(name: "Charts", swiftSettings: house),
    // Records to a report value to text; never opens a database.
    .target(
      name: "Reports",
      dependencies: ["Charts", "Notation", "Statistics", "Sweeps"],
      swiftSettings: house
    ),
    // The application without a door: the use cases, and what may be shown while predictions are sealed.
    .target(
      name: "Laboratory",
      dependencies: [
        "Charts", "Execution", "Notation", "Reports", "Storage", "Sweeps", "Training",
      ],
      swiftSettings: house
    ),
    // A lesson as a value that is replayed from what people did, and the pages that they see of it.
    .target(
      name: "Classroom",
      dependencies: ["Charts", "Notation", "Reports", "Statistics", "Sweeps"],
      swiftSettings: house
    ),
    // The class's server: requests to acts, a lesson to pages; the only user of Hummingbird.
    .target(
      name: "Serving",
      dependencies: [
        "Charts", "Classroom", "Laboratory", "Notation", "Reports", "Statistics", "Storage",
        "Sweeps", .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HummingbirdCore", package: "hummingbird"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "Logging", package: "swift-log"),
      ],
      swiftSettings: house
    ),
    // The command line: flags, wiring, printing, exit codes.
    .executableTarget(
      name: "sweep",
      dependencies: [
        "Charts", "Classroom", "Execution", "Laboratory", "Notation", "Reports", "Serving",
        "Statistics", "Storage", "Sweeps", "Training",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: house
    ),
    // Times the trainer's own work, in turn with PyTorch; `make bench` runs it.
    .executableTarget(
      name: "bench",
      dependencies: ["Notation", "Statistics", "Training"],
      exclude: ["class_sweep.py", "compare.py"],
      swiftSettings: house
    ),
    // Golden files and the built binary on a temporary folder, for all test targets.
    .target(
      name: "TestSupport",
      dependencies: ["Execution", "Notation", "Statistics", "Storage", "Sweeps"],
      path: "Tests/TestSupport",
      swiftSettings: house
    ),
    // What the tree promises: which module may import which, how long a function may be.
    .testTarget(name: "HouseTests", swiftSettings: house),
    .testTarget(
      name: "StatisticsTests",
      dependencies: ["Notation", "Statistics", "Sweeps", "TestSupport"],
      exclude: ["Reference"],
      swiftSettings: house
    ),
    .testTarget(
      name: "TrainingTests",
      dependencies: ["Training", "Kernels", "Notation", "Statistics", "TestSupport"],
      exclude: ["Reference"],
      swiftSettings: house
    ),
    .testTarget(
      name: "NotationTests",
      dependencies: ["Notation", "TestSupport"],
      swiftSettings: house
    ),
    .testTarget(
      name: "SweepsTests",
      dependencies: ["Execution", "Notation", "Statistics", "Storage", "Sweeps", "TestSupport"],
      exclude: ["Exports", "Spec/Golden", "Schema/Golden"],
      swiftSettings: house
    ),
    .testTarget(
      name: "StorageTests",
      dependencies: [
        "Execution", "Notation", "Storage", "Sweeps", "TestSupport",
        .product(name: "GRDB", package: "GRDB.swift"),
      ],
      exclude: ["Fixtures"],
      swiftSettings: house
    ),
    .testTarget(
      name: "ExecutionTests",
      dependencies: [
        "Execution", "Notation", "Statistics", "Storage", "Sweeps", "TestSupport",
        .product(name: "GRDB", package: "GRDB.swift"),
      ],
      swiftSettings: house
    ),
    .testTarget(
      name: "ChartsTests",
      dependencies: ["Charts", "TestSupport"],
      exclude: ["Golden", "Reference"],
      swiftSettings: house
    ),
    .testTarget(
      name: "ReportsTests",
      dependencies: [
        "Reports", "Charts", "Notation", "Statistics", "Storage", "Sweeps", "TestSupport",
        "Training",
      ],
      exclude: ["Golden"],
      swiftSettings: house
    ),
    .testTarget(
      name: "LaboratoryTests",
      dependencies: [
        // The executable, because the laboratory's runs are made by programs that it starts.
        "sweep", "Charts", "Execution", "Laboratory", "Notation", "Reports", "Statistics",
        "Storage",
        "Sweeps", "TestSupport", .product(name: "GRDB", package: "GRDB.swift"),
      ],
      swiftSettings: house
    ),
    .testTarget(
      name: "ClassroomTests",
      dependencies: ["Charts", "Classroom", "Notation", "Statistics", "Sweeps"],
      swiftSettings: house
    ),
    .testTarget(
      name: "ServingTests",
      dependencies: [
        "sweep", "Classroom", "Notation", "Serving", "Statistics", "Sweeps", "TestSupport",
      ],
      swiftSettings: house
    ),
    .testTarget(
      name: "CommandTests",
      dependencies: [
        "sweep", "Execution", "Notation", "Statistics", "Storage", "Sweeps", "TestSupport",
      ],
      exclude: ["Golden"],
      swiftSettings: house
    ),
  ],
  swiftLanguageModes: [.v6]
)
