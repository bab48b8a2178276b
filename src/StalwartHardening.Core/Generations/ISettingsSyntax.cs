using StalwartHardening.Settings;

namespace StalwartHardening.Generations;

/// <summary>A way to write settings in text: a file, a literal of a program. Both directions belong together, so that what is written can be proven by reading it again.</summary>
internal interface ISettingsSyntax
{
    /// <summary>The settings in <paramref name="text"/>. Never throws on any text; what cannot be read is among the document's problems.</summary>
    SettingsDocument Read(string text, CancellationToken cancellationToken = default);

    /// <summary>
    /// The changes to <paramref name="text"/> that make <paramref name="edits"/>, in text order and without overlap; null where the
    /// syntax, or the state of the text, leaves no way to write them.
    /// </summary>
    IReadOnlyList<TextChange>? Write(string text, IReadOnlyList<SettingEdit> edits, CancellationToken cancellationToken = default);
}
