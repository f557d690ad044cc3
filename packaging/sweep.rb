# A Homebrew formula: brew install --formula packaging/sweep.rb --HEAD
class Sweep < Formula
  desc "Train a grid of networks, and learn what each setting did"
  homepage "https://github.com/sweep-lab/sweep"
  license "Apache-2.0"
  head "https://github.com/sweep-lab/sweep.git", branch: "main"

  depends_on xcode: ["26.0", :build]
  depends_on macos: :sequoia
  uses_from_macos "python" => :build
  uses_from_macos "sqlite"
  uses_from_macos "zlib"

  on_linux do
    depends_on "swift" => :build
    depends_on "jpeg-turbo"
    depends_on "libpng"
  end

  def install
    system "make", "install", "PREFIX=#{prefix}"
  end

  test do
    (testpath/"trial.json").write <<~JSON
      {"name": "trial", "command": ["/bin/echo", "{{\\"final\\":{{\\"loss\\":{x}}}}}"], "axes": {"x": [1, 2]}}
    JSON
    assert_match "2 planned = 2 ok", shell_output("#{bin}/sweep run trial.json --quiet 2>&1")
  end
end
