using System.Globalization;
using System.Text;

namespace StalwartHardening.Benchmarks;

/// <summary>The texts that are measured.</summary>
internal static class Configurations
{
    /// <summary>What the server's own quick start writes.</summary>
    public static string Quickstart { get; } = Read("quickstart.toml");

    /// <summary>The sample of a hardened plan.</summary>
    public static string HardenedPlan { get; } = Read("plan.ndjson");

    /// <summary>A configuration of about <paramref name="characters"/> characters: ordinary listeners, one after the other.</summary>
    public static string OfSize(int characters)
    {
        var text = new StringBuilder(characters + 200);
        for (var i = 0; text.Length < characters; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"# Listener number {i}\n[server.listener.l{i}]\nbind = [\"[::]:{1024 + (i % 60000)}\", \"127.0.0.1:{1024 + (i % 60000)}\"]\n");
            text.Append("protocol = \"imap\"\ntls.implicit = true\nmax-connections = 8192\n\n");
        }

        return text.ToString();
    }

    private static string Read(string name)
    {
        using var stream = typeof(Configurations).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
