using System.Text;
using Microsoft.CodeAnalysis.Text;

namespace StalwartHardening.Tests;

/// <summary>Texts and hosts at their worst: a located finding or nothing, never an exception.</summary>
public class OddTextsTests
{
    private const string CleartextImap = "[server.listener.imap]\nbind = \"[::]:143\"\nprotocol = \"imap\"\n";

    [Fact]
    public async Task A_file_that_cannot_be_read_does_not_trigger() =>
        Assert.Empty(await Compiler.Judge(new Compiler.TextFile("/0/config.toml", null), Named));

    [Fact]
    public async Task A_file_without_a_path_does_not_trigger() =>
        Assert.Empty(await Compiler.Judge(new Compiler.TextFile("", SourceText.From(CleartextImap))));

    [Fact]
    public async Task A_byte_order_mark_is_reported()
    {
        var findings = await Judge(Encoding.UTF8.GetPreamble().Concat(Encoding.UTF8.GetBytes(CleartextImap)));
        var finding = Assert.Single(findings, finding => finding.Id == "SWH0001");
        Assert.Contains("byte-order mark", finding.GetMessage(null), StringComparison.Ordinal);
        Assert.Equal(new LinePosition(0, 0), finding.Location.GetLineSpan().StartLinePosition);
        Assert.Contains(findings, other => other.Id == "SWH1001" && other.Location.GetLineSpan().StartLinePosition == new LinePosition(1, 7));
    }

    [Fact]
    public async Task Bytes_that_are_not_utf8_are_reported_where_they_are()
    {
        var findings = await Judge(Encoding.ASCII.GetBytes(CleartextImap + "# caf").Concat(new byte[] { 0xE9, (byte)'\n' }));
        var finding = Assert.Single(findings, finding => finding.Id == "SWH0001");
        Assert.Equal("The server logs an error and starts with an empty configuration, so nothing written here takes effect: the file is not valid UTF-8.", finding.GetMessage(null));
        Assert.Equal(new LinePosition(3, 5), finding.Location.GetLineSpan().StartLinePosition);
    }

    [Fact]
    public async Task A_replacement_character_that_somebody_wrote_does_not_trigger()
    {
        var findings = await Judge(Encoding.UTF8.GetBytes(CleartextImap + "# \uFFFD\n"));
        Assert.DoesNotContain(findings, finding => finding.Id == "SWH0001");
        Assert.NotEmpty(findings);
    }

    [Fact]
    public async Task Utf16_is_reported()
    {
        var findings = await Judge(Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes(CleartextImap)));
        Assert.Contains("UTF-8", Assert.Single(findings, finding => finding.Id == "SWH0001").GetMessage(null), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("# only a comment")]
    [InlineData("\r\n\r\n\n")]
    [InlineData("\0")]
    [InlineData("a = 1\0\0\n")]
    [InlineData("[server.listener.x\uD800]\nbind = \"[::]:143\"\nprotocol = \"imap\"\n")]
    [InlineData("[server.listener.imap]\r\nbind = \"[::]:143\"\nprotocol = \"imap\"\r\n")]
    [InlineData("[server.listener.imap]\nbind = \"[::]:143\"\nprotocol = \"imap\"")]
    public async Task Odd_text_ends_in_located_findings_or_none(string text)
    {
        var findings = await Compiler.Judge(text, Named);
        Assert.All(findings, finding => Assert.StartsWith("SWH", finding.Id, StringComparison.Ordinal));
        Assert.All(findings, finding => Assert.Equal("/0/config.toml", finding.Location.GetLineSpan().Path));
    }

    [Fact]
    public async Task Ten_megabytes_of_brackets_end_in_located_findings()
    {
        var findings = await Compiler.Judge(new string('[', 10 * 1024 * 1024), Named);
        Assert.All(findings, finding => Assert.Equal("SWH0001", finding.Id));
    }

    [Fact]
    public async Task A_hundred_thousand_listeners_are_all_judged()
    {
        var text = new StringBuilder();
        for (var i = 0; i < 100_000; i++)
            text.Append("[server.listener.imap").Append(i).Append("]\nbind = \"[::]:143\"\nprotocol = \"imap\"\n");
        var findings = await Compiler.Judge(text.ToString());
        Assert.Equal(100_000, findings.Count(finding => finding.Id == "SWH1001"));
    }

    [Fact]
    public async Task Cancelled_analysis_ends_as_cancelled()
    {
        using var cancellationToken = new CancellationTokenSource();
        await cancellationToken.CancelAsync();
        var compilation = Compiler.Create([new Compiler.TextFile("/0/config.toml", SourceText.From(CleartextImap))]);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => compilation.GetAnalyzerDiagnosticsAsync(cancellationToken.Token));
    }

    private static (string, string) Named => ("build_metadata.AdditionalFiles.StalwartConfiguration", "true");

    private static async Task<System.Collections.Immutable.ImmutableArray<Microsoft.CodeAnalysis.Diagnostic>> Judge(IEnumerable<byte> bytes)
    {
        using var stream = new MemoryStream([.. bytes]);
        return await Compiler.Judge(new Compiler.TextFile("/0/config.toml", SourceText.From(stream, Encoding.UTF8)));
    }
}
