namespace StalwartHardening.Tests;

/// <summary>A folder for one test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public const string Cleartext = "[server.listener.imap]\nbind = \"[::]:143\"\nprotocol = \"imap\"\n";
    public const string Hardened = "[server.listener.imaptls]\nbind = \"[::]:993\"\nprotocol = \"imap\"\ntls.implicit = true\n";

    public TemporaryFolder()
    {
        Root = Directory.CreateTempSubdirectory("stalwart-harden-").FullName;

        // What lies above the folder is none of a test's business.
        Directory.CreateDirectory(Path.Combine(Root, ".git"));
    }

    public string Root { get; }

    public string Write(string name, string text)
    {
        var path = Path.Combine(Root, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    public string Read(string name) => File.ReadAllText(Path.Combine(Root, name));

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
