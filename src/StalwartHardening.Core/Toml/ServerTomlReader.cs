using StalwartHardening.Settings;

namespace StalwartHardening.Toml;

/// <summary>
/// Reads a configuration text the way the server does: not as TOML 1.0 but in the small dialect of
/// <c>crates/utils/src/config/parser.rs</c>, of which there are four between 0.5 and 0.15.
/// </summary>
/// <remarks>
/// Never throws on any text and takes time linear in its length. After an error it goes on with the next statement; the server
/// would have stopped, so the first problem of the document is the server's own and the others are its reader's courtesy.
/// </remarks>
internal static class ServerTomlReader
{
    /// <summary>Reads <paramref name="text"/> in the dialect of <paramref name="version"/>.</summary>
    /// <param name="text">The text, decoded; a byte-order mark in it is an error, as it is to the server.</param>
    /// <param name="version">The server version.</param>
    /// <param name="cancellationToken">Ends the work early, with an <see cref="OperationCanceledException"/>.</param>
    public static SettingsDocument Read(string text, ServerVersion version, CancellationToken cancellationToken = default) =>
        Read(text, version, null, cancellationToken);

    /// <summary>The same, while <paramref name="recorder"/> listens.</summary>
    internal static SettingsDocument Read(string text, ServerVersion version, TomlRecorder? recorder, CancellationToken cancellationToken)
    {
        var remarks = new TomlRemarks(text);
        var screen = new StandardTomlScreen(text);
        var suppressions = new SuppressionRecorder(text);
        var parser = new ServerTomlParser(text, version, new TomlRecorders(remarks, screen, suppressions, recorder), cancellationToken);
        parser.Read();
        var settings = parser.Settings;
        return new SettingsDocument(settings.Settings, settings.Count, version)
        {
            Text = text,
            PlaceInValue = (setting, start, length) => TomlValueText.Find(text, setting, start, start + length),
            Problems = parser.Problems,
            Remarks = remarks.Found,
            SuppressionComments = suppressions.Found,
            MayDepartFromStandard = screen.MayDepart(settings),
            CountBeforeFirstProblem = parser.CountBeforeFirstProblem,
        };
    }
}
