using Microsoft.CodeAnalysis;

namespace StalwartHardening.Tests;

/// <summary>How the names of the library come into a file, and in which order and how many files a program is written, changes no finding.</summary>
public sealed class FileOrderTests
{
    private static readonly string[] Files =
    [
        "USING namespace One { public static class Begin { public static StalwartServerBuilder Make(string host) { var server = StalwartServer.CreateBuilder(host); server.AddListener(\"https\", MailProtocol.Http).Bind(443).WithImplicitTls(); return server; } } }",
        "USING namespace Two { public static class Doors { public static ListenerBuilder Door(this StalwartServerBuilder server, int port) => server.AddListener(\"l\" + port, MailProtocol.Imap).Bind(port); } }",
        "USING namespace Three { using One; using Two; public sealed class Mail { private readonly StalwartServerBuilder _server = Begin.Make(\"m.example.org\"); public Mail Legacy() { _server.Door(143); return this; } public void Write() { _server.AddFallbackAdministrator(\"admin\", Secret.FromEnvironment(\"X\")); _server.Build().WriteToml(\"a\"); } } }",
        "namespace Four { public static class Program { public static void Main() => new Three.Mail().Legacy().Write(); } }",
    ];

    public static TheoryData<string, string> Usings => new()
    {
        { "using StalwartHardening.Configuration;", "" },
        { "", "global using StalwartHardening.Configuration;" },
        { "using StalwartServer = StalwartHardening.Configuration.StalwartServer; using StalwartHardening.Configuration;", "" },
        { "", "global using StalwartHardening.Configuration; global using Mail = StalwartHardening.Configuration.StalwartServer;" },
    };

    [Theory]
    [MemberData(nameof(Usings))]
    public async Task Nothing_changes_a_finding(string own, string everywhere)
    {
        string[] files = [.. Files.Select(file => file.Replace("USING", own, StringComparison.Ordinal)), everywhere];
        var all = await Findings(files);
        Assert.Equal(["SWH1001", "SWH2001", "SWH3001"], all.Where(static finding => finding is "SWH1001" or "SWH2001" or "SWH3001"));
        foreach (var order in Permutations(files))
            Assert.Equal(all, await Findings(order));
        if (own.Length == 0)
            Assert.Equal(all, await Findings([everywhere + "\n" + string.Join('\n', Files.Select(static file => file.Replace("USING", "", StringComparison.Ordinal)))]));
    }

    [Theory]
    [InlineData("using static StalwartHardening.Configuration.StalwartServer; using StalwartHardening.Configuration; class P { static void Main() { var s = CreateBuilder(\"x\"); s.AddListener(\"imap\", MailProtocol.Imap).Bind(143); s.Build(); } }")]
    [InlineData("using S = StalwartHardening.Configuration.StalwartServer; using M = StalwartHardening.Configuration.MailProtocol; class P { static void Main() { var s = S.CreateBuilder(\"x\"); s.AddListener(\"imap\", M.Imap).Bind(143); s.Build(); } }")]
    [InlineData("namespace StalwartHardening { namespace Configuration { class P { static void Main() { var s = StalwartServer.CreateBuilder(\"x\"); s.AddListener(\"imap\", MailProtocol.Imap).Bind(143); s.Build(); } } } }")]
    [InlineData("class P { static void Main() { var s = global::StalwartHardening.Configuration.StalwartServer.CreateBuilder(\"x\"); s.AddListener(\"imap\", global::StalwartHardening.Configuration.MailProtocol.Imap).Bind(143); s.Build(); } }")]
    public async Task Names_are_those_of_the_compiler(string source) => Assert.Contains("SWH1001", await Findings([source]));

    private static async Task<List<string>> Findings(string[] files) =>
        [.. (await BuilderProgram.Analyze(BuilderProgram.Compile(files))).Select(static diagnostic => diagnostic.Id).Order()];

    private static IEnumerable<string[]> Permutations(string[] files)
    {
        for (var seed = 0; seed < 24; seed++)
        {
            string[] order = [.. files];
            new Random(seed).Shuffle(order);
            yield return order;
        }
    }
}
