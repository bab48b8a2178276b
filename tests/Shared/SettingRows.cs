namespace StalwartHardening.Tests;

/// <summary>The tables of settings and of the cases of rules, beside the tests of the rules.</summary>
internal static class SettingRows
{
    /// <summary>Four encrypted listeners, which stand for <c>{doors}</c> in a configuration of a table.</summary>
    public const string Doors =
        "[server.listener.smtp]\nbind=\"[::]:25\"\nprotocol=\"smtp\"\n[server.listener.submissions]\nbind=\"[::]:465\"\nprotocol=\"smtp\"\ntls.implicit=true\n"
        + "[server.listener.imaps]\nbind=\"[::]:993\"\nprotocol=\"imap\"\ntls.implicit=true\n[server.listener.https]\nbind=\"[::]:443\"\nprotocol=\"http\"\ntls.implicit=true\n";

    /// <summary>The rows of a table; line breaks of its configurations are written as <c>⏎</c>.</summary>
    /// <param name="file">The name of the file.</param>
    public static IEnumerable<string[]> Read(string file) =>
        File.ReadLines(Repository.PathOf("tests", "StalwartHardening.Core.Tests", "Rules", file)).Where(static line => !line.StartsWith('#')).Select(static line => line.Split('\t'));

    /// <summary>A configuration of a table, as it is written in a file.</summary>
    public static string Text(string configuration) => configuration.Replace('⏎', '\n').Replace("{doors}", Doors, StringComparison.Ordinal);
}
