using StalwartHardening.Configuration;

namespace StalwartHardening.Testing;

/// <summary>What a team's tests say about its mail server. Each is one line, and works in every test framework.</summary>
public static class HardeningAssert
{
    /// <summary>Fails with the list of findings if <paramref name="server"/> has any.</summary>
    /// <param name="server">A server that was built, or read with <see cref="StalwartServer.ParseToml(string)"/>.</param>
    /// <param name="options">How to judge; null for the newest server version, no port allowed, warnings only.</param>
    /// <exception cref="FindingsException">There are findings.</exception>
    /// <example>
    /// <code>
    /// [Fact]
    /// public void The_mail_server_is_hardened() => HardeningAssert.NoFindings(MailServer.Create());
    /// </code>
    /// </example>
    public static void NoFindings(StalwartServer server, JudgementOptions? options = null)
    {
        if (server is null)
            throw new ArgumentNullException(nameof(server));
        if (server.Judge(options) is { Count: > 0 } findings)
            throw new FindingsException(findings);
    }
}
