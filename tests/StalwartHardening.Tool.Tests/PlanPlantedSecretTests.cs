namespace StalwartHardening.Tests;

/// <summary>A secret in every place of a plan that can hold one, whole and in every way broken: nothing that is printed shows it.</summary>
public sealed class PlanPlantedSecretTests : IDisposable
{
    private const string Secret = "Tr0ub4dorXq";
    private const string Quoted = "\"" + Secret + "\"";

    private static readonly string[] Operations =
    [
        """{"@type":"create","object":"Account","value":{"a":{"@type":"User","name":"ann","domainId":"#d","credentials":{"0":{"@type":"Password","secret":"$"}}}}}""",
        """{"@type":"update","object":"DataStore","value":{"@type":"PostgreSql","host":"db","authSecret":{"@type":"Value","secret":"$"}}}""",
        """{"@type":"update","object":"DataStore","value":{"authSecret/secret":"$"}}""",
        """{"@type":"update","object":"BlobStore","value":{"@type":"S3","secretKey":{"@type":"Value","secret":"$"},"sessionToken":{"@type":"Value","secret":"$"}}}""",
        """{"@type":"create","object":"Certificate","value":{"c":{"privateKey":{"@type":"Text","secret":"$"},"certificate":{"@type":"Text","text":"x"}}}}""",
        """{"@type":"create","object":"WebHook","value":{"w":{"url":"https://u:$@h/x","httpAuth":{"@type":"Bearer","bearerToken":{"@type":"Value","secret":"$"}},"httpHeaders":{"X-Api-Key":"$"}}}}""",
        """{"@type":"create","object":"AcmeProvider","value":{"p":{"directory":"https://x","eabHmacKey":"$"}}}""",
        """{"@type":"create","object":"DkimSignature","value":{"k":{"@type":"Dkim1Ed25519Sha256","domainId":"#d","selector":"s","privateKey":{"@type":"Text","secret":"$"}}}}""",
        """{"@type":"update","object":"OidcProvider","value":{"encryptionKey":{"@type":"Value","secret":"$"},"signatureKey":{"@type":"Value","secret":"$"}}}""",
        """{"@type":"update","object":"InMemoryStore","value":{"@type":"Redis","url":"redis://u:$@h/0"}}""",
    ];

    private static readonly Func<string, string>[] Breaks =
    [
        static text => text,
        static text => text.Replace(Quoted, "\"" + Secret, StringComparison.Ordinal),
        static text => text.Replace(Quoted, Secret + "\"", StringComparison.Ordinal),
        static text => text.Replace(Quoted, Secret, StringComparison.Ordinal),
        static text => text.Replace(Quoted, "'" + Secret + "'", StringComparison.Ordinal),
        static text => text.Replace(":" + Quoted, " " + Quoted, StringComparison.Ordinal),
        static text => text.Replace(":" + Quoted, "=" + Quoted, StringComparison.Ordinal),
        static text => text.Replace(":" + Quoted, ":\n" + Quoted, StringComparison.Ordinal),
        static text => text.Replace(Quoted, "\"ok\",\n" + Quoted, StringComparison.Ordinal),
        static text => text.Replace(Quoted, "\"ok\" " + Quoted, StringComparison.Ordinal),
        static text => text.Replace(Secret, Secret + "\\q", StringComparison.Ordinal),
        static text => text.Replace(Secret, "\\q" + Secret, StringComparison.Ordinal),
        static text => text.Replace(Secret, Secret + "\u0001", StringComparison.Ordinal),
        static text => text.Replace(Secret, Secret + "\\ud800", StringComparison.Ordinal),
        static text => text.Replace(Secret, "{{ x }}" + Secret, StringComparison.Ordinal),
        static text => text.TrimEnd('}'),
        static text => text + " \"secret\":" + Quoted,
        static text => text.Replace("\"secret\":" + Quoted, "\"secret\":\"ok\",\"secret\":" + Quoted, StringComparison.Ordinal),
        static text => text.Replace(Quoted, "[" + Quoted + "]", StringComparison.Ordinal),
        static text => text.Replace(Quoted, "{" + Quoted + ":true}", StringComparison.Ordinal),
        static text => text.Replace("\"secret\":" + Quoted, "\"secret=" + Secret + "\":true", StringComparison.Ordinal),
        static text => text.Replace("\"secret\"", "\"secrett\"", StringComparison.Ordinal),
        static text => text[..(text.IndexOf(Secret, StringComparison.Ordinal) + Secret.Length)],
        static text => text[(text.IndexOf(Secret, StringComparison.Ordinal) - 3)..],
        static text => "[" + text + "]",
        static text => text.Replace(",", ",\n  ", StringComparison.Ordinal).Replace("{", "{\n", StringComparison.Ordinal),
    ];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Nothing_that_is_printed_shows_it()
    {
        for (var i = 0; i < Operations.Length; i++)
        {
            for (var j = 0; j < Breaks.Length; j++)
            {
                _folder.Write($"{i}-{j}.ndjson", """{"@type":"create","object":"NetworkListener","value":{"l":{"name":"imap","protocol":"imap","bind":{"[::]:143":true}}}}""" + "\n"
                    + Breaks[j](Operations[i].Replace("$", Secret, StringComparison.Ordinal)) + "\n"
                    + """{"@type":"update","object":"Http","value":{"usePermissiveCors":true,"useXForwarded":true}}""" + "\n");
            }
        }

        foreach (var arguments in (string[])
        [
            "check *.ndjson --format text", "check *.ndjson --format json", "check *.ndjson --format sarif", "check *.ndjson --format github", "check *.ndjson --format gitlab",
            "check *.ndjson --format junit", "fix *.ndjson --all",
        ])
        {
            var result = ToolProcess.Run(_folder.Root, [.. arguments.Split(' '), "--min-severity", "info"]);
            Assert.InRange(result.ExitCode, 1, 3);
            foreach (var line in (result.Output + result.Error).Split('\n'))
                Assert.DoesNotContain(Secret, line, StringComparison.Ordinal);
        }
    }
    // The commands that take one file.
    [Theory]
    [InlineData("settings --format table")]
    [InlineData("settings --format json")]
    [InlineData("settings --format state")]
    [InlineData("settings --format state --after-restart --continue-on-error")]
    [InlineData("exposure --format text")]
    [InlineData("exposure --format html")]
    [InlineData("exposure --format svg")]
    [InlineData("exposure --format md")]
    [InlineData("exposure --format mmd")]
    [InlineData("exposure --format json")]
    [InlineData("accounts --format json")]
    [InlineData("access --path /api")]
    [InlineData("migrate")]
    [InlineData("import")]
    public void Nor_does_anything_that_is_printed_of_one_file(string arguments)
    {
        for (var i = 0; i < Operations.Length; i++)
        {
            for (var j = 0; j < Breaks.Length; j++)
            {
                var name = _folder.Write("plan.ndjson", Breaks[j](Operations[i].Replace("$", Secret, StringComparison.Ordinal)) + "\n");
                var words = arguments.Split(' ');
                var result = InProcessTool.Run([words[0], name, .. words[1..]]);
                Assert.False((result.Output + result.Error).Contains(Secret, StringComparison.Ordinal), $"{arguments} shows the secret of operation {i}, break {j}:\n{File.ReadAllText(name)}\n{result.Output}\n{result.Error}");
            }
        }
    }
}
