import Statistics

/// One weight tensor or one vector of biases, scales or shifts.
package struct Parameter {
  package let name: String
  package let part: Part
  package let role: Role
  package let layout: Layout
  /// Where it starts in the flat buffers.
  package let offset: Int
  let storage: ParameterStorage

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
    /// The shape PyTorch gives the real numbers: outputs, inputs, rows, columns, as far as there are.
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

    /// Where the real numbers lie, group by group and row by row.
    package func forEachOffset(_ body: (Int) -> Void) {
      for group in 0..<groups {
        for row in 0..<rows {
          let start = (group * paddedRows + row) * paddedColumns
          for column in 0..<columns { body(start + column) }
        }
      }
    }

    /// Calls with where each lies, in PyTorch's order: the group varies fastest and the column slowest.
    func forEachOffsetByColumn(_ body: (Int) -> Void) {
      for column in 0..<columns {
        for row in 0..<rows {
          for group in 0..<groups {
            body((group * paddedRows + row) * paddedColumns + column)
          }
        }
      }
    }
  }

  /// Floats in each buffer, padding included.
  package var count: Int { layout.paddedCount }
  package var values: UnsafeMutablePointer<Float> { storage.values.start + offset }
  package var gradients: UnsafeMutablePointer<Float> { storage.gradients.start + offset }

  /// Draws the real numbers from the uniform distribution on ±bound, from a stream of their own.
  package func drawUniform(bound: Double, seed: Int) {
    var rng = SeededGenerator(purpose: "init " + name, seed: seed)
    let values = values
    layout.forEachOffset { values[$0] = Float((2 * rng.uniform() - 1) * bound) }
  }

  /// Sets the real numbers to one value.
  package func fill(with number: Float) {
    let values = values
    layout.forEachOffset { values[$0] = number }
  }
}
