/// The learning curve of one run, metric by metric.
package struct Curve: Sendable, Equatable {
  /// Where in the training a point was measured; those of one unit are ordered by position.
  package struct Coordinate: Sendable, Hashable, Comparable {
    package let unit: CurvePoint.Unit
    /// The epoch or the step, as the program counts them.
    package let position: Double

    package init(unit: CurvePoint.Unit, position: Double) {
      self.unit = unit
      self.position = position
    }

    package static func < (one: Coordinate, two: Coordinate) -> Bool {
      (one.unit.rawValue, one.position) < (two.unit.rawValue, two.position)
    }
  }

  /// One metric along the curve.
  package struct Series: Sendable, Equatable {
    package let metric: String
    /// One per coordinate, nil where nothing was measured there; nan and infinities are values.
    package var values: [Double?]

    package init(metric: String, values: [Double?]) {
      self.metric = metric
      self.values = values
    }
  }

  /// The run's id.
  package let run: String
  /// In the order in which they were printed.
  package let coordinates: [Coordinate]
  /// In the alphabetical order of their metrics.
  package let series: [Series]

  package init(run: String, coordinates: [Coordinate], series: [Series]) {
    precondition(
      series.allSatisfy { $0.values.count == coordinates.count },
      "a curve of \(coordinates.count) coordinates has a series of another length"
    )
    self.run = run
    self.coordinates = coordinates
    self.series = series
  }

  /// Turns points as a program prints them into series.
  package init(run: String, points: [CurvePoint]) {
    let metrics = Set(points.flatMap(\.metrics.keys)).sorted()
    self.init(
      run: run,
      coordinates: points.map { Coordinate(unit: $0.unit, position: $0.position) },
      series: metrics.map { metric in
        Series(metric: metric, values: points.map { $0.metrics[metric] })
      }
    )
  }
}

/// The learning curves of a sweep, read one run at a time: together they may not fit into memory.
package struct Curves: Sendable {
  private let read: @Sendable ([Record], (Curve) throws -> Void) throws -> Void

  /// - Parameter read: Hands over the curves of some records, in their order.
  package init(_ read: @escaping @Sendable ([Record], (Curve) throws -> Void) throws -> Void) {
    self.read = read
  }

  /// Curves that the records hold themselves.
  package static let ofRecords = Curves { records, take in
    for record in records where !record.measurements.curve.isEmpty {
      try take(Curve(run: record.run.id, points: record.measurements.curve))
    }
  }

  /// Hands over the curve of each record that has one, in their order.
  ///
  /// - Throws: What reading or the caller throws.
  package func forEach(of records: [Record], _ take: (Curve) throws -> Void) throws {
    try read(records, take)
  }
}
