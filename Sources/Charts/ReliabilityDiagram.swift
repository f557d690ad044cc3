/// How often confident statements were correct, bin by bin, against the diagonal of perfect calibration.
package struct ReliabilityDiagram: Chart, Equatable {
  /// The statements whose confidence fell between two edges.
  package struct Bin: Sendable, Equatable {
    package let edges: Span
    package let meanConfidence: Double
    package let shareCorrect: Double
    package let interval: Span?
    package let count: Int

    /// - Parameters:
    ///   - edges: The confidences the bin reaches from and to, as shares of 1.
    ///   - meanConfidence: The mean confidence within the bin, as a share of 1.
    ///   - shareCorrect: The share that was correct, of 1.
    ///   - interval: The Wilson interval of the share, or nil.
    ///   - count: How many statements the bin holds; an empty bin is not drawn.
    package init(
      edges: Span,
      meanConfidence: Double,
      shareCorrect: Double,
      interval: Span?,
      count: Int
    ) {
      self.edges = edges
      self.meanConfidence = meanConfidence
      self.shareCorrect = shareCorrect
      self.interval = interval
      self.count = count
    }
  }

  package let bins: [Bin]
  package let xLabel: String
  package let yLabel: String

  /// - Parameters:
  ///   - bins: In the order of their confidence.
  ///   - xLabel: What is confident, without an arrow: "mean confidence, %".
  ///   - yLabel: What is counted, without an arrow: "correct, %".
  package init(
    bins: [Bin],
    xLabel: String = "mean confidence, %",
    yLabel: String = "correct, %"
  ) {
    self.bins = bins
    self.xLabel = xLabel
    self.yLabel = yLabel
  }

  package var drawing: Drawing { Drawing(width: 440, height: 440) }
}
