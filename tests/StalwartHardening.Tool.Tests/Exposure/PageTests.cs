namespace StalwartHardening.Tests.Exposure;

/// <summary>The page in a real browser: nothing on the console, nothing loaded, nothing too wide, too small or too faint to read.</summary>
public sealed class PageTests : IDisposable
{
    // Walks over all text. Contrast as WCAG 2.2 defines it, against the nearest ground that is not transparent.
    private const string Unreadable =
        """
        (() => {
          const channel = v => { v /= 255; return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; };
          const parts = c => c.match(/[\d.]+/g).map(Number);
          const light = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
          const ground = e => { for (; e; e = e.parentElement) { const c = parts(getComputedStyle(e).backgroundColor); if (c.length < 4 || c[3] > 0) return c; } return [255, 255, 255]; };
          const problems = [];
          let seen = 0;
          const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          while (walk.nextNode()) {
            const text = walk.currentNode.data.trim(), e = walk.currentNode.parentElement, s = getComputedStyle(e), box = e.getBoundingClientRect();
            if (!text || box.width <= 1) continue;
            seen++;
            const a = light(parts(s.color)), b = light(ground(e)), contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
            if (contrast < 4.5) problems.push(text + ': contrast ' + contrast.toFixed(2));
            if (parseFloat(s.fontSize) < 12) problems.push(text + ': ' + s.fontSize);
            if (box.right > innerWidth + 0.5 || box.left < -0.5) problems.push(text + ': beyond the edge');
          }
          if (document.documentElement.scrollWidth > innerWidth) problems.push('the page is ' + document.documentElement.scrollWidth + ' wide');
          if (seen < 20) problems.push('only ' + seen + ' texts');
          return problems.join('\n');
        })()
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("Quickstart")]
    [InlineData("Hardened")]
    public async Task The_page_is_readable_on_telephones_and_screens_in_light_and_dark(string sample)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var browser = await Browser.StartOrSkip(cancellationToken);
        var other = sample == "Hardened" ? "Quickstart" : "Hardened";
        var page = Path.Combine(_folder.Root, "map.html");
        ToolProcess.Run(_folder.Root, "exposure", Repository.PathOf("samples", sample, "config.toml"), "--diff", Repository.PathOf("samples", other, "config.toml"), "-o", page).Expect(0);
        await Check(browser, page, sample);
    }

    [Fact]
    public async Task Long_names_do_not_widen_the_page()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var browser = await Browser.StartOrSkip(cancellationToken);
        var name = new string('m', 300);
        var page = Path.Combine(_folder.Root, "map.html");
        var file = _folder.Write("config.toml", $"server.hostname = \"{name}.example.org\"\n[server.listener.{name}]\nbind = [\"[::]:143\", \"{name}\"]\nprotocol = \"imap\"\n");
        ToolProcess.Run(_folder.Root, "exposure", file, "-o", page).Expect(0);
        await Check(browser, page, "long-names");
    }

    [Fact]
    public async Task The_drawing_is_shown_without_complaint()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var browser = await Browser.StartOrSkip(cancellationToken);
        var drawing = Path.Combine(_folder.Root, "map.svg");
        ToolProcess.Run(_folder.Root, "exposure", Repository.PathOf("samples", "Quickstart", "config.toml"), "-o", drawing).Expect(0);
        foreach (var isDark in (bool[])[false, true])
        {
            await browser.Open(drawing, 1280, isDark, cancellationToken);
            Keep($"drawing-{(isDark ? "dark" : "light")}.png", await browser.Screenshot(cancellationToken));
            Assert.Equal("", (string?)await browser.Evaluate(
                """
                (() => {
                  const frame = document.documentElement.viewBox.baseVal, problems = [], boxes = [...document.querySelectorAll('rect.card')].map(e => e.getBBox());
                  for (const e of document.querySelectorAll('text')) {
                    const b = e.getBBox();
                    if (b.x < 0 || b.x + b.width > frame.width || b.y + b.height > frame.height) problems.push(e.textContent + ' leaves the drawing');
                    for (const c of boxes) if (b.y > c.y && b.y < c.y + c.height && b.x > c.x && b.x < c.x + c.width && b.x + b.width > c.x + c.width) problems.push(e.textContent + ' leaves its card');
                  }
                  return problems.join('\n');
                })()
                """, cancellationToken));
        }

        Assert.Empty(browser.Messages);
    }

    // What a terminal shows of the quick start, kept beside the page and the drawing.
    [Fact]
    public async Task The_report_fits_a_terminal()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var browser = await Browser.StartOrSkip(cancellationToken);
        var report = ToolProcess.Run(Repository.PathOf("samples", "Quickstart"), "check", "config.toml").Expect(1).Output;
        var page = _folder.Write("terminal.html", "<!DOCTYPE html><meta charset=\"utf-8\"><title>terminal</title><link rel=\"icon\" href=\"data:,\"><pre style=\"white-space:pre-wrap;width:100ch;background:#111;color:#ddd\">" + System.Net.WebUtility.HtmlEncode(report) + "</pre>");
        await browser.Open(page, 1280, isDark: true, cancellationToken);
        Keep("terminal.png", await browser.Screenshot(cancellationToken));
        Assert.Equal(report.TrimEnd(), ((string?)await browser.Evaluate("document.querySelector('pre').textContent", cancellationToken))?.TrimEnd());
        Assert.Empty(browser.Messages);
    }

    private static async Task Check(Browser browser, string page, string name)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        foreach (var width in (int[])[360, 1280])
        {
            foreach (var isDark in (bool[])[false, true])
            {
                await browser.Open(page, width, isDark, cancellationToken);
                Keep($"{name}-{width}-{(isDark ? "dark" : "light")}.png", await browser.Screenshot(cancellationToken));
                Assert.Equal(isDark, (int?)await browser.Evaluate("parseInt(getComputedStyle(document.body).backgroundColor.match(/\\d+/)[0])", cancellationToken) < 128);
                Assert.Equal("", (string?)await browser.Evaluate(Unreadable, cancellationToken));
            }
        }

        // Paper is white whatever the reader's screen is, and what is folded on the screen is printed.
        await browser.Open(page, 794, isDark: true, cancellationToken, media: "print");
        Keep($"{name}-print.png", await browser.Screenshot(cancellationToken));
        Assert.Equal(255, (int?)await browser.Evaluate("parseInt(getComputedStyle(document.body).backgroundColor.match(/\\d+/)[0])", cancellationToken));
        Assert.Equal("", (string?)await browser.Evaluate(Unreadable, cancellationToken));
        Assert.Equal(0, (int?)await browser.Evaluate("[...document.querySelectorAll('details > :not(summary)')].filter(e => e.getBoundingClientRect().height === 0).length", cancellationToken));
        Assert.Empty(browser.Messages);
    }

    // For people to look at, and for CI to keep.
    private static void Keep(string name, byte[] picture)
    {
        Assert.True(picture.Length > 1000);
        var folder = Repository.PathOf("artifacts", "exposure");
        Directory.CreateDirectory(folder);
        File.WriteAllBytes(Path.Combine(folder, name), picture);
    }
}
