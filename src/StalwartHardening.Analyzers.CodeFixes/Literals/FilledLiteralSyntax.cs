using StalwartHardening.Analyzers.Literals;
using StalwartHardening.Edits;
using StalwartHardening.Generations;
using StalwartHardening.Settings;
using StalwartHardening.Toml;

namespace StalwartHardening.Analyzers.CodeFixes.Literals;

/// <summary>TOML in a literal, with a letter in place of each hole.</summary>
/// <param name="standIns">The letters.</param>
/// <param name="version">The server version that reads the text.</param>
internal sealed class FilledLiteralSyntax(char[] standIns, ServerVersion version) : ISettingsSyntax
{
    /// <inheritdoc/>
    public SettingsDocument Read(string text, CancellationToken cancellationToken = default) =>
        LiteralDocument.ReadFilled(text, standIns, version, cancellationToken);

    /// <inheritdoc/>
    public IReadOnlyList<TextChange>? Write(string text, IReadOnlyList<SettingEdit> edits, CancellationToken cancellationToken = default) =>
        TomlEditor.Apply(text, version, edits, cancellationToken);
}
