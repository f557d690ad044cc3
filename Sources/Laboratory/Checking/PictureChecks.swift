import Sweeps
import Training

/// Are pictures of people's own what they should be?
extension SetUp {
  var pictureFiles: [Finding] { dataset.pictureFindings }
}

extension Dataset {
  /// What is told of a folder of pictures: files that were left out, and pictures that are on both sides of the split.
  var pictureFindings: [Finding] {
    guard let pictures else { return [] }
    func short(_ path: String) -> String { LeftOutFile.path(path, in: name) }
    let pairs = NearDuplicates.pairs(training: train, validation: valid)
    return [
      Finding.leftOut(pictures.leftOut.count, pictures.leftOut.byReason(in: name), of: name),
      Finding.nearDuplicates(
        pairs.map {
          "\(short(pictures.valid[$0.validation])) is like \(short(pictures.train[$0.training]))"
        },
        of: name
      ),
    ].compactMap(\.self)
  }
}
