import Statistics

/// All parameters of a network in one flat buffer, with gradients and optimizer state beside them.
///
/// One buffer makes zeroing one loop and a step of the optimizer one loop over each run of equal segments.
package final class Parameters {
  /// One weight tensor or one bias vector.
  package struct Segment: Sendable {
    package let name: String
    package let part: Part
    package let role: Role
    package let layout: Layout
    package fileprivate(set) var offset = 0

    /// Floats in the buffer, padding included.
    package var count: Int { layout.paddedCount }
  }

  /// Which end of the network a parameter belongs to.
  package enum Part: Sendable, Equatable {
    /// General-purpose features; `stage` counts from the input.
    case body(stage: Int)
    case head
  }

  /// What weight decay and freezing look at.
  package enum Role: Sendable {
    case weight, bias, normScale, normShift
  }

  /// Real numbers inside padded ones: `groups` blocks of rows × columns.
  package struct Layout: Sendable {
    package let groups: Int
    package let rows: Int
    package let paddedRows: Int
    package let columns: Int
    package let paddedColumns: Int
    /// The shape PyTorch gives the real numbers: outputs first.
    package let shape: [Int]

    package init(
      groups: Int = 1,
      rows: Int,
      paddedRows: Int? = nil,
      columns: Int,
      shape: [Int]? = nil
    ) {
      self.groups = groups
      self.rows = rows
      self.paddedRows = paddedRows ?? rows
      self.columns = columns
      paddedColumns = paddedChannels(columns)
      self.shape = shape ?? [columns]
    }

    package var realCount: Int { groups * rows * columns }
    var paddedCount: Int { paddedChannels(groups * paddedRows * paddedColumns) }

    /// The places of the real numbers, group by group and row by row.
    package func forEachPlace(_ body: (Int) -> Void) {
      for group in 0..<groups {
        for row in 0..<rows {
          let start = (group * paddedRows + row) * paddedColumns
          for column in 0..<columns { body(start + column) }
        }
      }
    }
  }

  package private(set) var segments: [Segment] = []
  /// Memory the layers over these parameters share.
  let workspace = Workspace()
  private var reserved = 0
  private var buffers: (values: FloatBuffer, gradients: FloatBuffer)?

  package init() {}

  /// Adds a segment; all are added before the first value is asked for.
  package func reserve(_ name: String, part: Part, role: Role, layout: Layout) -> Int {
    precondition(buffers == nil, "'\(name)' is reserved after the buffers were made")
    var segment = Segment(name: name, part: part, role: role, layout: layout)
    segment.offset = reserved
    segments.append(segment)
    reserved += segment.count
    return segments.count - 1
  }

  private var allocated: (values: FloatBuffer, gradients: FloatBuffer) {
    if let buffers { return buffers }
    let made = (FloatBuffer(count: reserved), FloatBuffer(count: reserved))
    buffers = made
    return made
  }

  /// Floats in each buffer.
  package var count: Int { reserved }
  package var values: UnsafeMutablePointer<Float> { allocated.values.start }
  package var gradients: UnsafeMutablePointer<Float> { allocated.gradients.start }

  package func value(_ segment: Int) -> UnsafeMutablePointer<Float> {
    values + segments[segment].offset
  }

  package func gradient(_ segment: Int) -> UnsafeMutablePointer<Float> {
    gradients + segments[segment].offset
  }

  package func clearGradients() {
    gradients.update(repeating: 0, count: count)
  }

  /// How many stages the body has.
  package var bodyStages: Int {
    let stages = segments.map { segment in
      if case .body(let stage) = segment.part { stage + 1 } else { 0 }
    }
    return stages.max() ?? 0
  }

  /// How many parameters there are, the padding left out: in some groups, or in all.
  package func realCount(in groups: [ParameterGroup]? = nil) -> Int {
    var count = 0
    for segment in segments
    where groups?.contains(where: { $0.range.contains(segment.offset) }) ?? true {
      count += segment.layout.realCount
    }
    return count
  }

  /// The Euclidean length of all weight matrices together.
  package var weightNorm: Double {
    var sum = 0.0
    for segment in segments where segment.role == .weight {
      for place in segment.offset..<segment.offset + segment.count {
        sum += Double(values[place]) * Double(values[place])
      }
    }
    return sum.squareRoot()
  }

  /// Draws a segment from the uniform distribution on ±bound, from its own named stream.
  package func drawUniform(_ segment: Int, bound: Double, seed: Int) {
    var rng = SeededGenerator(purpose: "init " + segments[segment].name, seed: seed)
    let values = value(segment)
    segments[segment].layout.forEachPlace { place in
      values[place] = Float((2 * rng.uniform() - 1) * bound)
    }
  }

  /// Sets the real numbers of a segment to one value.
  package func fill(_ segment: Int, with number: Float) {
    let values = value(segment)
    segments[segment].layout.forEachPlace { values[$0] = number }
  }
}
