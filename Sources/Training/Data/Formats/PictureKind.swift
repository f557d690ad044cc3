/// What a file is by its first bytes, whatever its name says.
package enum PictureKind: String, Sendable {
  case png = "PNG"
  case jpeg = "JPEG"
  case webP = "WebP"
  case heic = "HEIC"
  case avif = "AVIF"
  case gif = "GIF"
  case tiff = "TIFF"
  case bmp = "BMP"

  /// Recognizes a file, `nil` where it is none of these.
  package init?(_ file: [UInt8]) {
    func has(_ text: String, at place: Int = 0) -> Bool {
      file.count >= place + text.utf8.count && file[place...].starts(with: text.utf8)
    }
    if file.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
      self = .png
    } else if file.starts(with: [0xFF, 0xD8]) {
      self = .jpeg
    } else if has("RIFF"), has("WEBP", at: 8) {
      self = .webP
    } else if has("ftyp", at: 4) {
      if has("avif", at: 8) || has("avis", at: 8) {
        self = .avif
      } else if ["heic", "heix", "heim", "heis", "hevc", "mif1", "msf1"].contains(where: {
        has($0, at: 8)
      }) {
        self = .heic
      } else {
        return nil
      }
    } else if has("GIF8") {
      self = .gif
    } else if file.starts(with: [0x49, 0x49, 0x2A, 0]) || file.starts(with: [0x4D, 0x4D, 0, 0x2A]) {
      self = .tiff
    } else if has("BM") {
      self = .bmp
    } else {
      return nil
    }
  }

  /// Whether such files are decoded.
  var isRead: Bool { [.png, .jpeg, .webP].contains(self) }

  /// What it is and what to do, in the middle of a sentence.
  var advice: String {
    switch self {
    case .png, .jpeg, .webP: "it is a \(rawValue) file"
    case .heic:
      "it is a HEIC picture, as iPhones take them, which is not read; convert it, for instance by "
        + "'heif-convert IMG.HEIC IMG.jpg' (package libheif-examples), on a Mac by 'sips -s format jpeg IMG.HEIC "
        + "--out IMG.jpg', or have the phone take 'Most Compatible' pictures"
    case .avif, .gif, .tiff, .bmp:
      "it is \(self == .avif ? "an" : "a") \(rawValue) picture, which is not read; convert it to PNG or JPEG"
    }
  }
}
