using System.Text;

namespace StalwartHardening.Tests;

/// <summary>The commands of the pages, typed as they stand there, by somebody who has the packages and nothing else.</summary>
public class WalkthroughTests(PackedAnalyzers packed)
{
    // Two signatures of one name, as every snapshot shows them: without their keys.
    private const string Snapshot = """
        {"@type":"upsert","object":"NetworkListener","matchOn":["name"],"value":{"networklistener-a":{"name":"https","bind":{"[::]:443":true},"maxConnections":8192,"overrideProxyTrustedNetworks":{},"protocol":"http","socketBacklog":1024,"socketNoDelay":true,"socketReceiveBufferSize":null,"socketReuseAddress":true,"socketReusePort":true,"socketSendBufferSize":null,"socketTosV4":null,"socketTtl":null,"tlsDisableCipherSuites":{},"tlsDisableProtocols":{},"tlsIgnoreClientOrder":true,"tlsImplicit":true,"tlsTimeout":60000,"useTls":true},"networklistener-b":{"name":"smtp","bind":{"[::]:25":true},"maxConnections":8192,"overrideProxyTrustedNetworks":{},"protocol":"smtp","socketBacklog":1024,"socketNoDelay":true,"socketReceiveBufferSize":null,"socketReuseAddress":true,"socketReusePort":true,"socketSendBufferSize":null,"socketTosV4":null,"socketTtl":null,"tlsDisableCipherSuites":{},"tlsDisableProtocols":{},"tlsIgnoreClientOrder":true,"tlsImplicit":false,"tlsTimeout":60000,"useTls":true}}}
        {"@type":"upsert","object":"Domain","matchOn":["name"],"value":{"domain-a":{"name":"example.org","description":null,"memberTenantId":null,"allowRelaying":false,"certificateManagement":{"@type":"Manual"},"dkimManagement":{"@type":"Manual"},"isEnabled":true,"allowScimProvisioning":false,"subAddressing":{"@type":"Enabled"},"dnsManagement":{"@type":"Manual"},"reportAddressUri":"mailto:postmaster","logo":null,"aliases":{},"directoryId":null,"catchAllAddress":null},"domain-b":{"name":"example.net","description":null,"memberTenantId":null,"allowRelaying":false,"certificateManagement":{"@type":"Manual"},"dkimManagement":{"@type":"Manual"},"isEnabled":true,"allowScimProvisioning":false,"subAddressing":{"@type":"Enabled"},"dnsManagement":{"@type":"Manual"},"reportAddressUri":"mailto:postmaster","logo":null,"aliases":{},"directoryId":null,"catchAllAddress":null}}}
        {"@type":"upsert","object":"DkimSignature","matchOn":["selector"],"value":{"dkimsignature-a":{"@type":"Dkim1RsaSha256","selector":"s1","domainId":"#domain-a","stage":"active","report":true,"thirdParty":null,"thirdPartyHash":null,"memberTenantId":null,"expire":null,"privateKey":{"@type":"Text"},"canonicalization":"relaxed/relaxed","nextTransitionAt":null,"headers":{"From":true,"To":true},"auid":null},"dkimsignature-b":{"@type":"Dkim1RsaSha256","selector":"s1","domainId":"#domain-b","stage":"active","report":true,"thirdParty":null,"thirdPartyHash":null,"memberTenantId":null,"expire":null,"privateKey":{"@type":"Text"},"canonicalization":"relaxed/relaxed","nextTransitionAt":null,"headers":{"From":true,"To":true},"auid":null}}}
        {"@type":"update","object":"Http","value":{"allowedEndpoints":{"match":{},"else":"200"},"enableHsts":true,"rateLimitAnonymous":{"count":100,"period":60000},"rateLimitAuthenticated":{"count":1000,"period":60000},"redirectRoot":"/account","responseHeaders":{},"usePermissiveCors":false,"useXForwarded":false}}

        """;

    [Fact]
    public async Task From_a_server_to_a_program_in_five_commands()
    {
        var folder = await Prepare("from-a-server");
        await File.WriteAllTextAsync(Path.Combine(folder, "server.ndjson"), Snapshot, TestContext.Current.CancellationToken);
        var commands = CommandsOf("docs/server-to-csharp.md", "stalwart-cli snapshot");
        Assert.Equal(5, commands.Count);
        var output = await Type(folder, commands);
        Assert.Contains("left out: DkimSignature/s1/privateKey of example.org: ", output, StringComparison.Ordinal);
        Assert.Contains("left out: DkimSignature/s1/privateKey of example.net: ", output, StringComparison.Ordinal);
        Assert.Contains("Nothing differs.", output, StringComparison.Ordinal);

        // As the head of the program says: without it, keys that the server has would be missing.
        Assert.Contains("SWH0002", output, StringComparison.Ordinal);
        await File.WriteAllTextAsync(Path.Combine(folder, ".globalconfig"), BlockOf("docs/server-to-csharp.md", "ini", "is_global"), TestContext.Current.CancellationToken);
        var again = await Type(folder, commands.Skip(3));
        Assert.DoesNotContain("SWH0002", again, StringComparison.Ordinal);
        Assert.DoesNotContain("SWH1", again, StringComparison.Ordinal);

        // Somebody edits the program.
        var program = Path.Combine(folder, "MailServer", "Program.cs");
        var text = await File.ReadAllTextAsync(program, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(program, text.Replace("plan.Upsert(", "plan.Reconcile(", StringComparison.Ordinal).Replace("Bind = [\"[::]:25\"]", "Bind = [\"[::]:25\", \"[::]:8080\"]", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        var opened = await Shell(folder, commands.Skip(3));
        Assert.Equal(1, opened.ExitCode);
        Assert.Contains("+ SMTP on [::]:8080", opened.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task From_a_file_to_a_plan_and_to_a_program()
    {
        var folder = await Prepare("from-a-file");
        var file = Path.Combine(folder, "etc", "stalwart", "config.toml");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllTextAsync(file, "[server]\nhostname = \"mail.example.org\"\n[server.listener.imap]\nbind = \"[::]:143\"\nprotocol = \"imap\"\n[authentication.fallback-admin]\nuser = \"admin\"\nsecret = \"swordfish\"\n", TestContext.Current.CancellationToken);
        File.Copy(file, Path.Combine(folder, "config.toml"));
        var plan = await Type(folder, CommandsOf("docs/migration.md", "stalwart-harden migrate").Select(static command => command.StartsWith("stalwart-harden check", StringComparison.Ordinal) ? command + " --exit-zero" : command));
        Assert.Contains("SWH1001", plan, StringComparison.Ordinal);

        // The file is where a server has it; here, below the folder.
        var output = await Type(folder, CommandsOf("docs/migration.md", "dotnet new console").Select(command => command.Replace("/etc/stalwart/config.toml", file, StringComparison.Ordinal)));
        Assert.Contains("SWH1001", output, StringComparison.Ordinal);
        Assert.Contains("authentication.fallback-admin.secret", output, StringComparison.Ordinal);
        Assert.DoesNotContain("server.listener.imap", output[output.LastIndexOf("Settings\n", StringComparison.Ordinal)..], StringComparison.Ordinal);
    }

    private async Task<string> Prepare(string name)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), "The commands are for a POSIX shell.");
        await packed.PackConfiguration();
        var tool = Path.Combine(packed.Root, "tool");
        if (!Directory.Exists(tool))
            (await Dotnet.Run(Repository.Root, "publish", Path.Combine("src", "StalwartHardening.Tool"), "-c", "Release", "-o", tool, "-p:UseAppHost=false", "-p:ToolRuntimes=any")).Succeeded();
        var folder = Path.Combine(packed.Root, name);
        Directory.CreateDirectory(folder);
        Script("stalwart-harden", $"exec dotnet '{Path.Combine(tool, "stalwart-harden.dll")}' \"$@\"");
        // A server, as far as these pages ask one.
        Script("stalwart-cli", "cat server.ndjson");
        return folder;

        void Script(string command, string body)
        {
            var path = Path.Combine(packed.Root, "commands", command);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, "#!/bin/sh\n" + body + "\n", new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private async Task<string> Type(string folder, IEnumerable<string> commands) => (await Shell(folder, commands)).Succeeded().Output;

    private async Task<CommandResult> Shell(string folder, IEnumerable<string> commands) =>
        await Dotnet.Run("sh", folder, ["-e", "-c", string.Join('\n', commands)], ("PATH", Path.Combine(packed.Root, "commands") + Path.PathSeparator + Environment.GetEnvironmentVariable("PATH")), ("MSBUILDTERMINALLOGGER", "off"), ("DOTNET_NOLOGO", "1"));

    private static List<string> CommandsOf(string page, string first) => [.. BlockOf(page, "sh", first).Split('\n', StringSplitOptions.RemoveEmptyEntries)];

    // The block of a page that begins with some words.
    private static string BlockOf(string page, string language, string first)
    {
        var text = File.ReadAllText(Repository.PathOf(page)).ReplaceLineEndings("\n");
        var fence = $"```{language}\n";
        var start = text.IndexOf(fence + first, StringComparison.Ordinal);
        Assert.True(start >= 0, $"{page} shows no block that begins with '{first}'.");
        start += fence.Length;
        return text[start..text.IndexOf("```", start, StringComparison.Ordinal)];
    }
}
