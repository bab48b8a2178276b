using StalwartHardening.Settings;
using StalwartHardening.Toml;

namespace StalwartHardening.Generations;

/// <summary>A configuration file of the settings generation, in the dialect of one version.</summary>
/// <param name="version">The server version that reads the file.</param>
internal sealed class TomlFileSyntax(ServerVersion version) : ISettingsSyntax
{
    /// <inheritdoc/>
    public SettingsDocument Read(string text, CancellationToken cancellationToken = default) => ServerTomlReader.Read(text, version, cancellationToken);

    /// <inheritdoc/>
    public IReadOnlyList<TextChange>? Write(string text, IReadOnlyList<SettingEdit> edits, CancellationToken cancellationToken = default) =>
        TomlEditor.Apply(text, version, edits, cancellationToken);

    /// <summary>A setting on a line of its own, under its whole key; null where this dialect has no way to write it.</summary>
    public string? Line(string key, string value) => TomlWriter.Line(key, value, version);
}
